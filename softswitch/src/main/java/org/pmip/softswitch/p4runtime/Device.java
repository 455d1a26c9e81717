// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.v1.P4RuntimeOuterClass.DigestList;
import p4.v1.P4RuntimeOuterClass.DigestListAck;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest.Action;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest.Atomicity;

/**
 * One device of P4Runtime: the program it runs, its controllers, and the way between the CPU port and them.
 *
 * <p>Thread-safe. Writes, arbitration and changes of the program follow one another under a fair lock; reads share it;
 * packets never wait for it.
 */
public final class Device implements Pipeline.Output {
    private static final long IDLE_SCAN_MILLIS = 100;

    private final long id;
    private final int cpuPort;
    private final Ports ports;
    private final ScheduledExecutorService timer;
    private final Arbitration arbitration;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
    private final BitSet down = new BitSet();
    private volatile Running running;
    private Running saved;
    private Pipeline.Trace trace;

    /** Takes the frames that leave by a port other than the CPU port. */
    @FunctionalInterface
    public interface Ports {
        /** One frame for one port; the array is only valid during the call. */
        void transmit(int port, byte[] frame, int offset, int length);

        /** Whether there is a port of that number, so that members of groups may depend on it. */
        default boolean has(int port) {
            return true;
        }
    }

    /** A program with what controllers have set up around it. */
    private static final class Running {
        private final Program program;
        private final Digests digests;
        private final Entities entities;
        private final IdleWatch idle;

        Running(Program program, ScheduledExecutorService timer, Consumer<DigestList> to) {
            this.program = program;
            digests = new Digests(program, timer, to);
            entities = new Entities(program, digests);
            idle = new IdleWatch(program);
        }
    }

