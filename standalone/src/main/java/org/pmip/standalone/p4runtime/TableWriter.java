// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Brings the table entries of one target to what is wanted, and knows which ones the target has accepted.
 *
 * <p>Wishes are served in the order in which they came, many in one batch, one batch at a time; no batch names an entry
 * twice, because the order within a batch is the target's affair. Whether an entry is inserted or modified follows
 * from what the target accepted before; should the target see that otherwise, its word is taken and the update is
 * tried the other way, once. Safe for use by many threads.
 */
final class TableWriter {
    private static final int BATCH = 1000;

    private final Deque<Wish> waiting = new ArrayDeque<>();
    private final Map<PiHandle, Accepted> accepted = new ConcurrentHashMap<>();
    private final Map<PiHandle, Long> removals = new ConcurrentHashMap<>();
    private final PiPipeconf pipeconf;
    private final Executor executor;
    private boolean writing;
    private P4RuntimeSession session;

    /**
     * What the target has: the entry, when it was accepted, in nanoseconds of the JVM's clock, and whether anybody
     * here asked for it.
     */
    record Accepted(PiTableEntry entry, long since, boolean wanted) {
    }

    private enum Aim { PRESENT, ABSENT, ABSENT_UNLESS_WANTED }

    private record Wish(PiHandle handle, PiTableEntry entry, Aim aim, CompletableFuture<UpdateStatus> done) {
        private boolean present() {
            return aim == Aim.PRESENT;
        }
    }

    private record Sent(Wish wish, Update.Type type) {
    }

    TableWriter(PiPipeconf pipeconf, Executor executor) {
        this.pipeconf = pipeconf;
        this.executor = executor;
    }

    /**
     * Begins to write to a session.
     *
     * @param next session that may write
     * @param empty true when the target has just got its pipeline and has no entries
     */
    void attach(P4RuntimeSession next, boolean empty) {
        synchronized (waiting) {
            session = next;
        }
        if (empty) {
            accepted.clear();
        }
    }

    /** Stops writing: what waits, fails. */
    void detach() {
        synchronized (waiting) {
            session = null;
        }
        drain();
    }

    /**
     * Asks that an entry be there as given.
     *
     * @param handle of the entry
     * @param entry wanted
     * @return status of the target
     */
    CompletableFuture<UpdateStatus> put(PiHandle handle, PiTableEntry entry) {
        return enqueue(new Wish(handle, entry, Aim.PRESENT, new CompletableFuture<>()));
    }

    /**
     * Asks that an entry not be there.
     *
     * @param handle of the entry
     * @param entry as it was
     * @return status of the target
     */
    CompletableFuture<UpdateStatus> remove(PiHandle handle, PiTableEntry entry) {
        return enqueue(new Wish(handle, entry, Aim.ABSENT, new CompletableFuture<>()));
    }

    /**
     * Asks that an entry which was seen on the target not be there, unless somebody asks for it in the meantime.
     *
     * @param handle of the entry
     * @param entry as it was seen
     */
    void removeUnwanted(PiHandle handle, PiTableEntry entry) {
        enqueue(new Wish(handle, entry, Aim.ABSENT_UNLESS_WANTED, new CompletableFuture<>()));
    }

    /**
     * What the target has accepted.
     *
     * @param handle of an entry
     * @return the entry, or null
     */
    Accepted accepted(PiHandle handle) {
        return accepted.get(handle);
    }

    /**
     * All that the target has accepted.
     *
     * @return entries, as they are at the time of iteration
     */
    Collection<Map.Entry<PiHandle, Accepted>> accepted() {
        return accepted.entrySet();
    }

    /**
     * Notes that the target was seen to have an entry that it had not been told, or lacks one that it had accepted.
     *
     * @param handle of the entry
     * @param seen as it is on the target, or null when it is not there
     * @param readBegan time before which the entry must have been accepted for the sighting to count
     */
    void seen(PiHandle handle, PiTableEntry seen, long readBegan) {
        accepted.compute(handle, (key, known) -> {
            Long removed = removals.get(handle);
            if (known != null && known.since() - readBegan >= 0 || removed != null && removed - readBegan >= 0) {
                return known;
            }
            return seen == null ? null
                : known != null && sameAction(known.entry(), seen) ? known
                : known == null ? new Accepted(seen, readBegan, false)
                : new Accepted(seen, known.since(), known.wanted());
        });
    }

    /**
     * Notes that no flow rule stands for an entry any more, unless somebody has asked for it since.
     *
     * @param handle of the entry
     * @param known as it was accepted
     * @param now time from which it counts as unwanted
     */
    void doubt(PiHandle handle, Accepted known, long now) {
        accepted.replace(handle, known, new Accepted(known.entry(), now, false));
    }

    /**
     * Forgets what was remembered of removals for the sake of a reading that has ended.
     *
     * @param readBegan time of its beginning
     */
    void readEnded(long readBegan) {
        removals.values().removeIf(removed -> removed - readBegan < 0);
    }

    private CompletableFuture<UpdateStatus> enqueue(Wish wish) {
        synchronized (waiting) {
            waiting.add(wish);
        }
        return wish.done();
    }

