// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.pmip.softswitch.pipeline.Replication;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Multicast groups and clone sessions (P4Runtime 1.3, section 9.5). They are read back as they were written, with ports
 * as numbers or, since 1.4, as octets. Callers hold the device's lock.
 */
final class Replicas {
    private static final int MOST_PORTS = 511;
    private static final int MOST_INSTANCE = 0xffff;
    private static final int MOST_GROUP = 0xffff;
    private static final int MOST_SESSION = 0x7fff;

    /** Fields of 1.4: the port of a replica as octets, and what a controller attaches to a multicast group. */
    private static final int PORT = 3;
    private static final int METADATA = 3;

    private final Replication replication;
    private final SdnNames portNames;
    private final Map<Integer, MulticastGroupEntry> groups = new TreeMap<>();
    private final Map<Integer, CloneSessionEntry> sessions = new TreeMap<>();

    /** With the names of ports, null where controllers give their numbers. */
    Replicas(Replication replication, SdnNames portNames) {
        this.replication = replication;
        this.portNames = portNames;
    }

    void write(Update.Type type, PacketReplicationEngineEntry given) throws Refusal, TableException {
        switch (given.getTypeCase()) {
            case MULTICAST_GROUP_ENTRY -> write(type, given.getMulticastGroupEntry());
            case CLONE_SESSION_ENTRY -> write(type, given.getCloneSessionEntry());
            default -> throw nothing();
        }
    }

    private void write(Update.Type type, MulticastGroupEntry given) throws Refusal, TableException {
        int id = given.getMulticastGroupId();
        String what = "multicast group " + Integer.toUnsignedString(id);
        within(id, MOST_GROUP, what);
        if (type == Update.Type.DELETE) {
            replication.deleteGroup(id);
            groups.remove(id);
            return;
        }
        Unknown.check(given.getUnknownFields(), METADATA, what);
        Replication.Group group = new Replication.Group(id, replicas(given.getReplicasList(), what));
        if (type == Update.Type.INSERT) {
            replication.insertGroup(group);
        } else {
            replication.modifyGroup(group);
        }
        groups.put(id, given);
    }

    private void write(Update.Type type, CloneSessionEntry given) throws Refusal, TableException {
        int id = given.getSessionId();
        String what = "clone session " + Integer.toUnsignedString(id);
        within(id, MOST_SESSION, what);
        if (type == Update.Type.DELETE) {
            replication.deleteSession(id);
            sessions.remove(id);
            return;
        }
        Unknown.check(given.getUnknownFields(), 0, what);
        if (given.getClassOfService() != 0) {
            throw Refusal.unsupported(what + " asks for class of service " + given.getClassOfService()
                    + ": this switch has only class 0");
        }
        if (given.getPacketLengthBytes() < 0) {
            throw Refusal.invalid("packet_length_bytes of " + what + " is negative: give 0 for whole packets");
        }
        Replication.CloneSession session = new Replication.CloneSession(id,
                replicas(given.getReplicasList(), what), given.getPacketLengthBytes());
        if (type == Update.Type.INSERT) {
            replication.insertSession(session);
        } else {
            replication.modifySession(session);
        }
        sessions.put(id, given);
    }

    private static void within(int id, int most, String what) throws Refusal {
        if (id < 1 || id > most) {
            throw Refusal.invalid(what + " cannot be: give an id from 1 to " + most);
        }
    }

    private List<Replication.Replica> replicas(List<Replica> given, String what) throws Refusal {
        List<Replication.Replica> replicas = new ArrayList<>();
        Set<Replication.Replica> seen = new HashSet<>();
        for (Replica one : given) {
            int port = port(one, "a replica of " + what);
            if (one.getInstance() < 0 || one.getInstance() > MOST_INSTANCE) {
                throw Refusal.invalid("a replica of " + what + " has instance "
                        + Integer.toUnsignedString(one.getInstance()) + ": give one from 0 to " + MOST_INSTANCE);
            }
            Replication.Replica replica = new Replication.Replica(port, one.getInstance());
            if (!seen.add(replica)) {
                throw Refusal.invalid(what + " has two replicas with egress port " + replica.port()
                        + " and instance " + replica.instance());
            }
            replicas.add(replica);
        }
        return replicas;
    }

    private int port(Replica replica, String what) throws Refusal {
        Unknown.check(replica.getUnknownFields(), PORT, what);
        ByteString octets = Unknown.octets(replica.getUnknownFields(), PORT);
        if (octets != null) {
            return Unknown.port(octets, portNames, "the port of " + what);
        }
        int port = replica.getEgressPort();
        if (port < 0 || port >= MOST_PORTS) {
            throw Refusal.invalid(what + " has egress port " + Integer.toUnsignedString(port)
                    + ": give one from 0 to " + (MOST_PORTS - 1));
        }
        return port;
    }

    void read(PacketReplicationEngineEntry pattern, Found to) throws Refusal {
        switch (pattern.getTypeCase()) {
            case MULTICAST_GROUP_ENTRY -> readGroups(pattern.getMulticastGroupEntry().getMulticastGroupId(), to);
            case CLONE_SESSION_ENTRY -> readSessions(pattern.getCloneSessionEntry().getSessionId(), to);
            default -> throw nothing();
        }
    }

    private static Refusal nothing() {
        return Refusal.invalid("packet_replication_engine_entry is empty: give multicast_group_entry or "
                + "clone_session_entry");
    }

    private void readGroups(int id, Found to) {
        groups.forEach((number, group) -> {
            if (id == 0 || id == number) {
                to.accept(Entity.newBuilder().setPacketReplicationEngineEntry(
                        PacketReplicationEngineEntry.newBuilder().setMulticastGroupEntry(group)).build());
            }
        });
    }

    private void readSessions(int id, Found to) {
        sessions.forEach((number, session) -> {
            if (id == 0 || id == number) {
                to.accept(Entity.newBuilder().setPacketReplicationEngineEntry(
                        PacketReplicationEngineEntry.newBuilder().setCloneSessionEntry(session)).build());
            }
        });
    }
}
