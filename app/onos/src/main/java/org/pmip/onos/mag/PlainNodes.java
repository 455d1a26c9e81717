// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PlainAccess;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that get regular access without the mobility service: each has a prefix of the visited network, which is taken
 * from it when it leaves the gateway (draft-ietf-netlmm-proxymip6-10 sections 6.9.2 and 6.14). On its link such a node
 * is a session like another, of an anchor that does not exist. Thread-safe.
 */
final class PlainNodes {

    /** Sessions with a binding have numbers below. */
    static final long FIRST_SESSION = 0x8000_0000L;
    private static final Logger LOG = LoggerFactory.getLogger(PlainNodes.class);
    private static final int BITS_OF_A_GATEWAY = 16;
    private static final int LONGEST_LIFETIME = 65_535;
    private static final Anchor NO_ANCHOR = Anchor.overIpv6("none", Ip6Address.ZERO);

    private final MagConfig mag;
    private final MagManager.Services services;
    private final Function<Attachment, Optional<AccessEntities.Attached>> places;
    private final Writer switches;
    private final LinkEffects links;
    private final BiPredicate<MobileNodeIdentifier, Attachment> entitled;
    private volatile boolean stopped;

    /** Writes to switches. */
    interface Writer {
        /** Takes entries out and puts others in; completes when the switches have them. */
        CompletableFuture<Void> write(List<Placed> removed, List<Placed> installed);

        /** Has a switch compared with what is attached. */
        CompletableFuture<Void> compare(DeviceId device);
    }

    /**
     * Makes the plain access of a configuration.
     *
     * @param places where an attachment is in its switch; empty if it is not configured any more
     * @param entitled whether a node at a place may have it now
     */
    PlainNodes(MagConfig mag, MagManager.Services services,
               Function<Attachment, Optional<AccessEntities.Attached>> places,
               Writer switches, LinkEffects links, BiPredicate<MobileNodeIdentifier, Attachment> entitled) {
        this.mag = mag;
        this.services = services;
        this.places = places;
        this.switches = switches;
        this.links = links;
        this.entitled = entitled;
    }

    /** How an interface of nobody who is known is called. */
    static MobileNodeIdentifier stranger(MacAddress node) {
        return MobileNodeIdentifier.ofNai(node.toString());
    }

    private MobileNodeIdentifier owner(Attachment at) {
        MacAddress node = MacAddress.valueOf(at.linkLayerIdentifier());
        return mag.node(node).orElseGet(() -> stranger(node));
    }

    /** A place in the store: gateway, link and interface. */
    private static String place(Attachment at) {
        return at.gateway() + " " + at.link() + " " + MacAddress.valueOf(at.linkLayerIdentifier());
    }

    private Optional<Attachment> attachment(String place) {
        String[] parts = place.split(" ", -1);
        return parts.length != 3 ? Optional.empty() : Optional.of(Attachment.of(parts[0], parts[1],
                MacAddress.valueOf(parts[2]).toBytes(), mag.link().accessTechnology()));
    }

    private static boolean isMac(Attachment at) {
        return at.linkLayerIdentifier().length == MacAddress.MAC_ADDRESS_LENGTH;
    }

    /** The session of a place in the store; empty if its gateway has no such prefixes any more. */
    private Optional<NodeSession> session(String place, Ip6Prefix prefix) {
        return attachment(place).flatMap(at -> {
            Optional<PlainAccess> access = mag.plainAccess(at.gateway()).filter(one -> one.pool().assigns(prefix));
            Optional<Gateway> gateway = mag.policy().gateway(at.gateway());
            if (access.isEmpty() || gateway.isEmpty()) {
                return Optional.empty();
            }
            long id = FIRST_SESSION + ((long) mag.gateways().indexOf(gateway.get()) << BITS_OF_A_GATEWAY)
                    + access.get().pool().indexOf(prefix).orElseThrow();
            return Optional.of(session(at, place, prefix, id, gateway.get()));
        });
    }

