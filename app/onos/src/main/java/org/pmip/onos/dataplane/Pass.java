// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One comparison of a switch with the sessions, in portions: the next one is written when the switch has taken the one
 * before, and no sooner than {@value #RULES_PER_SECOND} rules a second allow, so that requests of gateways find their
 * way between them. A portion is made of the records as they are by then, not as they were when the pass began; and
 * records that change while it is on its way are looked at again when the switch has it, for what their own change
 * wrote may have been overtaken. What is right is not touched. For one use, by one thread after another.
 *
 * @param <R> what is kept of one mobile node
 */
final class Pass<R> {

    /** Most rules a second that a pass writes or removes. */
    static final int RULES_PER_SECOND = 50_000;
    /** Rules after which a portion is full. */
    static final int PORTION = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** How often a record that keeps changing is looked at again; then it is left to the next pass. */
    private static final int GREATEST_LOOKS = 8;

    /** What one record wants of the switch. */
    interface Wishes<R> {
        Map<EntityKey, PipelineEntity> of(R record);
    }

    /** Writes stages one after another and then removes. */
    interface Writer {
        CompletableFuture<Void> write(List<List<PipelineEntity>> stages, List<PipelineEntity> gone);
    }

    private final String name;
    private final DeviceRules.Found found;
    private final Map<EntityKey, PipelineEntity> basis;
    private final Wishes<R> wishes;
    private final Predicate<PipelineEntity> opens;
    private final Supplier<Set<EntityKey>> spared;
    private final Writer writer;
    private final LongFunction<Executor> later;
    private final Progress progress;
    private int count;
    private long reported = System.nanoTime();

    /**
     * Prepares a pass.
     *
     * @param name of the switch, for people
     * @param found what the switch has of this application, and what ONOS believes it to have
     * @param basis what it is to have whatever the sessions are
     * @param opens whether an entity lets traffic in, so that all others must be there before it
     * @param spared gives what is left where it is although nobody wants it
     */
    Pass(String name, DeviceRules.Found found, Map<EntityKey, PipelineEntity> basis, Wishes<R> wishes,
         Predicate<PipelineEntity> opens, Supplier<Set<EntityKey>> spared, Writer writer,
         LongFunction<Executor> later, Progress progress) {
        this.name = name;
        this.found = found;
        this.basis = basis;
        this.wishes = wishes;
        this.opens = opens;
        this.spared = spared;
        this.writer = writer;
        this.later = later;
        this.progress = progress;
    }

    /**
     * Makes the pass.
     *
     * @param sessions gives all records; asked at the begin, and again before what none of them wants is removed
     * @param current gives a record as it is now; of a node without sessions, an empty one
     * @return completes with the number of rules that were wrong, missing or too many
     */
    CompletableFuture<Integer> run(Supplier<Collection<R>> sessions,
                                   UnaryOperator<R> current) {
        Collection<R> records = sessions.get();
        progress.begin(records.size());
        Iterator<R> rest = records.iterator();
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        compare(basis, base, openings);
        return portion(0, base, openings, List.of()).thenCompose(nothing -> mend(rest, current))
                .thenCompose(nothing -> removeSuperfluous(sessions))
                .thenApply(nothing -> count).whenComplete((all, failure) -> progress.end());
    }

    private CompletableFuture<Void> mend(Iterator<R> rest,
                                         UnaryOperator<R> current) {
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        List<R> looked = new ArrayList<>();
        while (rest.hasNext() && base.size() + openings.size() < PORTION) {
            R record = current.apply(rest.next());
            compare(wishes.of(record), base, openings);
            looked.add(record);
        }
        boolean writes = !base.isEmpty() || !openings.isEmpty();
        CompletableFuture<Void> written = portion(looked.size(), base, openings, List.of());
        if (writes) {
            written = written.thenCompose(nothing -> lookAgain(looked, current, GREATEST_LOOKS));
        }
        return rest.hasNext() ? written.thenCompose(nothing -> mend(rest, current)) : written;
    }

    /**
     * A session may have been changed, in the store and in the switch, between the look at it and the write of what was
     * seen: then the switch has by now what the session was.
     */
    private CompletableFuture<Void> lookAgain(List<R> looked, UnaryOperator<R> current, int looks) {
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        List<R> changed = new ArrayList<>();
        for (R before : looked) {
            R now = current.apply(before);
            if (now != before) {
                compare(wishes.of(now), base, openings);
                changed.add(now);
            }
        }
        if (base.isEmpty() && openings.isEmpty() || looks == 0) {
            return CompletableFuture.completedFuture(null);
        }
        return portion(0, base, openings, List.of()).thenCompose(nothing -> lookAgain(changed, current, looks - 1));
    }

    private void compare(Map<EntityKey, PipelineEntity> wanted, List<PipelineEntity> base,
                         List<PipelineEntity> openings) {
        wanted.forEach((key, entity) -> {
            if (!entity.equals(found.present.get(key))) {
                (opens.test(entity) ? openings : base).add(entity);
                // Tunnels are shared: once is enough.
                found.present.put(key, entity);
                found.believed.put(key, entity);
            }
        });
    }

    private List<PipelineEntity> superfluous(Collection<R> records) {
        Set<EntityKey> wanted = new HashSet<>(basis.keySet());
        records.forEach(record -> wanted.addAll(wishes.of(record).keySet()));
        wanted.addAll(spared.get());
        List<PipelineEntity> gone = new ArrayList<>();
        found.believed.forEach((key, entity) -> {
            if (!wanted.contains(key)) {
                gone.add(entity);
            }
        });
        return gone;
    }

    private CompletableFuture<Void> removeSuperfluous(Supplier<Collection<R>> sessions) {
        List<PipelineEntity> gone = superfluous(sessions.get());
        if (gone.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return remove(gone.iterator()).thenCompose(nothing -> restore(gone, sessions.get()));
    }

    /** A session that came while what nobody wanted was taken out may have lost its own with it. */
    private CompletableFuture<Void> restore(List<PipelineEntity> gone, Collection<R> records) {
        Set<EntityKey> removed = new HashSet<>();
        gone.forEach(entity -> removed.add(EntityKey.of(entity)));
        found.present.keySet().removeAll(removed);
        found.believed.keySet().removeAll(removed);
        List<PipelineEntity> base = new ArrayList<>();
        List<PipelineEntity> openings = new ArrayList<>();
        for (R record : records) {
            Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>(wishes.of(record));
            wanted.keySet().retainAll(removed);
            compare(wanted, base, openings);
        }
        return portion(0, base, openings, List.of());
    }

    private CompletableFuture<Void> remove(Iterator<PipelineEntity> rest) {
        List<PipelineEntity> gone = new ArrayList<>();
        while (rest.hasNext() && gone.size() < PORTION) {
            gone.add(rest.next());
        }
        CompletableFuture<Void> removed = portion(0, List.of(), List.of(), gone);
        return rest.hasNext() ? removed.thenCompose(nothing -> remove(rest)) : removed;
    }

    private CompletableFuture<Void> portion(int compared, List<PipelineEntity> base, List<PipelineEntity> openings,
                                            List<PipelineEntity> gone) {
        int size = base.size() + openings.size() + gone.size();
        if (size == 0) {
            progress.advance(compared, 0, 0);
            return CompletableFuture.completedFuture(null);
        }
        long began = System.nanoTime();
        return writer.write(List.of(base, openings), gone).thenCompose(nothing -> {
            count += size;
            progress.advance(compared, base.size() + openings.size(), gone.size());
            report();
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            long pause = size * 1_000L / RULES_PER_SECOND - took;
            return size < PORTION || pause <= 0 ? CompletableFuture.<Void>completedFuture(null)
                    : CompletableFuture.runAsync(() -> { }, later.apply(pause));
        });
    }

    private void report() {
        long now = System.nanoTime();
        if (now - reported >= REPORT_NANOS) {
            reported = now;
            Progress.Snapshot at = progress.snapshot();
            LOG.info("{}: {} of {} mobile nodes compared, {} rules written, {} removed", name, at.compared(),
                    at.nodes(), at.written(), at.removed());
        }
    }
}
