// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import p4.config.v1.P4InfoOuterClass;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.DigestList;
import p4.v1.P4RuntimeOuterClass.DigestListAck;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Update;

/** The digests of one program: what is switched on, what waits, what is not acknowledged (section 9.8). Thread-safe. */
final class Digests {
    /** Messages in one list where the controller sets no limit. */
    private static final int LONGEST_LIST = 1024;
    /** Messages sent and not acknowledged, for all lists of one digest; beyond it new messages are lost. */
    private static final int MOST_UNACKNOWLEDGED = 65536;

    private final Program program;
    private final ScheduledExecutorService timer;
    private final Consumer<DigestList> to;
    private final Map<String, P4InfoOuterClass.Digest> byName = new HashMap<>();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private long lists;

    /** One digest that is switched on. */
    private static final class Stream {
        private final int id;
        private DigestEntry.Config config;
        private final Set<P4Data> waiting = new LinkedHashSet<>();
        private final Map<Long, List<P4Data>> sent = new HashMap<>();
        private final Set<P4Data> unacknowledged = new LinkedHashSet<>();

        Stream(int id) {
            this.id = id;
        }

        private void forget(long list) {
            List<P4Data> messages = sent.remove(list);
            if (messages != null) {
                messages.forEach(unacknowledged::remove);
            }
        }
    }

    Digests(Program program, ScheduledExecutorService timer, Consumer<DigestList> to) {
        this.program = program;
        this.timer = timer;
        this.to = to;
        program.digests().forEach(digest -> byName.put(digest.getPreamble().getName(), digest));
    }

    synchronized void write(Update.Type type, DigestEntry given) throws Refusal {
        String name = "digest '" + program.digest(given.getDigestId()).getPreamble().getName() + "'";
        Stream stream = streams.get(given.getDigestId());
        if (type == Update.Type.INSERT) {
            if (stream != null) {
                throw Refusal.of(Status.Code.ALREADY_EXISTS, name + " is switched on already: modify it instead");
            }
            stream = new Stream(given.getDigestId());
        } else if (stream == null) {
            throw Refusal.notFound(name + " is not switched on: insert it first");
        }
        if (type == Update.Type.DELETE) {
            streams.remove(given.getDigestId());
            return;
        }
        DigestEntry.Config config = given.getConfig();
        if (config.getMaxTimeoutNs() < 0 || config.getMaxListSize() < 0 || config.getAckTimeoutNs() < 0) {
            throw Refusal.invalid("config of " + name + " has a negative number: give numbers from 0 up");
        }
        stream.config = config;
        streams.put(given.getDigestId(), stream);
    }

    synchronized void read(DigestEntry pattern, Found found) throws Refusal {
        if (pattern.getDigestId() != 0) {
            program.digest(pattern.getDigestId());
        }
        streams.values().forEach(stream -> {
            if (pattern.getDigestId() == 0 || pattern.getDigestId() == stream.id) {
                found.accept(Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder().setDigestId(stream.id)
                        .setConfig(stream.config)).build());
            }
        });
    }

    /** Takes a message of the program. */
    void message(String name, byte[][] fields) {
        P4InfoOuterClass.Digest digest = byName.get(name);
        if (digest == null) {
            return;
        }
        synchronized (this) {
            Stream stream = streams.get(digest.getPreamble().getId());
            if (stream == null) {
                return;
            }
            P4Data message = program.data().digest(digest.getTypeSpec(), fields);
            if (stream.unacknowledged.contains(message) || stream.unacknowledged.size() >= MOST_UNACKNOWLEDGED
                    || !stream.waiting.add(message)) {
                return;
            }
            int most = stream.config.getMaxListSize() == 0 ? LONGEST_LIST : stream.config.getMaxListSize();
            if (stream.config.getMaxTimeoutNs() == 0 || stream.waiting.size() >= most) {
                send(stream);
            } else if (stream.waiting.size() == 1) {
                later(stream.config.getMaxTimeoutNs(), () -> send(stream));
            }
        }
    }

    private synchronized void send(Stream stream) {
        if (stream.waiting.isEmpty() || streams.get(stream.id) != stream) {
            return;
        }
        long list = ++lists;
        List<P4Data> messages = new ArrayList<>(stream.waiting);
        stream.waiting.clear();
        long ack = stream.config.getAckTimeoutNs();
        if (ack > 0) {
            stream.sent.put(list, messages);
            stream.unacknowledged.addAll(messages);
            later(ack, () -> forget(stream, list));
        }
        to.accept(DigestList.newBuilder().setDigestId(stream.id).setListId(list).addAllData(messages)
                .setTimestamp(System.currentTimeMillis() * 1_000_000).build());
    }

    private void later(long nanos, Runnable work) {
        try {
            timer.schedule(work, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // The switch is being closed: nobody is left to be told.
            streams.clear();
        }
    }

    private synchronized void forget(Stream stream, long list) {
        stream.forget(list);
    }

    synchronized void acknowledge(DigestListAck ack) throws Refusal {
        program.digest(ack.getDigestId());
        Stream stream = streams.get(ack.getDigestId());
        if (stream != null) {
            stream.forget(ack.getListId());
        }
    }
}