    private NodeSession session(Attachment at, String place, Ip6Prefix prefix, long id, Gateway gateway) {
        Binding binding = Binding.builder().prefixes(List.of(prefix))
                .lifetime(LONGEST_LIFETIME, services.clock.millis()).build();
        return new NodeSession(owner(at), BindingUpdateListEntry.builder()
                .sessionId(id)
                .attachment(at.withNodeLinkLocal(services.places.linkLocals.getOrDefault(place, Ip6Address.ZERO)))
                .tunnel(NO_ANCHOR, gateway.proxyCoa()).state(State.ACTIVE).forwards(true)
                .binding(Optional.of(binding)).build());
    }

    /** Whether a session is of a node without the mobility service. */
    static boolean isPlain(NodeSession session) {
        return session.sessionId() >= FIRST_SESSION;
    }

    Optional<NodeSession> at(Attachment at) {
        if (!isMac(at) || services.places.prefixes.isEmpty()) {
            return Optional.empty();
        }
        String place = place(at);
        return Optional.ofNullable(services.places.prefixes.get(place)).flatMap(prefix -> session(place, prefix));
    }

    /** All at one gateway. */
    Collection<NodeSession> at(String gateway) {
        List<NodeSession> out = new ArrayList<>();
        services.places.prefixes.forEach((place, prefix) -> session(place, prefix)
                .filter(one -> one.entry().attachment().gateway().equals(gateway)).ifPresent(out::add));
        return out;
    }

    /**
     * The entries of all that are at a switch, by what the store has now: a node of the cluster that was cut off has
     * not heard of those that came meanwhile, and would take theirs for entries of nobody. Blocks.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    List<Placed> placed(DeviceId device) {
        List<Gateway> here = mag.gateways().stream().filter(one -> mag.device(one.name()).equals(device)
                && mag.plainAccess(one.name()).isPresent()).collect(Collectors.toList());
        if (!here.isEmpty()) {
            services.visitedPrefixes.refresh();
        }
        List<Placed> out = new ArrayList<>();
        here.forEach(one -> at(one.name()).forEach(session -> placed(session).ifPresent(out::add)));
        return out;
    }

    private Optional<Placed> placed(NodeSession session) {
        Ip6Prefix prefix = session.entry().binding().orElseThrow().prefixes().get(0);
        Attachment at = session.entry().attachment();
        return mag.plainAccess(at.gateway()).flatMap(access -> places.apply(at).map(place ->
                new Placed(mag.device(at.gateway()),
                        AccessEntities.plain(session.sessionId(), prefix, place, access.domain()))));
    }

    /**
     * A node without the mobility service is at a place: it gets a prefix there, and is told of it.
     *
     * @param denied whether its anchor has just refused it
     */
    void attached(Attachment at, boolean denied) {
        if (isMac(at) && mag.plainAccess(at.gateway()).isPresent()) {
            PlainPlaces.Arrival arrival = services.places.arrives(place(at));
            if (!inTurn(mac(at), now -> now.arrive(at, denied, arrival), () -> services.places.over(arrival))) {
                services.places.over(arrival);
            }
        }
    }

    private static String mac(Attachment at) {
        return MacAddress.valueOf(at.linkLayerIdentifier()).toString();
    }

    /**
     * Does something for a node in its turn, by the configuration that counts then.
     *
     * @param otherwise done where there is none
     * @return false if too much waits for the node
     */
    private boolean inTurn(String mac, Function<PlainNodes, CompletableFuture<Void>> task, Runnable otherwise) {
        return services.plainNodes.submit(mac, () -> services.plain.map(task).orElseGet(() -> {
            otherwise.run();
            return CompletableFuture.completedFuture(null);
        }));
    }

