// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.p4runtime.ctl.utils.PipeconfHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/**
 * One P4Runtime target on its way to be ready and, when the connection breaks, to be so again: connect, win the
 * election, see to it that the right pipeline runs, tell. A new attempt is made after 0.1 s, then after twice the
 * time of the last, up to 3 s.
 *
 * <p>Steps run on the scheduler's one thread. Safe for use by many threads.
 */
final class Target implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Target.class);
    private static final long FIRST_RETRY_MILLIS = 100;
    private static final long LONGEST_RETRY_MILLIS = 3000;

    private final DeviceId device;
    private final TargetAddress address;
    private final PiPipeconf pipeconf;
    private final LongSupplier electionId;
    private final ScheduledExecutorService scheduler;
    private final Threads threads;
    private final Events events;
    private final TableWriter tables;
    private final EntryMemory memory = new EntryMemory();
    private final Map<PiMeterCellId, Meter> meters = new ConcurrentHashMap<>();
    private volatile P4RuntimeSession ready;
    private volatile String state = "connecting";
    private P4RuntimeSession current;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private boolean closed;

    /** What the host wants to know of a target. */
    interface Events {
        /** The target takes orders and runs the right pipeline. */
        void ready(DeviceId device);

        /** The target is out of reach, or takes orders from somebody else. */
        void lost(DeviceId device, boolean toAnother);

        /** A packet came, while the target was ready. */
        void packetIn(Target target, PacketIn packet);
    }

    Target(DeviceId device, TargetAddress address, PiPipeconf pipeconf, LongSupplier electionId, Threads threads,
           Events events) {
        this.device = device;
        this.address = address;
        this.pipeconf = pipeconf;
        this.electionId = electionId;
        this.threads = threads;
        scheduler = threads.connector();
        this.events = events;
        tables = new TableWriter(pipeconf, threads.callbacks());
    }

    DeviceId device() {
        return device;
    }

    TargetAddress address() {
        return address;
    }

    PiPipeconf pipeconf() {
        return pipeconf;
    }

    TableWriter tables() {
        return tables;
    }

    /** What the last reading of the tables was. */
    EntryMemory memory() {
        return memory;
    }

    /** Cells of indirect meters that were configured, with what for. */
    Map<PiMeterCellId, Meter> meters() {
        return meters;
    }

    /** The session while the target is ready, else null. */
    P4RuntimeSession session() {
        return ready;
    }

    /** Where the target is on its way, for people. */
    String state() {
        return state;
    }

    void start() {
        scheduler.execute(this::connect);
    }

    private void connect() {
        if (closed) {
            return;
        }
        Stream stream = new Stream();
        current = new P4RuntimeSession(address, electionId.getAsLong(), threads, stream);
        stream.session = current;
        current.open();
    }

    /**
     * What happens on one session's stream, brought to the scheduler's thread; late news of an old session is
     * dropped.
     */
    private final class Stream implements P4RuntimeSession.Listener {
        private P4RuntimeSession session;

        private void step(Consumer<P4RuntimeSession> step) {
            scheduler.execute(() -> {
                if (session == current && !closed) {
                    step.accept(session);
                }
            });
        }

        @Override
        public void arbitrated(boolean primary, String message) {
            step(live -> {
                if (primary) {
                    if (ready == null) {
                        setUp(live);
                    }
                } else {
                    LOG.warn("{} takes orders from another controller {}", device, message);
                    notReady("not primary: another controller commands it", true);
                }
            });
        }

        @Override
        public void packetIn(PacketIn packet) {
            if (ready != null) {
                events.packetIn(Target.this, packet);
            }
        }

        @Override
        public void closed(String reason) {
            step(live -> broken(live, reason));
        }
    }

    private void setUp(P4RuntimeSession session) {
        state = "setting the pipeline";
        CompletableFuture<Boolean> empty = session.pipelineCookie().thenCompose(cookie ->
            cookie.equals(OptionalLong.of(pipeconf.fingerprint()))
                ? CompletableFuture.completedFuture(false)
                : session.setPipeline(PipeconfHelper.getP4Info(pipeconf), program(), pipeconf.fingerprint())
                    .thenApply(done -> true));
        empty.whenCompleteAsync((fresh, error) -> {
            if (session != current || closed) {
                return;
            }
            if (error != null) {
                broken(session, "the pipeline cannot be set: " + P4RuntimeSession.describe(
                    error.getCause() == null ? error : error.getCause()));
                return;
            }
            LOG.info("{} at {} is ready, pipeline {} {}", device, address, pipeconf.id(), fresh ? "set" : "was set");
            tables.attach(session, fresh);
            if (fresh) {
                meters.clear();
            }
            ready = session;
            state = "ready";
            retryMillis = FIRST_RETRY_MILLIS;
            events.ready(device);
        }, scheduler);
    }

    private ByteString program() {
        try (InputStream in = pipeconf.extension(PiPipeconf.ExtensionType.BMV2_JSON).orElseThrow(() ->
            new IllegalStateException("the pipeconf " + pipeconf.id() + " has no program for bmv2"))) {
            return ByteString.readFrom(in);
        } catch (IOException e) {
            throw new IllegalStateException("the pipeconf " + pipeconf.id() + " cannot be read: " + e, e);
        }
    }

    private void broken(P4RuntimeSession session, String reason) {
        session.close();
        current = null;
        if (ready != null) {
            LOG.warn("{} at {} is lost: {}", device, address, reason);
        } else {
            LOG.debug("{} at {}: {}", device, address, reason);
        }
        notReady(reason, false);
        scheduler.schedule(this::connect, retryMillis, TimeUnit.MILLISECONDS);
        retryMillis = Math.min(2 * retryMillis, LONGEST_RETRY_MILLIS);
    }

    private void notReady(String reason, boolean toAnother) {
        state = reason;
        if (ready != null) {
            ready = null;
            tables.detach();
            events.lost(device, toAnother);
        }
    }

    @Override
    public void close() {
        scheduler.execute(() -> {
            closed = true;
            ready = null;
            if (current != null) {
                current.close();
                current = null;
            }
            tables.detach();
        });
    }
}
