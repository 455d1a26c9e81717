// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.Replication.CloneSession;
import org.pmip.softswitch.pipeline.Replication.Group;
import org.pmip.softswitch.pipeline.Replication.Replica;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.state.Replicas;

/**
 * Takes one packet at a time through a program: v1model on one thread, with queues that are always empty. What a
 * packet begets (clones, copies, resubmissions) waits its turn here until the first is done.
 */
final class Worker {
    private static final int NORMAL = 0;
    private static final int INGRESS_CLONE = 1;
    private static final int EGRESS_CLONE = 2;
    private static final int RECIRCULATED = 4;
    private static final int REPLICATED = 5;
    private static final int RESUBMITTED = 6;

    /**
     * How many passes through a control one received packet may cause. A program that recirculates for ever would
     * otherwise hold the port for ever; a multicast group over all ports stays far below.
     */
    private static final int MOST_PASSES = 4096;

    private final Program program;
    private final StandardMetadata standard;
    private final Replicas replicas;
    private final long started;
    private final boolean timed;
    private final ArrayDeque<Packet> spare = new ArrayDeque<>();
    private final ArrayDeque<Packet> forIngress = new ArrayDeque<>();
    private final ArrayDeque<Packet> forEgress = new ArrayDeque<>();
    private Pipeline.Output output;
    private int passes;
    private boolean busy;
    private Worker inner;
    /** Null for an inner worker, whose outer one has passed the gate. */
    private final Gate gate;
    private final Gate.Pass pass;

    Worker(Program program, Replicas replicas, long started, Gate gate) {
        this.gate = gate;
        pass = gate == null ? null : gate.pass();
        this.program = program;
        this.standard = program.standard();
        this.replicas = replicas;
        this.started = started;
        timed = standard.timed();
    }

    /** This worker or, while it is inside a packet whose output came back in, another. */
    Worker idle() {
        if (!busy) {
            return this;
        }
        if (inner == null) {
            inner = new Worker(program, replicas, started, null);
        }
        return inner.idle();
    }

    void receive(int port, byte[] frame, int offset, int length, Pipeline.Output to, Pipeline.Trace trace, long id) {
        if (gate != null) {
            gate.enter(pass);
        }
        busy = true;
        output = to;
        passes = 0;
        try {
            Packet packet = fresh();
            packet.trace = trace;
            packet.id = id;
            packet.port = port;
            packet.reset(frame, offset, length);
            standard.ingressPort().set(packet, port);
            standard.packetLength().set(packet, length);
            if (timed) {
                packet.time = now();
                standard.ingressTime().set(packet, packet.time);
            }
            if (trace != null) {
                packet.step("Received " + length + " octets on port " + port);
            }
            ingress(packet);
            spare.push(packet);
            drain();
        } finally {
            busy = false;
            output = null;
            forIngress.clear();
            forEgress.clear();
            if (gate != null) {
                gate.leave(pass);
            }
        }
    }

    private void drain() {
        while (true) {
            Packet packet = forEgress.poll();
            if (packet != null) {
                egress(packet, packet.egressPort);
            } else {
                packet = forIngress.poll();
                if (packet == null) {
                    return;
                }
                ingress(packet);
            }
            spare.push(packet);
        }
    }

    private Stages stages(Packet packet) {
        return packet.trace == null ? program.stages() : program.traced();
    }

    private Packet fresh() {
        Packet packet = spare.poll();
        return packet == null ? new Packet(program.layout()) : packet;
    }

    /** Microseconds since the pipeline was made. */
    private long now() {
        return (program.clock().getAsLong() - started) / 1000;
    }

    private boolean spent(Packet packet) {
        if (++passes <= MOST_PASSES) {
            return false;
        }
        if (packet.trace != null) {
            packet.step("Dropped: more than " + MOST_PASSES + " passes for one packet");
        }
        return true;
    }

    private void ingress(Packet packet) {
        if (spent(packet)) {
            return;
        }
        if (packet.trace != null) {
            packet.step("Ingress");
        }
        stages(packet).parser().run(packet);
        standard.parserError().set(packet, packet.error);
        standard.checksumError().set(packet, packet.checksumError ? 1 : 0);
        stages(packet).ingress().run(packet);
        packet.exit = false;
        if (packet.aborted) {
            return;
        }
        if (packet.cloneSession != Packet.NO_SESSION) {
            cloneIngress(packet);
        }
        if (packet.digestList != 0) {
            DigestList digest = program.digests().get(packet.digestList);
            if (digest != null) {
                if (packet.trace != null) {
                    packet.step("Digest '" + digest.name() + "'");
                }
                output.digest(digest.name(), digest.read(packet));
            }
        }
        if (packet.resubmitList != 0) {
            resubmit(packet);
            return;
        }
        int group = standard.multicastGroup().get(packet);
        if (group != 0) {
            standard.instanceType().set(packet, REPLICATED);
            multicast(packet, group);
            return;
        }
        int port = standard.egressSpec().get(packet);
        if (port == StandardMetadata.DROP_PORT) {
            if (packet.trace != null) {
                packet.step("Dropped at the end of ingress");
            }
            return;
        }
        standard.instanceType().set(packet, NORMAL);
        egress(packet, port);
    }