    private CompletableFuture<Void> arrive(Attachment at, boolean denied, PlainPlaces.Arrival arrival) {
        CompletableFuture<Void> done;
        try {
            done = mag.plainAccess(at.gateway()).map(access -> attach(access, at, denied, arrival))
                    .orElseGet(() -> CompletableFuture.completedFuture(null));
        } catch (RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        return done.whenComplete((nothing, failure) -> services.places.over(arrival));
    }

    private CompletableFuture<Void> attach(PlainAccess access, Attachment at, boolean denied,
                                           PlainPlaces.Arrival arrival) {
        String mac = mac(at);
        String place = place(at);
        if (!services.places.arriving(arrival) || !denied && !entitled.test(owner(at), at)) {
            return CompletableFuture.completedFuture(null);
        }
        List<PlainLeaving> left = new ArrayList<>();
        for (String other : services.places.prefixes.keySet()) {
            if (other.endsWith(" " + mac) && !other.equals(place)) {
                leave(other, session -> { }, CompletableFuture.completedFuture(null)).ifPresent(left::add);
            }
        }
        Optional<Ip6Prefix> prefix;
        try {
            prefix = claim(access, at, mac);
        } catch (StorageException e) {
            return gone(left).thenCompose(nothing -> CompletableFuture.failedFuture(e));
        }
        if (prefix.isEmpty() && !left.isEmpty()) {
            // One of those that it has left may be the only one that is free then.
            return gone(left).thenCompose(nothing -> attach(access, at, denied, arrival));
        }
        prefix.ifPresent(one -> {
            if (!at.nodeLinkLocal().isZero()) {
                services.places.linkLocals.put(place, at.nodeLinkLocal());
            }
            // The store's own word may take a moment.
            services.places.taken(one, place);
        });
        Optional<NodeSession> session = prefix.flatMap(one -> session(place, one));
        Optional<Placed> placed = session.flatMap(this::placed);
        CompletableFuture<Void> written = placed.isEmpty() ? null
                : services.places.write(arrival, () -> switches.write(entries(left), List.of(placed.get())));
        if (written == null) {
            if (placed.isEmpty()) {
                services.counter.accept("no visited prefix for a node");
            }
            prefix.ifPresent(one -> release(one, place));
            return gone(left);
        }
        return written.handle((nothing, failure) -> {
            if (failure == null) {
                tell(session.get(), arrival);
            } else {
                refused(at, denied, arrival, prefix.get(), failure);
            }
            left.forEach(PlainLeaving::over);
            return null;
        });
    }

    private void tell(NodeSession session, PlainPlaces.Arrival arrival) {
        // The mobility service may have come first: it has withdrawn the prefix, which is anybody's by now.
        services.places.tell(arrival, () -> {
            services.counter.accept("plain access");
            // Of all configurations, the one that counts keeps on telling.
            services.plain.orElse(this).links.advertise(session);
        });
    }

    private void refused(Attachment at, boolean denied, PlainPlaces.Arrival arrival, Ip6Prefix prefix,
                         Throwable failure) {
        String place = place(at);
        if (!services.places.arriving(arrival)) {
            // Who has overtaken it takes out what the switch may have, and gives the prefix back.
            return;
        }
        release(prefix, place);
        if (stopped) {
            services.plain.filter(now -> now != this).ifPresent(now -> now.attached(at, denied));
            return;
        }
        LOG.warn("{}: no plain access: {}", place, failure.toString());
        if (RuleWriter.isUnknown(failure)) {
            switches.compare(mag.device(at.gateway()));
        }
    }

    private static List<Placed> entries(List<PlainLeaving> left) {
        return left.stream().flatMap(one -> one.entries().stream()).collect(Collectors.toList());
    }

    /** Takes out what is left behind, and then lets others have the prefixes. */
    private CompletableFuture<Void> gone(List<PlainLeaving> left) {
        return switches.write(entries(left), List.of()).handle((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("entries could not be taken out: {}; comparing their switch", failure.toString());
                entries(left).stream().map(Placed::device).distinct().forEach(switches::compare);
            }
            left.forEach(PlainLeaving::over);
            return null;
        });
    }

    /** The prefix that a node has, or another one while its link has room: anybody can make up interfaces. */
    private Optional<Ip6Prefix> claim(PlainAccess access, Attachment at, String mac) {
        String place = place(at);
        Ip6Prefix own = services.places.prefixes.get(place);
        if (own != null && access.pool().assigns(own) && services.visitedPrefixes.claim(own, place)) {
            return Optional.of(own);
        }
        if (services.places.on(at) >= access.nodesPerLink()) {
            services.counter.accept("too many nodes with regular access on a link");
            return Optional.empty();
        }
        return services.visitedPrefixes.allocate(access.pool(), mac, place);
    }

    private void release(Ip6Prefix prefix, String place) {
        services.places.free(prefix, place);
        giveBack(prefix, place);
    }

