// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.List;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.ValueSetEntry;

/** The patterns that together select all that a switch holds, one for each kind of entity. */
final class Everything {
    private static final TableEntry ENTRY = TableEntry.newBuilder().setCounterData(CounterData.getDefaultInstance())
            .setMeterConfig(MeterConfig.getDefaultInstance()).build();

    private Everything() {
    }

    static Entity entries() {
        return Entity.newBuilder().setTableEntry(ENTRY).build();
    }

    static Entity defaults() {
        return Entity.newBuilder().setTableEntry(ENTRY.toBuilder().setIsDefaultAction(true)).build();
    }

    static Entity directCounters() {
        return Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                .setTableEntry(TableEntry.getDefaultInstance())).build();
    }

    static Entity directMeters() {
        return Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                .setTableEntry(TableEntry.getDefaultInstance())).build();
    }

    static Entity counters() {
        return Entity.newBuilder().setCounterEntry(CounterEntry.getDefaultInstance()).build();
    }

    static Entity meters() {
        return Entity.newBuilder().setMeterEntry(MeterEntry.getDefaultInstance()).build();
    }

    static Entity registers() {
        return Entity.newBuilder().setRegisterEntry(RegisterEntry.getDefaultInstance()).build();
    }

    static Entity members() {
        return Entity.newBuilder().setActionProfileMember(ActionProfileMember.getDefaultInstance()).build();
    }

    static Entity groups() {
        return Entity.newBuilder().setActionProfileGroup(ActionProfileGroup.getDefaultInstance()).build();
    }

    static Entity multicast() {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setMulticastGroupEntry(MulticastGroupEntry.getDefaultInstance())).build();
    }

    static Entity sessions() {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setCloneSessionEntry(CloneSessionEntry.getDefaultInstance())).build();
    }

    static Entity valueSets() {
        return Entity.newBuilder().setValueSetEntry(ValueSetEntry.getDefaultInstance()).build();
    }

    static Entity digests() {
        return Entity.newBuilder().setDigestEntry(DigestEntry.getDefaultInstance()).build();
    }

    /** All of them. */
    static Entity[] patterns() {
        return new Entity[] {entries(), defaults(), directCounters(), directMeters(), counters(), meters(),
            registers(), members(), groups(), multicast(), sessions(), valueSets(), digests()};
    }

    /** All that the switch holds, in an order that does not depend on when it came. */
    static List<String> of(Client client) {
        List<String> all = new ArrayList<>();
        client.read(patterns()).forEach(entity -> all.add(entity.toString()));
        all.sort(null);
        return all;
    }
}