    /** The packet as it came in, parsed again, with nothing of ingress but the fields of the list. */
    private void cloneIngress(Packet packet) {
        int number = packet.cloneSession;
        CloneSession session = replicas.session(number);
        int list = packet.cloneList;
        packet.cloneSession = Packet.NO_SESSION;
        packet.cloneList = 0;
        if (session == null) {
            unknownSession(packet, number);
            return;
        }
        Packet copy = fresh();
        again(packet, copy);
        standard.ingressPort().set(copy, packet.port);
        stages(copy).parser().run(copy);
        copy.resetMetadata();
        copyList(list, packet, copy);
        standard.instanceType().set(copy, INGRESS_CLONE);
        copy.clearRequests();
        replicate(copy, session);
        spare.push(copy);
    }

    private static void unknownSession(Packet packet, int session) {
        if (packet.trace != null) {
            packet.step("Clone session " + session + ": unknown, no copy");
        }
    }

    private void again(Packet packet, Packet copy) {
        copy.trace = packet.trace;
        copy.id = packet.id;
        copy.port = packet.port;
        copy.time = packet.time;
        copy.reset(packet.data, packet.start, packet.end - packet.start);
    }

    private void copyList(int list, Packet from, Packet to) {
        FieldList fields = program.fieldLists().get(list);
        if (fields != null) {
            fields.copy(from, to);
        }
    }

    private void resubmit(Packet packet) {
        if (packet.trace != null) {
            packet.step("Resubmitted");
        }
        Packet copy = fresh();
        again(packet, copy);
        copyList(packet.resubmitList, packet, copy);
        standard.instanceType().set(copy, RESUBMITTED);
        standard.packetLength().set(copy, copy.ingressLength);
        forIngress.add(copy);
    }

    private void multicast(Packet packet, int id) {
        Group group = replicas.group(id);
        if (packet.trace != null) {
            packet.step("Multicast group " + id + (group == null ? ": unknown, dropped" : ": " + group.replicas()));
        }
        if (group != null) {
            for (Replica replica : group.replicas()) {
                forEgress.add(replicate(packet, replica));
            }
        }
    }

    private void replicate(Packet packet, CloneSession session) {
        if (packet.trace != null) {
            packet.step("Clone session " + session.id() + ": " + session.replicas());
        }
        for (Replica replica : session.replicas()) {
            Packet copy = replicate(packet, replica);
            copy.truncate = session.truncate() == 0 ? Integer.MAX_VALUE : session.truncate();
            forEgress.add(copy);
        }
    }

    private Packet replicate(Packet packet, Replica replica) {
        Packet copy = fresh();
        copy.copy(packet);
        copy.egressPort = replica.port();
        standard.replica().set(copy, replica.instance());
        return copy;
    }

    private void egress(Packet packet, int port) {
        if (spent(packet)) {
            return;
        }
        if (packet.trace != null) {
            packet.step("Egress for port " + port);
        }
        if (timed) {
            long now = now();
            standard.enqueueTime().set(packet, now);
            standard.queueTime().set(packet, 0);
            standard.egressTime().set(packet, now);
        }
        standard.egressPort().set(packet, port);
        standard.egressSpec().set(packet, StandardMetadata.DROP_PORT + 1);
        standard.packetLength().set(packet, packet.length);
        stages(packet).egress().run(packet);
        if (packet.aborted) {
            return;
        }
        if (packet.cloneSession != Packet.NO_SESSION) {
            cloneEgress(packet);
        }
        if (standard.egressSpec().get(packet) == StandardMetadata.DROP_PORT) {
            if (packet.trace != null) {
                packet.step("Dropped at the end of egress");
            }
            return;
        }
        int octets = stages(packet).deparser().run(packet);
        if (packet.aborted) {
            return;
        }
        if (packet.recirculateList != 0) {
            recirculate(packet, octets);
            return;
        }
        if (packet.trace != null) {
            packet.step("Transmitting " + octets + " octets on port " + port);
        }
        output.transmit(port, packet.own(octets), 0, octets);
    }

    private void cloneEgress(Packet packet) {
        int number = packet.cloneSession;
        CloneSession session = replicas.session(number);
        if (session == null) {
            unknownSession(packet, number);
            return;
        }
        Packet copy = fresh();
        copy.copy(packet);
        copy.resetMetadata();
        copyList(packet.cloneList, packet, copy);
        standard.instanceType().set(copy, EGRESS_CLONE);
        replicate(copy, session);
        spare.push(copy);
    }

    private void recirculate(Packet packet, int octets) {
        if (packet.trace != null) {
            packet.step("Recirculated with " + octets + " octets");
        }
        Packet copy = fresh();
        copy.trace = packet.trace;
        copy.id = packet.id;
        copy.port = packet.port;
        copy.time = packet.time;
        // The array is the packet's own, which the next one to use it overwrites.
        copy.reset(Arrays.copyOf(packet.own(octets), octets), 0, octets);
        copyList(packet.recirculateList, packet, copy);
        standard.instanceType().set(copy, RECIRCULATED);
        standard.packetLength().set(copy, octets);
        forIngress.add(copy);
    }
}