    /** Whoever is at a place, or on a link, has left. */
    void detached(Attachment at) {
        if (at.identified() && !isMac(at)) {
            return;
        }
        for (String place : List.copyOf(services.places.prefixes.keySet())) {
            attachment(place).filter(one -> at.identified() ? place.equals(place(at)) : one.sameLink(at))
                    .ifPresent(one -> inTurn(mac(one), now -> now.gone(now.leave(place,
                            CompletableFuture.completedFuture(null)).map(List::of).orElse(List.of())), () -> { }));
        }
    }

    /**
     * A session with the mobility service takes the place.
     *
     * @return what is to be taken out of the switch in the same write, which must wait until that is ready; empty if
     *     nobody without the mobility service is there
     */
    Optional<PlainLeaving> overtaken(Attachment at) {
        if (!isMac(at) || services.places.isEmpty()) {
            return Optional.empty();
        }
        String place = place(at);
        CompletableFuture<Void> ready = services.places.overtake(place);
        return leave(place, session -> links.withdraw(session, session.binding().orElseThrow().prefixes(), true),
                ready);
    }

    private Optional<PlainLeaving> leave(String place, CompletableFuture<Void> ready) {
        return leave(place, session -> links.withdraw(session, session.binding().orElseThrow().prefixes(), false),
                ready);
    }

    /** The prefix is the place's no more; its entries are still there. */
    private Optional<PlainLeaving> leave(String place, Consumer<NodeSession> withdraw, CompletableFuture<Void> ready) {
        Ip6Prefix prefix = services.places.prefixes.get(place);
        if (prefix == null) {
            return Optional.empty();
        }
        List<Placed> entries = new ArrayList<>();
        session(place, prefix).ifPresent(session -> {
            withdraw.accept(session);
            links.removed(session);
            placed(session).ifPresent(entries::add);
        });
        services.places.free(prefix, place);
        return Optional.of(new PlainLeaving(entries, ready, () -> giveBack(prefix, place)));
    }

    private void giveBack(Ip6Prefix prefix, String place) {
        services.places.owe(prefix, place);
        repay(prefix, place);
    }

    private void repay(Ip6Prefix prefix, String place) {
        try {
            // The place may have got it again.
            if (!prefix.equals(services.places.prefixes.get(place))) {
                services.visitedPrefixes.release(prefix, place);
            }
            services.places.repaid(prefix);
        } catch (StorageException e) {
            services.counter.accept("visited prefixes not given back yet");
            LOG.debug("{}: {} is not given back yet: {}", place, prefix, e.toString());
        }
    }

    /** Tries again to give back what the store did not take; to be called now and then. */
    void repayAll() {
        services.places.owed().forEach((prefix, place) -> attachment(place).ifPresent(at -> inTurn(mac(at), now -> {
            now.repay(prefix, place);
            return CompletableFuture.completedFuture(null);
        }, () -> { })));
    }

    /**
     * Gives back what today's configuration has no room for. Blocks. Ends early once these nodes are stopped.
     *
     * @param compare has the switches compared with the rest; run if any place has lost its prefix
     */
    void sweep(Runnable compare) {
        int count = 0;
        for (Map.Entry<String, Ip6Prefix> one : Map.copyOf(services.places.prefixes).entrySet()) {
            Optional<NodeSession> session = session(one.getKey(), one.getValue());
            if (stopped) {
                return;
            }
            if (session.isPresent() && entitled.test(session.get().node(), session.get().entry().attachment())) {
                continue;
            }
            count++;
            withdraw(one.getKey(), one.getValue());
            release(one.getValue(), one.getKey());
        }
        if (count > 0) {
            compare.run();
        }
    }

    /** Tells a node that it cannot use its prefix any more, on the master of its gateway's switch. */
    private void withdraw(String place, Ip6Prefix prefix) {
        attachment(place).ifPresent(at -> mag.policy().gateway(at.gateway())
                .filter(gateway -> services.masterships.isLocalMaster(mag.device(gateway.name())))
                .ifPresent(gateway -> links.withdraw(session(at, place, prefix, FIRST_SESSION, gateway),
                        List.of(prefix), false)));
    }

    /** Another configuration takes over: this one's word on who may stay does not count any more. */
    void stop() {
        stopped = true;
    }
}