    /**
     * A device without program.
     *
     * @param id by which controllers know it
     * @param cpuPort the port behind which they are, 0 to 510; negative for none
     * @param ports takes what leaves by other ports
     * @param timer for digests and idle timeouts; the owner shuts it down
     */
    public Device(long id, int cpuPort, Ports ports, ScheduledExecutorService timer) {
        this.id = id;
        this.cpuPort = cpuPort;
        this.ports = ports;
        this.timer = timer;
        arbitration = new Arbitration(id);
        timer.scheduleWithFixedDelay(this::scanIdle, IDLE_SCAN_MILLIS, IDLE_SCAN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** By which controllers know it. */
    public long id() {
        return id;
    }

    /** Whether a program runs. */
    public boolean programmed() {
        return running != null;
    }

    /** The program that runs, or null. */
    public Pipeline pipeline() {
        Running now = running;
        return now == null ? null : now.program.pipeline();
    }

    /**
     * Runs a program that no controller gave.
     *
     * @param json what p4c-bm2-ss wrote
     * @param config the same with its P4Info, or null: then controllers must set a pipeline before they write or read
     * @throws IllegalArgumentException when it cannot be run, with the reason
     */
    public void program(byte[] json, ForwardingPipelineConfig config) {
        lock.writeLock().lock();
        try {
            commit(prepare(config == null ? Program.bare(json) : load(config)));
        } catch (Refusal e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Traces the steps of packets, through this program and those to come; null ends it. */
    public void trace(Pipeline.Trace to) {
        lock.writeLock().lock();
        try {
            trace = to;
            if (running != null) {
                running.program.pipeline().trace(to);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Takes a frame from a port; without a program it is dropped, and false returned. */
    public boolean receive(int port, byte[] frame, int offset, int length) {
        Running now = running;
        if (now == null) {
            return false;
        }
        now.program.pipeline().receive(port, frame, offset, length, this);
        return true;
    }

    @Override
    public void transmit(int port, byte[] frame, int offset, int length) {
        if (port != cpuPort) {
            ports.transmit(port, frame, offset, length);
            return;
        }
        List<Arbitration.Primary> primaries = arbitration.primaries();
        Running now = running;
        if (primaries.isEmpty() || now == null) {
            return;
        }
        PacketIn packet = now.program.packetIn().read(frame, offset, length);
        if (packet != null) {
            StreamMessageResponse message = StreamMessageResponse.newBuilder().setPacket(packet).build();
            for (Arbitration.Primary primary : primaries) {
                if (primary.access().receives(packet)) {
                    primary.controller().offer(message);
                }
            }
        }
    }

    @Override
    public void digest(String name, byte[][] fields) {
        Running now = running;
        if (now != null) {
            now.digests.message(name, fields);
        }
    }

    private void scanIdle() {
        Running now = running;
        if (now != null) {
            now.idle.scan().forEach(notification -> {
                tell(now.program, notification.getTableEntry(0).getTableId(), StreamMessageResponse.newBuilder()
                        .setIdleTimeoutNotification(notification).build());
            });
        }
    }

    /** Sends a message to the primary of every role that may use the entity of which it tells. */
    private void tell(Program program, int entity, StreamMessageResponse message) {
        for (Arbitration.Primary primary : arbitration.primaries()) {
            if (primary.access().covers(entity, program)) {
                primary.controller().offer(message);
            }
        }
    }

    void packetOut(PacketOut packet) throws Refusal {
        Running now = running;
        if (now == null) {
            throw Refusal.of(Status.Code.FAILED_PRECONDITION, "no pipeline is set: the packet is dropped");
        }
        if (cpuPort < 0) {
            throw Refusal.of(Status.Code.FAILED_PRECONDITION,
                    "this switch has no CPU port: start it with --cpu-port");
        }
        byte[] frame = now.program.packetOut().write(packet);
        now.program.pipeline().receive(cpuPort, frame, 0, frame.length, this);
    }

    void acknowledge(DigestListAck ack) throws Refusal {
        Running now = running;
        if (now == null) {
            throw Refusal.of(Status.Code.FAILED_PRECONDITION, "no pipeline is set");
        }
        now.digests.acknowledge(ack);
    }

    void arbitrate(Controller controller, MasterArbitrationUpdate update) throws Refusal {
        lock.writeLock().lock();
        try {
            arbitration.update(controller, update);
        } finally {
            lock.writeLock().unlock();
        }
    }

    void remove(Controller controller) {
        lock.writeLock().lock();
        try {
            arbitration.remove(controller);
        } finally {
            lock.writeLock().unlock();
        }
    }

    void checkId(long deviceId) throws Refusal {
        if (deviceId != id) {
            throw Refusal.notFound("this is device " + Long.toUnsignedString(id) + ", not "
                    + Long.toUnsignedString(deviceId));
        }
    }

    private Program load(ForwardingPipelineConfig config) throws Refusal {
        return Program.load(config, ports::has);
    }

    /** Tells that a port, up at first, went down or came up: members of groups that watch it are chosen or not. */
    public void port(int port, boolean up) {
        lock.writeLock().lock();
        try {
            down.set(port, !up);
            for (Running one : new Running[] {running, saved}) {
                if (one != null) {
                    one.program.pipeline().port(port, up);
                }
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Running prepare(Program program) {
        down.stream().forEach(port -> program.pipeline().port(port, false));
        return new Running(program, timer, list -> tell(program, list.getDigestId(),
                StreamMessageResponse.newBuilder().setDigest(list).build()));
    }

    private void commit(Running next) {
        next.program.pipeline().trace(trace);
        running = next;
        saved = null;
    }

    /** Sets the pipeline (section 14). */
    void configure(RoleName role, ElectionId electionId, Action action, ForwardingPipelineConfig config, boolean given)
            throws Refusal {
        lock.writeLock().lock();
        try {
            arbitration.primary(role, electionId).checkPipeline();
            if (action == Action.COMMIT && given) {
                throw Refusal.invalid("COMMIT takes the config saved before: leave config out");
            }
            if (action != Action.COMMIT && !given) {
                throw Refusal.invalid("config is missing");
            }
            switch (action) {
                case VERIFY -> load(config);
                case VERIFY_AND_SAVE -> saved = prepare(load(config));
                case VERIFY_AND_COMMIT -> commit(prepare(load(config)));
                case RECONCILE_AND_COMMIT -> commit(reconcile(prepare(load(config))));
                case COMMIT -> {
                    if (saved == null) {
                        throw Refusal.notFound("no config is saved: use VERIFY_AND_SAVE before COMMIT");
                    }
                    commit(saved);
                }
                default -> throw Refusal.invalid("the request has no action: give for example VERIFY_AND_COMMIT");
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private Running reconcile(Running next) throws Refusal {
        if (running != null && running.program.hasInfo()) {
            Reconciler.carry(running.entities, next.program, next.entities);
        }
        return next;
    }

    /** The config in force, null if there is none. */
    ForwardingPipelineConfig config() {
        Running now = running;
        return now == null || !now.program.hasInfo() ? null : now.program.config();
    }

    /** Writes updates (section 12); one outcome each, null for success. */
    Refusal[] write(RoleName role, ElectionId electionId, List<Update> updates, Atomicity atomicity) throws Refusal {
        lock.writeLock().lock();
        try {
            Access access = arbitration.primary(role, electionId);
            Batch batch = new Batch(entities(), access, updates);
            return switch (atomicity) {
                case CONTINUE_ON_ERROR -> batch.each();
                case ROLLBACK_ON_ERROR -> batch.allOrNone();
                case DATAPLANE_ATOMIC -> batch.atOnce(current().program.pipeline());
                default -> throw Refusal.invalid("the atomicity is unknown: give for example CONTINUE_ON_ERROR");
            };
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Reads what a role may see (section 13); one outcome for each pattern, null for success. */
    Refusal[] read(RoleName role, List<Entity> patterns, Found to) throws Refusal {
        lock.readLock().lock();
        try {
            Entities entities = entities();
            Access access = arbitration.access(role);
            Refusal[] outcomes = new Refusal[patterns.size()];
            for (int i = 0; i < outcomes.length; i++) {
                try {
                    entities.read(patterns.get(i), access, to);
                } catch (Refusal e) {
                    outcomes[i] = e;
                } catch (RuntimeException e) {
                    outcomes[i] = Refusal.internal(e);
                }
            }
            return outcomes;
        } finally {
            lock.readLock().unlock();
        }
    }

    private Entities entities() throws Refusal {
        return current().entities;
    }

    private Running current() throws Refusal {
        Running current = saved != null ? saved : running;
        if (current == null || !current.program.hasInfo()) {
            throw Refusal.of(Status.Code.FAILED_PRECONDITION,
                    "no pipeline is set: use SetForwardingPipelineConfig first");
        }
        return current;
    }
}