    /** Writes what waits, unless a batch is on its way, after which it will be written. */
    void drain() {
        P4RuntimeSession target;
        List<Wish> wishes;
        synchronized (waiting) {
            if (writing || waiting.isEmpty()) {
                return;
            }
            target = session;
            wishes = take();
            writing = true;
        }
        List<Sent> batch = new ArrayList<>(wishes.size());
        for (Wish wish : wishes) {
            Update.Type type = type(wish);
            if (type == Update.Type.UNSPECIFIED) {
                if (wish.present()) {
                    accepted.computeIfPresent(wish.handle(), (key, known) ->
                        known.wanted() ? known : new Accepted(known.entry(), known.since(), true));
                }
                wish.done().complete(new UpdateStatus(Status.Code.OK, ""));
            } else if (target == null) {
                wish.done().complete(new UpdateStatus(Status.Code.UNAVAILABLE, "the target is not connected"));
            } else {
                batch.add(new Sent(wish, type));
            }
        }
        send(target, batch, true);
    }

    private List<Wish> take() {
        List<Wish> wishes = new ArrayList<>();
        Set<PiHandle> handles = new HashSet<>();
        while (!waiting.isEmpty() && wishes.size() < BATCH && handles.add(waiting.peek().handle())) {
            wishes.add(waiting.poll());
        }
        return wishes;
    }

    /** Which update a wish needs, UNSPECIFIED when none. */
    private Update.Type type(Wish wish) {
        Accepted known = accepted.get(wish.handle());
        if (wish.aim() == Aim.ABSENT_UNLESS_WANTED && known != null && known.wanted()) {
            return Update.Type.UNSPECIFIED;
        }
        if (wish.entry().isDefaultAction()) {
            // A default entry is always there; taking it away means the program's own default again.
            boolean same = wish.present() && known != null && sameAction(known.entry(), wish.entry());
            return same || !wish.present() && known == null ? Update.Type.UNSPECIFIED : Update.Type.MODIFY;
        }
        if (!wish.present()) {
            return known == null ? Update.Type.UNSPECIFIED : Update.Type.DELETE;
        }
        if (known == null) {
            return Update.Type.INSERT;
        }
        return sameAction(known.entry(), wish.entry()) ? Update.Type.UNSPECIFIED : Update.Type.MODIFY;
    }

    private static boolean sameAction(PiTableEntry one, PiTableEntry other) {
        return one.action() != null && one.action().equals(other.action());
    }

    private void send(P4RuntimeSession target, List<Sent> batch, boolean first) {
        List<Sent> encoded = new ArrayList<>(batch.size());
        List<Update> updates = new ArrayList<>(batch.size());
        for (Sent sent : batch) {
            try {
                updates.add(Update.newBuilder().setType(sent.type()).setEntity(encode(sent)).build());
                encoded.add(sent);
            } catch (CodecException e) {
                sent.wish().done().complete(new UpdateStatus(Status.Code.INVALID_ARGUMENT, e.getMessage()));
            }
        }
        if (updates.isEmpty()) {
            finish();
            return;
        }
        target.write(updates).thenAccept(statuses -> settle(target, encoded, statuses, first));
    }

    private Entity encode(Sent sent) throws CodecException {
        Wish wish = sent.wish();
        if (sent.type() == Update.Type.DELETE || !wish.present()) {
            return Codecs.CODECS.handle().encode(wish.handle(), null, pipeconf);
        }
        return Codecs.CODECS.entity().encode(wish.entry(), null, pipeconf);
    }

    private void settle(P4RuntimeSession target, List<Sent> batch, List<UpdateStatus> statuses, boolean first) {
        List<Sent> otherWay = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Sent sent = batch.get(i);
            UpdateStatus status = statuses.get(i);
            boolean gone = sent.type() == Update.Type.DELETE && status.code() == Status.Code.NOT_FOUND;
            if (status.ok() || gone) {
                note(sent.wish());
                sent.wish().done().complete(gone ? new UpdateStatus(Status.Code.OK, "") : status);
            } else if (first && sent.type() == Update.Type.INSERT && status.code() == Status.Code.ALREADY_EXISTS) {
                otherWay.add(new Sent(sent.wish(), Update.Type.MODIFY));
            } else if (first && sent.type() == Update.Type.MODIFY && status.code() == Status.Code.NOT_FOUND) {
                otherWay.add(new Sent(sent.wish(), Update.Type.INSERT));
            } else {
                sent.wish().done().complete(status);
            }
        }
        if (otherWay.isEmpty()) {
            finish();
        } else {
            send(target, otherWay, false);
        }
    }

    private void note(Wish wish) {
        if (wish.present()) {
            accepted.put(wish.handle(), new Accepted(wish.entry(), System.nanoTime(), true));
        } else {
            // In this order, so that a reading that still saw the entry does not bring it back in between.
            removals.put(wish.handle(), System.nanoTime());
            accepted.remove(wish.handle());
        }
    }

    private void finish() {
        synchronized (waiting) {
            writing = false;
        }
        // Not called directly: a target that fails at once would make the stack as deep as the queue is long.
        executor.execute(this::drain);
    }
}
