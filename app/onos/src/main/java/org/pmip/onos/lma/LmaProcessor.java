// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.lma.LmaStatistics.Step;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.ClaimsAudit;
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.LmaEngine;
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
 * back and the answer is status 130. It outlives configurations: what is under way when another one counts goes on by
 * that, so that the requests of one mobile node stay in order. Thread-safe.
 */
final class LmaProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(LmaProcessor.class);
    private static final int GREATEST_ATTEMPTS = 16;
    /** One round obtains all that is needed; a second one names what the first could not know. */
    private static final int GREATEST_ROUNDS = 4;

    /** Runs something once, later. */
    interface Timer {
        void at(long millis, Runnable task);
    }

    private final BindingStore store;
    private final KeyedSequencer sequencer;
    private final Supplier<Moment> clock;
    private final Timer timer;
    private final LmaStatistics statistics;
    private volatile Optional<LmaTerms> terms = Optional.empty();
    private final Postponed waiting = new Postponed();
    private final Newest newest = new Newest();

    LmaProcessor(BindingStore store, KeyedSequencer sequencer, Supplier<Moment> clock, Timer timer,
                 LmaStatistics statistics) {
        this.store = store;
        this.sequencer = sequencer;
        this.clock = clock;
        this.timer = timer;
        this.statistics = statistics;
    }

    /** Goes on by another configuration. */
    void use(LmaTerms next) {
        terms = Optional.of(next);
    }

    /** There is no anchor any more: requests get no answer. */
    void rest() {
        terms = Optional.empty();
        waiting.clear();
        newest.clear();
    }

    /** What counts now; where that is none, what counted when a task began, by which nothing is written any more. */
    private LmaTerms now(LmaTerms begun) {
        return terms.orElse(begun);
    }

    /** Takes a request. It is answered later, on another thread, or never if it is to be ignored. */
    void accept(Request request) {
        terms.ifPresent(now -> accept(now, request, System.nanoTime()));
    }

    private void accept(LmaTerms now, Request request, long began) {
        switch (now.admission.of(request)) {
            case IGNORE:
                statistics.count("ignored, over the rate limit");
                break;
            case REJECT:
                Answer answer = now.engine.get().insufficientResources(MobileNodeRecord.none(nodeOf(request)),
                        request, "too many messages a second").answer().orElseThrow(IllegalStateException::new);
                statistics.count("rejected " + answer.status() + ", over the rate limit");
                send(answer, began);
                break;
            default:
                admitted(request, began);
                break;
        }
    }

    /** Runs a task in its turn by what counts then; where there is no anchor any more, it is left. */
    private boolean inTurn(String key, Function<LmaTerms, CompletableFuture<Void>> task) {
        return sequencer.submit(key, () -> terms.map(task).orElseGet(LmaProcessor::done));
    }

    private static MobileNodeIdentifier nodeOf(Request request) {
        return LmaEngine.mobileNode(request.update())
                .orElse(MobileNodeIdentifier.of(MobileNodeIdentifier.NAI, new byte[0]));
    }

    private void admitted(Request request, long began) {
        MobileNodeIdentifier mobileNode = nodeOf(request);
        String key = MobileNodeRecord.key(mobileNode);
        newest.note(key, request);
        if (!inTurn(key, now -> turn(now, mobileNode, request, began))) {
            newest.forget(key, request);
            statistics.count("dropped, too many waiting");
            LOG.debug("{}: dropped a request, too many wait", key);
        }
    }

    /** Puts a claim right while nothing else is done for its mobile node. */
    void settle(ClaimsAudit.Finding finding) {
        String key = finding.mobileNode();
        sequencer.submit(key, () -> unlessUnavailable(key, () -> {
            finding.settle();
            return done();
        }));
    }

    /** Nothing is known any more of what the switch has: it, or who commands it, has become another. */
    void doubtTables() {
        terms.ifPresent(now -> now.tables.doubt());
    }

    /** Takes back what the time has run out for. */
    void expire(MobileNodeIdentifier mobileNode) {
        String key = MobileNodeRecord.key(mobileNode);
        inTurn(key, now -> unlessUnavailable(key, () -> {
            if (!now.tables.owned()) {
                // It waited here while another node took the switch over, which now takes the entries out as well.
                return done();
            }
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                BindingStore.Stored stored = store.read(mobileNode);
                Transition transition = now.engine.get().expire(stored.record(), clock.get());
                if (!transition.changes()) {
                    return done();
                }
                if (store.replace(stored, transition.after())) {
                    if (transition.after().entries().size() < transition.before().entries().size()) {
                        // Otherwise it was the rest of a key that is over.
                        statistics.count("expired");
                    }
                    return removeEntities(now, transition.before(), transition.after());
                }
            }
            LOG.warn("{}: the record keeps changing while sessions are to be expired; trying again later", key);
            return done();
        }));
    }

    private CompletableFuture<Void> unlessUnavailable(String key, Supplier<CompletableFuture<Void>> task) {
        try {
            return task.get();
        } catch (StorageException e) {
            unavailable(key, e);
            return done();
        }
    }

    private void unavailable(String key, Throwable failure) {
        statistics.count(LmaStatistics.STORE_NOT_AVAILABLE);
        LOG.warn("{}: no answer, the store is not available: {}", key, failure.toString());
        compare();
    }

    /** Ends a session by order of the operator, at once and without a message to its gateway. */
    CompletableFuture<Boolean> delete(MobileNodeIdentifier mobileNode, long sessionId) {
        CompletableFuture<Boolean> result = new CompletableFuture<>();
        boolean taken = sequencer.submit(MobileNodeRecord.key(mobileNode), () -> {
            Optional<LmaTerms> now = terms;
            if (now.isEmpty()) {
                result.completeExceptionally(new IllegalStateException("no anchor is configured"));
                return done();
            }
            try {
                return delete(now.get(), mobileNode, sessionId, result);
            } catch (StorageException e) {
                result.completeExceptionally(new IllegalStateException("the store is not available; try again", e));
                return done();
            }
        });
        if (!taken) {
            result.completeExceptionally(new IllegalStateException("too much waits for this node; try again"));
        }
        return result;
    }

    private CompletableFuture<Void> delete(LmaTerms now, MobileNodeIdentifier mobileNode, long sessionId,
                                           CompletableFuture<Boolean> result) {
        for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
            BindingStore.Stored stored = store.read(mobileNode);
            if (stored.record().session(sessionId).isEmpty()) {
                result.complete(false);
                return done();
            }
            MobileNodeRecord after = now.engine.get().end(stored.record(), sessionId, clock.get()).after();
            if (store.replace(stored, after)) {
                statistics.count("deleted");
                return removeEntities(now, stored.record(), after).whenComplete((nothing, failure) ->
                        result.complete(true));
            }
        }
        result.completeExceptionally(new IllegalStateException("the record keeps changing; try again"));
        return done();
    }

    /** Looks again at requests that wait for a change of this node's record. */
    void recordChanged(String key) {
        waiting.takeAll(key).forEach(this::admitted);
    }

    private CompletableFuture<Void> turn(LmaTerms now, MobileNodeIdentifier mobileNode, Request request, long began) {
        String key = MobileNodeRecord.key(mobileNode);
        if (newest.supersedes(key, request)) {
            statistics.count("asked anew while waiting");
            return done();
        }
        newest.forget(key, request);
        return process(now, mobileNode, request, began);
    }

    private CompletableFuture<Void> process(LmaTerms now, MobileNodeIdentifier mobileNode, Request request,
                                            long began) {
        String key = MobileNodeRecord.key(mobileNode);
        Holdings holdings = new Holdings(key, now.policy, now.stocks);
        long turn = System.nanoTime();
        long turnMillis = clock.get().millis();
        try {
            for (int attempt = 0; attempt < GREATEST_ATTEMPTS; attempt++) {
                // The first guess costs no round of the cluster; if it is not the present, replacing it fails.
                BindingStore.Stored stored = attempt == 0 ? store.recent(mobileNode) : store.read(mobileNode);
                Transition transition = run(now, stored.record(), request, holdings);
                if (attempt == 0 && !transition.changes()) {
                    continue;
                }
                if (!transition.changes()) {
                    holdings.giveBackExcept(stored.record());
                    return unchanged(now, key, request, transition, began);
                }
                if (store.replace(stored, transition.after())) {
                    statistics.since(Step.STORE, turn);
                    return holdings.confirmed(transition.after(), clock.get().millis() - turnMillis)
                            ? program(now, request, transition, holdings, began) : lost(stored, transition);
                }
                statistics.count("store conflicts");
            }
            statistics.count("given up after store conflicts");
            LOG.warn("{}: gave up a request after {} conflicts; the gateway will repeat it", key, GREATEST_ATTEMPTS);
            return done();
        } catch (StorageException e) {
            // No answer is better than a wrong one: the gateway repeats its request. The record may have been written
            // all the same, so what was set aside for it is not given back; the audit finds what nobody holds.
            unavailable(key, e);
            return done();
        }
    }

    /** This node stood still for so long that others gave away what it had set aside: nothing of it may last. */
    private CompletableFuture<Void> lost(BindingStore.Stored stored, Transition transition) {
        String key = transition.after().key();
        BindingStore.Stored now = store.read(transition.after().mobileNode());
        boolean undone = now.record().equals(transition.after()) && store.replace(now, stored.record());
        LOG.warn("{}: what was set aside for it has become another's; {}", key, undone ? "nothing is changed"
                : "another node has changed the record");
        overtaken(key);
        return done();
    }

    private Transition run(LmaTerms now, MobileNodeRecord record, Request request, Holdings holdings) {
        LmaEngine engine = now.engine.get();
        Transition transition = engine.process(record, request, clock.get(), holdings.supply());
        for (int round = 0; transition.kind() == Transition.Kind.NEEDS; round++) {
            if (round == GREATEST_ROUNDS) {
                // Better no answer, and a line in the log, than a thread that asks and asks.
                throw new IllegalStateException("the engine still lacks " + transition.reason());
            }
            holdings.obtain(transition.needs().orElseThrow(IllegalStateException::new));
            transition = engine.process(record, request, clock.get(), holdings.supply());
        }
        return transition;
    }

    private CompletableFuture<Void> unchanged(LmaTerms now, String key, Request request, Transition transition,
                                              long began) {
        switch (transition.kind()) {
            case WAITS:
                waiting.add(key, request, began);
                timer.at(transition.until(), () -> {
                    if (waiting.take(key, request)) {
                        admitted(request, began);
                    }
                });
                break;
            case IGNORED:
                statistics.count("ignored");
                LOG.info("{}: ignored {}: {}", key, request.source(), transition.reason());
                break;
            case REPEATED:
                return repeat(now, key, transition, began);
            default:
                transition.answer().ifPresent(answer -> {
                    count(transition, answer);
                    LOG.info("{}: {} {}", key, answer, transition.reason());
                    send(answer, began);
                });
                break;
        }
        return done();
    }

    /** The same answer again, if the switch has what it promises: who gave it first may have died before it wrote. */
    private CompletableFuture<Void> repeat(LmaTerms begun, String key, Transition transition, long began) {
        MobileNodeRecord record = transition.after();
        Tables tables = now(begun).tables;
        if (tables.have(record)) {
            answer(transition, began);
            return done();
        }
        return tables.bring(record, record).handle((current, failure) -> {
            if (failure == null && current) {
                answer(transition, began);
            } else if (failure == null) {
                overtaken(key);
            } else {
                LOG.warn("{}: no answer, the switch may lack entries: {}", key, failure.toString());
            }
            return null;
        });
    }

    /** Where nobody can say what the switch has, the record stands, and the next request has the entries written. */
    private CompletableFuture<Void> program(LmaTerms begun, Request request, Transition transition, Holdings holdings,
                                            long began) {
        String key = transition.after().key();
        long planned = System.nanoTime();
        return unlessUnavailable(key, () -> {
            giveBack(key, () -> holdings.giveBackExcept(transition.after()));
            return now(begun).tables.bring(transition.before(), transition.after()).handle((current, failure) -> {
                statistics.since(Step.FLOW, planned);
                if (failure == null) {
                    // A part of a session may have ended; nothing else of what a success leaves is to be shared.
                    giveBack(key, () -> begun.stocks.release(transition.before(), transition.after()));
                    if (current) {
                        answer(transition, began);
                    } else {
                        overtaken(key);
                    }
                    return done();
                }
                if (RuleWriter.isUnknown(failure)) {
                    statistics.count("given up, no word of the switch");
                    LOG.warn("{}: no answer, nothing is known of its entries: {}", key, failure.toString());
                    compare();
                    return done();
                }
                return unlessUnavailable(key, () -> compensate(begun, request, transition, failure, began));
            }).thenCompose(next -> next);
        });
    }

    /** The switch may have what nobody wants any more; this goes on until the store tells what is wanted. */
    private void compare() {
        terms.ifPresent(now -> now.compare.run());
    }

    private void answer(Transition transition, long began) {
        transition.answer().ifPresent(answer -> {
            count(transition, answer);
            send(answer, began);
        });
    }

    private void send(Answer answer, long began) {
        terms.ifPresent(now -> now.sender.accept(answer));
        statistics.since(Step.ANSWER, began);
    }

    private void overtaken(String key) {
        statistics.count("overtaken by another node");
        LOG.info("{}: no answer, another node of the cluster has changed the record meanwhile", key);
    }

    /** What cannot be given back now is found by the audit. */
    private void giveBack(String key, Runnable release) {
        try {
            release.run();
        } catch (StorageException e) {
            statistics.count(LmaStatistics.STORE_NOT_AVAILABLE);
            LOG.debug("{}: not given back yet: {}", key, e.toString());
        }
    }

    /** The switch said no: the sessions are put back as they were, and the gateway is told. */
    private CompletableFuture<Void> compensate(LmaTerms begun, Request request, Transition transition,
                                               Throwable failure, long began) {
        MobileNodeRecord before = transition.before();
        LOG.warn("{}: the switch refused {}: {}", before.key(), transition.kind(), failure.toString());
        BindingStore.Stored stored = store.read(before.mobileNode());
        if (!stored.record().equals(transition.after()) || !store.replace(stored, before)) {
            LOG.warn("{}: another node has changed the record; comparing the switch", before.key());
            compare();
            return done();
        }
        return removeEntities(begun, transition.after(), before).handle((nothing, again) -> {
            Answer answer = begun.engine.get().insufficientResources(before, request, "the switch refused")
                    .answer().orElseThrow(IllegalStateException::new);
            statistics.count("rejected " + answer.status());
            send(answer, began);
            return null;
        });
    }

    /** Takes entries out of the switch, and only then lets others have the prefixes and addresses. */
    private CompletableFuture<Void> removeEntities(LmaTerms begun, MobileNodeRecord before, MobileNodeRecord after) {
        CompletableFuture<Boolean> gone;
        try {
            gone = now(begun).tables.bring(before, after);
        } catch (StorageException e) {
            gone = CompletableFuture.failedFuture(e);
        }
        return gone.handle((current, failure) -> {
            if (failure != null) {
                LOG.warn("{}: entries could not be taken out: {}; comparing the switch", before.key(),
                        failure.toString());
                compare();
            }
            giveBack(before.key(), () -> begun.stocks.release(before, after));
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
