// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.mag.MagStatistics.Step;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagTransition;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The straight line from an event of a mobile node to what becomes of it: engine, store, switches, messages, link. The
 * events of one node are worked on one after another. It outlives configurations: what is under way when another one
 * counts goes on by that. Thread-safe.
 */
final class MagProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(MagProcessor.class);
    private static final int GREATEST_ATTEMPTS = 16;

    /** What the processor works with. */
    static final class Parts {
        ListStore store;
        NumberBlocks sessionIds;
        NumberBlocks downlinkKeys;
        KeyedSequencer sequencer;
        Supplier<Moment> clock;
        Turnstile turnstile;
        MagStatistics statistics = new MagStatistics();
        Consumer<String> counter;
        /** Never goes backwards. */
        LongSupplier nanos = System::nanoTime;
    }

    /** The gateways' switches. */
    interface Switches {
        /** Where a session is; empty if its gateway or its link is not configured any more. */
        Optional<AccessPlane.Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry);

        /** Takes sessions out and puts others in; completes when the switches have them. */
        CompletableFuture<Void> change(List<AccessPlane.Placed> removed, List<AccessPlane.Placed> installed);

        /**
         * Has a switch compared with the sessions.
         *
         * @return completes when it has what it should; exceptionally when another configuration counts before
         */
        CompletableFuture<Void> compare(DeviceId device);

        /** The same of all switches that this node of the cluster keeps. */
        CompletableFuture<Void> compareAll();
    }

    private final Parts parts;
    /** Sessions whose entries the switch has not confirmed yet, although the list has their binding in force. */
    private final Set<Long> unconfirmed = ConcurrentHashMap.newKeySet();
    /** Where nodes have come to of which the list does not know yet. */
    private final Map<Attachment, MobileNodeIdentifier> beginning = new ConcurrentHashMap<>();
    private final Preparations preparations = new Preparations();
    private final Arrivals arrivals;
    private final OtherEffects others;
    private final Overtaking overtaking;
    private final EngineRuns runs;
    private volatile Optional<MagTerms> terms = Optional.empty();

    MagProcessor(Parts parts) {
        this.parts = parts;
        this.arrivals = new Arrivals(parts.statistics);
        this.others = new OtherEffects(parts, arrivals);
        this.overtaking = new Overtaking(parts.nanos, this::overtaken);
        this.runs = new EngineRuns(parts);
    }

    /**
     * Goes on by another configuration.
     *
     * @return sessions whose entries are not confirmed: where what wrote them counts no more, that is for who compares
     *     the switches for the first time to see to, and to {@link #confirm}
     */
    Set<Long> use(MagTerms next) {
        terms = Optional.of(next);
        return Set.copyOf(unconfirmed);
    }

    /** Decides by another engine from now on. */
    void use(MagEngine next) {
        terms = terms.map(now -> new MagTerms(next, now.switches, now.messages, now.links));
    }

    /** There is no gateway any more: events lead to nothing. */
    void rest() {
        terms = Optional.empty();
    }

    /** The switches have what these sessions want. */
    void confirm(Collection<Long> sessionIds) {
        unconfirmed.removeAll(sessionIds);
    }

    /** What counts now; where that is none, what counted when a turn came, by which nothing is done any more. */
    private MagTerms now(MagTerms begun) {
        return terms.orElse(begun);
    }

    /** Whether the switch has all that a session wants, as far as this node has to see to it. */
    boolean confirmed(long sessionId) {
        return !unconfirmed.contains(sessionId);
    }

    /** Takes word of a node at a place; it is worked on as soon as its anchor is not busy with too many others. */
    void attached(MobileNodeIdentifier node, Anchor anchor, Attachment place, MagEvent event) {
        String key = BindingUpdateList.key(node);
        if (parts.store.find(key).flatMap(list -> list.first(entry -> entry.attachment().samePlace(place)
                && (entry.state() == State.REGISTERING || entry.state() == State.ACTIVE))).isPresent()) {
            // Of who is known there it is a sign of life, which must not come late, and no news of its leaving after.
            parts.turnstile.stays(key, place);
            seen(node, place, event);
            return;
        }
        arrivals.came(key, place);
        Predicate<BindingUpdateList> late = overtaking.word(key, place, parts.store.find(key));
        Set<Long> known = sessionsOf(key, place);
        parts.turnstile.arrive(anchor.address(), key, place, () -> known.containsAll(sessionsOf(key, place)),
                () -> begin(node, place.withNodeLinkLocal(Ip6Address.ZERO), event, late));
    }

    /** Takes a sign of a node that has a session where it is. */
    private void seen(MobileNodeIdentifier node, Attachment place, MagEvent event) {
        String key = BindingUpdateList.key(node);
        Predicate<BindingUpdateList> late = overtaking.word(key, place, parts.store.find(key));
        submit(node, () -> process(node, event, late));
    }

    /** Takes word of a node that has come to where it has a session; it waits for its turn as others who come. */
    void cameAgain(NodeSession session, MagEvent event) {
        String key = BindingUpdateList.key(session.node());
        Attachment place = session.entry().attachment();
        Predicate<BindingUpdateList> late = overtaking.word(key, place, parts.store.find(key));
        parts.turnstile.arrive(session.entry().anchor().address(), key, place, () -> parts.store.find(key)
                        .flatMap(list -> list.session(session.sessionId()))
                        .filter(entry -> entry.state() == State.ACTIVE).isPresent(),
                () -> submit(session.node(), () -> process(session.node(), event, late)));
    }

    private void overtaken(String key) {
        parts.counter.accept("overtaken by another node's word");
        LOG.info("{}: late word of it is not followed, another controller has seen it elsewhere", key);
        parts.turnstile.left(key);
    }

    private void begin(MobileNodeIdentifier node, Attachment place, MagEvent event,
                       Predicate<BindingUpdateList> late) {
        beginning.put(place, node);
        // Whatever happens, nothing is remembered for ever.
        if (!submit(node, () -> CompletableFuture.<Void>completedFuture(null)
                .thenCompose(nothing -> process(node, event, late))
                .whenComplete((nothing, failure) -> beginning.remove(place)))) {
            beginning.remove(place);
        }
    }

    /** Who has left a place, or a link if it names nobody, before it had a session there does not get one. */
    void left(Attachment place) {
        parts.turnstile.left(place);
        beginning.forEach((at, node) -> {
            if (place.identified() ? at.samePlace(place) : at.sameLink(place)) {
                submitAlways(node, MagEvent.detached(place));
            }
        });
    }

    /** Takes word of a node that was asked whether it is still there. */
    void presence(NodeSession session, boolean present) {
        MagEvent event = MagEvent.presence(session.sessionId(), present);
        if (present) {
            submit(session.node(), event);
        } else {
            gone(session, event);
        }
    }

    /**
     * Takes word that a node has left. Its anchor is asked to end the session as soon as it is not busy with too many
     * others; if the node appears somewhere before that, it has moved or is back, and that alone is told.
     */
    void gone(NodeSession session, MagEvent event) {
        parts.turnstile.depart(session.entry().anchor().address(), BindingUpdateList.key(session.node()),
                session.entry().attachment(), () -> submitAlways(session.node(), event));
    }

    /** The sessions of an interface, wherever it is: another node of the cluster may have registered it meanwhile. */
    private Set<Long> sessionsOf(String key, Attachment place) {
        return parts.store.find(key).map(list -> list.entries().stream()
                .filter(entry -> entry.attachment().sameInterface(place)).map(BindingUpdateListEntry::sessionId)
                .collect(Collectors.toSet())).orElse(Set.of());
    }

    /** Takes word that a deadline of a node is over, unless its list, when its turn comes, shows that it is not. */
    void due(MobileNodeIdentifier node, Predicate<BindingUpdateList> early) {
        submit(node, () -> process(node, MagEvent.timer(), early));
    }

    /** Takes an event that nobody tells again; it is worked on later, on another thread, however many wait. */
    void submitAlways(MobileNodeIdentifier node, MagEvent event) {
        parts.sequencer.submitAlways(BindingUpdateList.key(node), () -> process(node, event));
    }

    /** Takes an event that comes again if it is dropped; it is worked on later, on another thread. */
    void submit(MobileNodeIdentifier node, MagEvent event) {
        submit(node, () -> process(node, event));
    }

    private boolean submit(MobileNodeIdentifier node, Supplier<CompletableFuture<Void>> work) {
        String key = BindingUpdateList.key(node);
        boolean taken = parts.sequencer.submit(key, work);
        if (!taken) {
            parts.turnstile.left(key);
            // Whatever it was comes again: a frame, an acknowledgement that is asked for again, a timer.
            parts.counter.accept("dropped, too many waiting");
        }
        return taken;
    }

    /** Takes an event; completes when it has been worked on, exceptionally if too many of the node wait. */
    CompletableFuture<Void> perform(MobileNodeIdentifier node, MagEvent event) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        return submit(node, () -> process(node, event).whenComplete((nothing, failure) -> done.complete(null))) ? done
                : CompletableFuture.failedFuture(new IllegalStateException("too much is under way, try again"));
    }

    private CompletableFuture<Void> process(MobileNodeIdentifier node, MagEvent event) {
        return process(node, event, list -> false);
    }

    /**
     * Works on an event by what counts when its turn has come.
     *
     * @param late whether the list shows that it is not to be followed
     */
    private CompletableFuture<Void> process(MobileNodeIdentifier node, MagEvent event,
                                            Predicate<BindingUpdateList> late) {
        return terms.map(now -> process(now, node, event, late)).orElseGet(() -> {
            parts.turnstile.left(BindingUpdateList.key(node));
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<Void> process(MagTerms now, MobileNodeIdentifier node, MagEvent event,
                                            Predicate<BindingUpdateList> late) {
        String key = BindingUpdateList.key(node);
        long began = System.nanoTime();
        List<Long> doubtful = new ArrayList<>();
        try {
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                // The first guess costs no round of the cluster; if it is not the present, replacing it fails.
                ListStore.Stored stored = attempt == 0 ? parts.store.recent(node) : parts.store.read(node);
                if (late.test(stored.list())) {
                    return CompletableFuture.completedFuture(null);
                }
                MagTransition transition = runs.run(now.engine, stored.list(), event);
                if (attempt == 0 && !transition.changes()) {
                    continue;
                }
                if (stored(stored, transition, doubtful)) {
                    overtaking.made(transition.before(), transition.after());
                    arrivals.stored(transition, began);
                    if (!transition.reason().isEmpty()) {
                        LOG.debug("{}: {}", key, transition.reason());
                    }
                    if (transition.after().first(entry -> entry.waiting() == Waiting.REPLY).isEmpty()) {
                        parts.turnstile.left(key);
                    }
                    return effects(now(now), node, transition);
                }
                parts.counter.accept("store conflicts");
            }
            LOG.warn("{}: gave up an event after {} conflicts", key, GREATEST_ATTEMPTS);
        } catch (StorageException e) {
            parts.counter.accept(MagStatistics.STORE_NOT_AVAILABLE);
            LOG.warn("{}: the store is not available: {}", key, e.toString());
            // The list may have been written all the same; a comparison goes on until the store tells.
            now(now).switches.compareAll().thenRun(() -> confirm(doubtful));
        }
        return CompletableFuture.completedFuture(null);
    }

    /** Everybody may read what is stored, and must not say on links what the switch does not know yet. */
    private boolean stored(ListStore.Stored before, MagTransition transition, List<Long> doubtful) {
        if (!transition.changes()) {
            return true;
        }
        List<Long> installs = installs(transition);
        unconfirmed.addAll(installs);
        doubtful.addAll(installs);
        boolean done = parts.store.replace(before, transition.after());
        doubtful.removeAll(installs);
        if (!done) {
            installs.forEach(unconfirmed::remove);
        }
        return done;
    }

    private static List<Long> installs(MagTransition transition) {
        return transition.effects().stream().filter(effect -> effect.kind() == Effect.Kind.INSTALL_FORWARDING)
                .map(effect -> effect.entry().sessionId()).collect(Collectors.toList());
    }

    /** Messages go out at once; what is said on links waits until the switches have what it promises. */
    private CompletableFuture<Void> effects(MagTerms now, MobileNodeIdentifier node, MagTransition transition) {
        List<Effect> forwarding = new ArrayList<>();
        List<Effect> rest = new ArrayList<>();
        for (Effect effect : transition.effects()) {
            switch (effect.kind()) {
                case SEND:
                    parts.counter.accept("sent");
                    now.messages.send(effect);
                    break;
                case REMOVE_FORWARDING:
                    now.links.removed(new NodeSession(node, effect.entry()));
                    forwarding.add(effect);
                    break;
                case INSTALL_FORWARDING:
                    forwarding.add(effect);
                    break;
                default:
                    rest.add(effect);
                    break;
            }
        }
        // After the messages: the anchor is at work meanwhile.
        preparations.begin(now.switches, node, transition);
        if (forwarding.isEmpty() && !Preparations.ends(transition)) {
            rest.forEach(effect -> others.carryOut(now, node, transition, effect));
            return CompletableFuture.completedFuture(null);
        }
        List<AccessPlane.Placed> removed = now.placed(node, forwarding, Effect.Kind.REMOVE_FORWARDING);
        List<AccessPlane.Placed> installed = now.placed(node, forwarding, Effect.Kind.INSTALL_FORWARDING);
        return preparations.over(now.switches, node, transition).thenCompose(over -> {
            removed.addAll(over);
            // What a node is told at its new gateway need not wait for the one that it has left.
            List<AccessPlane.Placed> left = new ArrayList<>(removed);
            left.removeIf(old -> installed.isEmpty()
                    || installed.stream().anyMatch(one -> one.device().equals(old.device())));
            removed.removeAll(left);
            CompletableFuture<Void> leaving = left.isEmpty() ? CompletableFuture.completedFuture(null)
                    : now.switches.change(left, List.of()).exceptionally(failure -> {
                        LOG.warn("{}: entries could not be taken out: {}; comparing its switch",
                                BindingUpdateList.key(node), failure.toString());
                        compare(now, left);
                        return null;
                    });
            return installed(now, node, transition, rest, forwarding, removed, installed)
                    .thenCombine(leaving, (done, gone) -> null);
        });
    }

    private CompletableFuture<Void> installed(MagTerms begun, MobileNodeIdentifier node, MagTransition transition,
                                              List<Effect> rest, List<Effect> forwarding,
                                              List<AccessPlane.Placed> removed, List<AccessPlane.Placed> installed) {
        long began = System.nanoTime();
        CompletableFuture<Void> written = installed.isEmpty() && removed.isEmpty()
                ? CompletableFuture.completedFuture(null) : begun.switches.change(removed, installed);
        return written.handle((nothing, failure) -> {
            if (!installed.isEmpty()) {
                parts.statistics.since(Step.FLOW, began);
            }
            MagTerms now = now(begun);
            if (failure == null) {
                installs(transition).forEach(unconfirmed::remove);
                rest.forEach(effect -> others.carryOut(now, node, transition, effect));
                return CompletableFuture.<Void>completedFuture(null);
            }
            if (RuleWriter.isUnknown(failure)) {
                removed.addAll(installed);
                unknown(now, node, transition, rest, removed, failure);
                return CompletableFuture.<Void>completedFuture(null);
            }
            // What was to be taken out after what is refused is still there.
            compare(now, removed);
            return refused(now, node, forwarding, failure).whenComplete((done, problem) ->
                    installs(transition).forEach(unconfirmed::remove));
        }).thenCompose(next -> next);
    }

    /** The binding stands. The switch is compared, and until it has the entries the node is told of no router. */
    private void unknown(MagTerms now, MobileNodeIdentifier node, MagTransition transition, List<Effect> rest,
                         List<AccessPlane.Placed> touched, Throwable failure) {
        LOG.warn("{}: nothing is known of its entries: {}; comparing its switch", BindingUpdateList.key(node),
                failure.toString());
        parts.counter.accept("no word of the switch");
        rest.stream().filter(effect -> effect.kind() != Effect.Kind.ADVERTISE)
                .forEach(effect -> others.carryOut(now, node, transition, effect));
        // If another configuration counts before, its first comparison has them.
        compare(now, touched).thenRun(() -> confirm(installs(transition)));
    }

    private static CompletableFuture<Void> compare(MagTerms now, List<AccessPlane.Placed> touched) {
        return CompletableFuture.allOf(touched.stream().map(AccessPlane.Placed::device).distinct()
                .map(now.switches::compare).toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> refused(MagTerms now, MobileNodeIdentifier node, List<Effect> forwarding,
                                            Throwable failure) {
        LOG.warn("{}: {}", BindingUpdateList.key(node), failure.getMessage());
        CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
        for (Effect effect : forwarding) {
            if (effect.kind() == Effect.Kind.INSTALL_FORWARDING) {
                parts.counter.accept("refused by the switch");
                // In the place of this event, so that no other one comes in between.
                done = done.thenCompose(nothing -> process(now(now), node, MagEvent.forwardingRefused(
                        effect.entry().sessionId(), String.valueOf(failure.getMessage())), list -> false));
            }
        }
        return done;
    }
}
