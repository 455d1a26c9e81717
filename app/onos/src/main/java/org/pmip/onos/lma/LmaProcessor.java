// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.store.BindingStore;
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.lma.Transition;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The straight line from an authenticated request to its answer: engine, store, data plane, answer. A success is
 * answered only after the store and the data plane have both said yes; if the data plane says no, the store is put
 * back and the answer is status 130. Thread-safe.
 */
final class LmaProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(LmaProcessor.class);
    private static final int GREATEST_ATTEMPTS = 16;
    /** One round obtains all that is needed; a second one names what the first could not know. */
    private static final int GREATEST_ROUNDS = 4;

    /** Brings the data plane from one record of a mobile node to the next; completes when the switch has it. */
    interface DataPlane {
        CompletableFuture<Void> update(MobileNodeRecord before, MobileNodeRecord after);
    }

    /** Runs something once, later. */
    interface Timer {
        void at(long millis, Runnable task);
    }

    private final Supplier<LmaEngine> engine;
    private final Supplier<LmaPolicy> policy;
    private final BindingStore store;
    private final Holdings.Stocks stocks;
    private final Admission admission;
    private final DataPlane dataPlane;
    private final KeyedSequencer sequencer;
    private final Supplier<Moment> clock;
    private final Timer timer;
    private final Consumer<Answer> sender;
    private final LmaStatistics statistics;
    private final Map<String, Map<Request, Boolean>> waiting = new ConcurrentHashMap<>();

    LmaProcessor(Supplier<LmaEngine> engine, Supplier<LmaPolicy> policy, BindingStore store, Holdings.Stocks stocks,
                 Admission admission, DataPlane dataPlane, KeyedSequencer sequencer, Supplier<Moment> clock,
                 Timer timer, Consumer<Answer> sender, LmaStatistics statistics) {
        this.engine = engine;
        this.policy = policy;
        this.store = store;
        this.stocks = stocks;
        this.admission = admission;
        this.dataPlane = dataPlane;
        this.sequencer = sequencer;
        this.clock = clock;
        this.timer = timer;
        this.sender = sender;
        this.statistics = statistics;
    }

    /** Takes a request. It is answered later, on another thread, or never if it is to be ignored. */
    void accept(Request request) {
        switch (admission.of(request)) {
            case IGNORE:
                statistics.count("ignored, over the rate limit");
                break;
            case REJECT:
                Answer answer = engine.get().insufficientResources(MobileNodeRecord.none(nodeOf(request)), request,
                        "too many messages a second").answer().orElseThrow(IllegalStateException::new);
                statistics.count("rejected " + answer.status() + ", over the rate limit");
                sender.accept(answer);
                break;
            default:
                admitted(request);
                break;
        }
    }

    private static MobileNodeIdentifier nodeOf(Request request) {
        return LmaEngine.mobileNode(request.update())
                .orElse(MobileNodeIdentifier.of(MobileNodeIdentifier.NAI, new byte[0]));
    }

    private void admitted(Request request) {
        MobileNodeIdentifier mobileNode = nodeOf(request);
        String key = MobileNodeRecord.key(mobileNode);
        if (!sequencer.submit(key, () -> process(mobileNode, request))) {
            statistics.count("dropped, too many waiting");
            LOG.debug("{}: dropped a request, too many wait", key);
        }
    }

    /** Takes back what the time has run out for. */
    void expire(MobileNodeIdentifier mobileNode) {
        sequencer.submit(MobileNodeRecord.key(mobileNode), () -> {
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                BindingStore.Stored stored = store.read(mobileNode);
                Transition transition = engine.get().expire(stored.record(), clock.get());
                if (!transition.changes()) {
                    return done();
                }
                if (store.replace(stored, transition.after())) {
                    statistics.count("expired");
                    return removeEntities(transition.before(), transition.after());
                }
            }
            LOG.warn("{}: the record changed {} times while sessions were to be expired; trying again later",
                    MobileNodeRecord.key(mobileNode), GREATEST_ATTEMPTS);
            return done();
        });
    }

    /** Ends a session by order of the operator, at once and without a message to its gateway. */
    CompletableFuture<Boolean> delete(MobileNodeIdentifier mobileNode, long sessionId) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        boolean taken = sequencer.submit(MobileNodeRecord.key(mobileNode), () -> {
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                BindingStore.Stored stored = store.read(mobileNode);
                MobileNodeRecord after = engine.get().end(stored.record(), sessionId, clock.get()).after();
                if (stored.record().session(sessionId).isEmpty()) {
                    result.complete(false);
                    return done();
                }
                if (store.replace(stored, after)) {
                    statistics.count("deleted");
                    return removeEntities(stored.record(), after).whenComplete((nothing, failure) ->
                            result.complete(true));
                }
            }
            result.completeExceptionally(new IllegalStateException("the record keeps changing; try again"));
            return done();
        });
        if (!taken) {
            result.completeExceptionally(new IllegalStateException("too much waits for this node; try again"));
        }
        return result;
    }

    /** Looks again at requests that wait for a change of this node's record. */
    void recordChanged(String key) {
        Map<Request, Boolean> requests = waiting.remove(key);
        if (requests != null) {
            requests.keySet().forEach(this::admitted);
        }
    }

    private CompletableFuture<Void> process(MobileNodeIdentifier mobileNode, Request request) {
        String key = MobileNodeRecord.key(mobileNode);
        Holdings holdings = new Holdings(key, policy.get(), stocks);
        MobileNodeRecord kept = MobileNodeRecord.none(mobileNode);
        try {
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                BindingStore.Stored stored = store.read(mobileNode);
                kept = stored.record();
                Transition transition = run(stored.record(), request, holdings);
                if (!transition.changes()) {
                    return unchanged(key, request, transition);
                }
                if (store.replace(stored, transition.after())) {
                    kept = transition.after();
                    return program(request, transition);
                }
                statistics.count("store conflicts");
            }
            statistics.count("given up after store conflicts");
            LOG.warn("{}: gave up a request after {} conflicts; the gateway will repeat it", key, GREATEST_ATTEMPTS);
            return done();
        } catch (StorageException e) {
            // No answer is better than a wrong one: the gateway repeats its request.
            statistics.count("store not available");
            LOG.warn("{}: no answer, the store is not available: {}", key, e.toString());
            return done();
        } finally {
            holdings.giveBackExcept(kept);
        }
    }

    private Transition run(MobileNodeRecord record, Request request, Holdings holdings) {
        Transition transition = engine.get().process(record, request, clock.get(), holdings.supply());
        for (int round = 0; transition.kind() == Transition.Kind.NEEDS; round++) {
            if (round == GREATEST_ROUNDS) {
                // Better no answer, and a line in the log, than a thread that asks and asks.
                throw new IllegalStateException("the engine still lacks " + transition.reason());
            }
            holdings.obtain(transition.needs().orElseThrow(IllegalStateException::new));
            transition = engine.get().process(record, request, clock.get(), holdings.supply());
        }
        return transition;
    }

    private CompletableFuture<Void> unchanged(String key, Request request, Transition transition) {
        switch (transition.kind()) {
            case WAITS:
                waiting.computeIfAbsent(key, name -> new ConcurrentHashMap<>()).put(request, true);
                timer.at(transition.until(), () -> {
                    Map<Request, Boolean> requests = waiting.get(key);
                    if (requests != null && requests.remove(request) != null) {
                        admitted(request);
                    }
                });
                break;
            case IGNORED:
                statistics.count("ignored");
                LOG.info("{}: ignored {}: {}", key, request.source(), transition.reason());
                break;
            default:
                transition.answer().ifPresent(answer -> {
                    count(transition, answer);
                    LOG.info("{}: {} {}", key, answer, transition.reason());
                    sender.accept(answer);
                });
                break;
        }
        return done();
    }

    private CompletableFuture<Void> program(Request request, Transition transition) {
        return dataPlane.update(transition.before(), transition.after())
                .handle((nothing, failure) -> {
                    if (failure == null) {
                        // A part of a session may have ended; nothing else of what a success leaves is to be shared.
                        stocks.release(transition.before(), transition.after());
                        transition.answer().ifPresent(answer -> {
                            count(transition, answer);
                            sender.accept(answer);
                        });
                        return done();
                    }
                    return compensate(request, transition, failure);
                })
                .thenCompose(next -> next);
    }

    /** The switch said no: the sessions are put back as they were, and the gateway is told. */
    private CompletableFuture<Void> compensate(Request request, Transition transition, Throwable failure) {
        MobileNodeRecord before = transition.before();
        LOG.warn("{}: the switch refused {}: {}", before.key(), transition.kind(), failure.toString());
        BindingStore.Stored stored = store.read(before.mobileNode());
        if (!stored.record().equals(transition.after()) || !store.replace(stored, before)) {
            LOG.warn("{}: another node has changed the record; left to the reconciler", before.key());
            return done();
        }
        return removeEntities(transition.after(), before).handle((nothing, again) -> {
            Answer answer = engine.get().insufficientResources(before, request, "the switch refused")
                    .answer().orElseThrow(IllegalStateException::new);
            statistics.count("rejected " + answer.status());
            sender.accept(answer);
            return null;
        });
    }

    /** Takes entries out of the switch, and only then lets others have the prefixes and addresses. */
    private CompletableFuture<Void> removeEntities(MobileNodeRecord before, MobileNodeRecord after) {
        return dataPlane.update(before, after).handle((nothing, failure) -> {
            if (failure != null) {
                LOG.warn("{}: entries could not be taken out: {}; left to the reconciler", before.key(),
                        failure.toString());
            }
            stocks.release(before, after);
            return null;
        });
    }

    private void count(Transition transition, Answer answer) {
        statistics.count(transition.kind() == Transition.Kind.REJECTED ? "rejected " + answer.status()
                : transition.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static CompletableFuture<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
