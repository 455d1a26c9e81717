// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.onosproject.core.ApplicationId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.MapEvent;
import org.onosproject.store.service.MapEventListener;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.onosproject.store.service.Versioned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts the scales of deadlines of all nodes of a cluster on one: the records say when something ends, and another node
 * than the one that wrote it ends it. A machine whose clock was wrong when the application started, or that stood still
 * and whose monotonic clock did so too, would end all sessions at once, or none in time.
 *
 * <p>Each node takes a number when it comes and tells its scale every 10 s through the store; who does not know a
 * number yet answers at once. All follow the least number among those that speak, which is who has been there longest.
 * A message is late, never early, so who seems to lag behind by some time does so at the least, and catches up; who
 * seems to be ahead goes back only where all that was heard in half a minute says so. A node that stood still, or whose
 * clock was set forward, takes a new number, for nobody may follow it any more. What the eldest said last, dead or
 * alive, is the least that the time can be for who comes. Thread-safe.
 */
final class ScaleAgreement {

    /** How often {@link #tick} is to be called. */
    static final long TICK_MILLIS = 1_000;
    /** How often a node says its scale. */
    static final long TELL_MILLIS = 10_000;
    /** Who has said nothing for so long is not followed. */
    static final long SILENT_MILLIS = 35_000;
    /** After that time alone a node goes by its own scale, although there were others once. */
    static final long ALONE_MILLIS = 15_000;
    /** Whoever was heard of last so long ago will not come back under his number. */
    private static final long FORGOTTEN_MILLIS = 300_000;
    /** Messages that say that this node is ahead are believed after that time. */
    private static final long DOUBT_MILLIS = 30_000;
    /** A message may be late by as much. */
    private static final long TOLERANCE_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ScaleAgreement.class);

    private final StorageService storage;
    private final ApplicationId application;
    private final SteadyClock clock;
    private final Executor executor;
    private final MapEventListener<String, Long> listener = this::heard;
    private final CompletableFuture<Void> settled = new CompletableFuture<>();
    /** When other nodes were heard of, by the monotonic clock; those that were only read of are not there yet. */
    private final Map<Long, Long> heard = new HashMap<>();
    private final Map<Long, Long> listed = new HashMap<>();
    private ConsistentMap<String, Long> map;
    private AtomicCounter numbers;
    private volatile long number;
    /** Whether it is known who was there before; until then every tick asks for it. */
    private boolean looked;
    private long openedAt;
    private long toldAt;
    private long wallLead;
    private boolean followed;
    private long aheadSince;
    private long ahead;

    /**
     * Makes one; until it has heard of the others the clock's scale is not agreed.
     *
     * @param executor for what blocks while the store's events are told
     */
    ScaleAgreement(StorageService storage, ApplicationId application, SteadyClock clock, Executor executor) {
        this.storage = storage;
        this.application = application;
        this.clock = clock;
        this.executor = executor;
        this.wallLead = clock.wallLead();
        clock.agreed(false);
    }

    /** Completes once the scale is the cluster's. */
    CompletableFuture<Void> settled() {
        return settled;
    }

    /**
     * Says this node's scale if it is time to. Blocks; to be called by one thread.
     *
     * @throws StorageException if the store does not answer
     */
    void tick() {
        try {
            if (number == 0) {
                open();
            }
            if (!looked) {
                look();
                looked = true;
            }
            long lead = clock.wallLead();
            if (lead - wallLead > TOLERANCE_MILLIS) {
                renew();
            }
            wallLead = lead;
            if (clock.steadyMillis() - toldAt >= TELL_MILLIS) {
                tell();
                forget();
            }
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            // ONOS passes some of Atomix's own through.
            throw new StorageException(e);
        }
        if (clock.steadyMillis() - openedAt >= ALONE_MILLIS) {
            settle();
        }
    }

    /** Says good-bye. Blocks. */
    void close() {
        if (map != null) {
            map.removeListener(listener);
            map.remove(String.valueOf(number));
        }
    }

    private void open() {
        if (map == null) {
            map = storage.<String, Long>consistentMapBuilder().withName("pmip-time").withApplicationId(application)
                    .withSerializer(Serializer.using(KryoNamespaces.BASIC)).build();
            numbers = storage.getAtomicCounter("pmip-time-numbers");
            map.addListener(listener);
        }
        long mine = numbers.incrementAndGet();
        synchronized (this) {
            number = mine;
            openedAt = clock.steadyMillis();
        }
    }

    private void look() {
        long mine = number;
        // Who comes at the same time sees this one, or is seen.
        tell();
        long eldest = mine;
        for (String key : map.keySet()) {
            long other = Long.parseLong(key);
            if (other != mine) {
                eldest = Math.min(eldest, other);
                synchronized (this) {
                    listed.putIfAbsent(other, openedAt);
                }
            }
        }
        if (eldest == mine) {
            settle();
        } else {
            notBefore(map.get(String.valueOf(eldest)));
        }
    }

    /** Whether that node still lives or not: later than when it spoke it is by now, and sessions end by its scale. */
    private synchronized void notBefore(Versioned<Long> said) {
        if (said != null && said.value() > clock.millis()) {
            step(said.value() - clock.millis());
        }
    }

    private void tell() {
        // First: what comes in between is answered anyway.
        toldAt = clock.steadyMillis();
        map.put(String.valueOf(number), clock.millis());
    }

    private void renew() {
        long former = number;
        number = numbers.incrementAndGet();
        map.remove(String.valueOf(former));
        LOG.warn("this machine stood still, or its clock was set forward: others of the cluster say when sessions end");
        tell();
    }

    private void forget() {
        long since = clock.steadyMillis() - FORGOTTEN_MILLIS;
        for (Long other : silentSince(since)) {
            map.remove(String.valueOf(other));
        }
    }

    private synchronized Iterable<Long> silentSince(long since) {
        Map<Long, Long> silent = new HashMap<>(listed);
        silent.values().removeIf(at -> at > since);
        return silent.keySet();
    }

    private void heard(MapEvent<String, Long> event) {
        long other = Long.parseLong(event.key());
        if (event.type() == MapEvent.Type.REMOVE) {
            synchronized (this) {
                heard.remove(other);
                listed.remove(other);
            }
            return;
        }
        boolean unknown;
        synchronized (this) {
            if (other == number || number == 0) {
                return;
            }
            long at = clock.steadyMillis();
            listed.put(other, at);
            unknown = heard.put(other, at) == null;
            heard.values().removeIf(last -> at - last >= SILENT_MILLIS);
            if (other < number && heard.keySet().stream().noneMatch(one -> one < other)) {
                follow(event.newValue().value() - clock.millis());
            }
        }
        if (unknown) {
            executor.execute(() -> {
                try {
                    tell();
                } catch (RuntimeException e) {
                    LOG.debug("the store does not answer, said again in time: {}", e.toString());
                }
            });
        }
    }

    private void follow(long difference) {
        long at = clock.steadyMillis();
        if (!followed || difference > 0) {
            followed = true;
            aheadSince = 0;
            step(difference);
        } else if (difference >= -TOLERANCE_MILLIS) {
            aheadSince = 0;
        } else if (aheadSince == 0) {
            aheadSince = at;
            ahead = difference;
        } else {
            ahead = Math.max(ahead, difference);
            if (at - aheadSince >= DOUBT_MILLIS) {
                aheadSince = 0;
                step(ahead);
            }
        }
        settle();
    }

    private void step(long difference) {
        clock.step(difference);
        if (Math.abs(difference) > TOLERANCE_MILLIS) {
            LOG.error("this machine's clock is, or was at its start, {} ms {} those of the other controllers; the ends"
                    + " of sessions go by theirs from now on. See to its time service", Math.abs(difference),
                    difference > 0 ? "behind" : "ahead of");
        }
    }

    private void settle() {
        clock.agreed(true);
        settled.complete(null);
    }
}
