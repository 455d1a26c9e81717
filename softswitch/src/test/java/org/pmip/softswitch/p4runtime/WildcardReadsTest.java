// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pmip.softswitch.p4runtime.Lab.call;
import static org.pmip.softswitch.p4runtime.Lab.direct;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.station;
import static org.pmip.softswitch.p4runtime.Lab.ternary;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update.Type;
import p4.v1.P4RuntimeOuterClass.ValueSetEntry;
import p4.v1.P4RuntimeOuterClass.ValueSetMember;

/** P4Runtime 1.3, sections 13.2 and 13.3: wildcard reads of every kind of entity, and batches of reads. */
class WildcardReadsTest extends LabSwitch {
    private static final int PROFILE = Lab.profile("next_hops");
    private static final int VALUE_SET = Lab.INFO.getValueSets(0).getPreamble().getId();

    private static Entity member(int id) {
        return Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                .setActionProfileId(PROFILE).setMemberId(id).setAction(call("forward", "02"))).build();
    }

    private static Entity group(int id) {
        return Entity.newBuilder().setActionProfileGroup(ActionProfileGroup.newBuilder()
                .setActionProfileId(PROFILE).setGroupId(id)).build();
    }

    private static Entity multicast(int id) {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setMulticastGroupEntry(MulticastGroupEntry.newBuilder().setMulticastGroupId(id)
                        .addReplicas(Replica.newBuilder().setEgressPort(3)))).build();
    }

    private static Entity session(int id) {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setCloneSessionEntry(CloneSessionEntry.newBuilder().setSessionId(id)
                        .addReplicas(Replica.newBuilder().setEgressPort(3)))).build();
    }

    private void insertAll(Entity... entities) {
        for (Entity entity : entities) {
            client.write(update(Type.INSERT, entity.toBuilder()));
        }
    }

    @Test
    void entriesOfAllTablesAndOfOne() {
        client.write(insert(station("01").setAction(direct("forward", "02"))),
                insert(entry("rules", ternary(1, "0800", "ffff")).setPriority(3).setAction(direct("nothing"))),
                insert(entry("rules").setPriority(3).setAction(direct("punt", "07"))),
                insert(entry("rules").setPriority(4).setAction(direct("punt", "08"))));
        // The entry of the const table is among them.
        assertThat(read(TableEntry.newBuilder())).hasSize(5);
        assertThat(read(entry("rules"))).hasSize(3);
        assertThat(read(entry("rules").setPriority(3))).hasSize(2);
        assertThat(read(entry("recent"))).isEmpty();
        assertThat(read(TableEntry.newBuilder().setIsDefaultAction(true))).hasSize(Lab.INFO.getTablesCount());
        refusedRead(Entity.newBuilder().setTableEntry(TableEntry.newBuilder().setTableId(1)).build(),
                Code.INVALID_ARGUMENT_VALUE);
    }

    @Test
    void directCountersOfAllTablesAndOfOne() {
        assertThat(client.read(Everything.directCounters())).isEmpty();
        client.write(insert(station("01").setAction(direct("forward", "02"))),
                insert(station("02").setAction(direct("forward", "02"))),
                insert(entry("metered", exact(1, "01")).setAction(direct("measure"))));
        assertThat(client.read(Everything.directCounters())).hasSize(2)
                .allMatch(one -> one.getDirectCounterEntry().getTableEntry().getTableId() == Lab.table("stations"))
                .allMatch(one -> one.getDirectCounterEntry().hasData());
    }

    @Test
    void directMetersOfAllTablesAndOfOne() {
        MeterConfig rates = MeterConfig.newBuilder().setCir(1).setPir(2).build();
        client.write(insert(station("01").setAction(direct("forward", "02"))),
                insert(entry("metered", exact(1, "01")).setAction(direct("measure")).setMeterConfig(rates)),
                insert(entry("metered", exact(1, "02")).setAction(direct("measure"))));
        List<Entity> all = client.read(Everything.directMeters());
        assertThat(all).hasSize(2).filteredOn(one -> one.getDirectMeterEntry().hasConfig()).hasSize(1);
        assertThat(client.read(Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                .setTableEntry(entry("metered"))).build())).hasSameElementsAs(all);
        refusedRead(Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                .setTableEntry(entry("stations"))).build(), Code.INVALID_ARGUMENT_VALUE);
    }

    @Test
    void cellsOfAllArraysAndOfOne() {
        assertThat(client.read(Everything.counters())).hasSize(8)
                .isEqualTo(client.read(Lab.cell(P4RuntimeOuterClass.CounterEntry.newBuilder()).build()));
        assertThat(client.read(Everything.meters())).hasSize(4)
                .isEqualTo(client.read(Lab.cell(P4RuntimeOuterClass.MeterEntry.newBuilder()).build()));
        assertThat(client.read(Everything.registers())).hasSize(4)
                .isEqualTo(client.read(Lab.cell(P4RuntimeOuterClass.RegisterEntry.newBuilder()).build()));
    }

    @Test
    void membersAndGroupsOfAllProfilesAndOfOne() {
        insertAll(member(1), member(2), group(1), group(2));
        client.write(update(Type.INSERT, Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                .setActionProfileId(Lab.profile("rewrites")).setMemberId(1).setAction(call("nothing")))));
        assertThat(client.read(Everything.members())).hasSize(3);
        assertThat(client.read(Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                .setActionProfileId(PROFILE)).build())).containsExactlyInAnyOrder(member(1), member(2));
        assertThat(client.read(member(2))).containsExactly(member(2));
        assertThat(client.read(Everything.groups())).containsExactlyInAnyOrder(group(1), group(2));
        assertThat(client.read(group(2))).containsExactly(group(2));
        assertThat(client.read(group(3))).isEmpty();
    }

    @Test
    void multicastGroupsAndCloneSessions() {
        insertAll(multicast(1), multicast(2), session(1), session(5));
        assertThat(client.read(Everything.multicast())).containsExactlyInAnyOrder(multicast(1), multicast(2));
        assertThat(client.read(multicast(2))).containsExactly(multicast(2));
        assertThat(client.read(Everything.sessions())).containsExactlyInAnyOrder(session(1), session(5));
        assertThat(client.read(session(5))).containsExactly(session(5));
        assertThat(client.read(session(6))).isEmpty();
    }

    @Test
    void valueSetsAndDigests() {
        Entity set = Entity.newBuilder().setValueSetEntry(ValueSetEntry.newBuilder().setValueSetId(VALUE_SET)
                .addMembers(ValueSetMember.newBuilder().addMatch(exact(1, "0800")))).build();
        client.write(update(Type.MODIFY, set.toBuilder()));
        assertThat(client.read(Everything.valueSets())).containsExactly(set);
        assertThat(client.read(Everything.digests())).isEmpty();
        Entity digest = Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder().setDigestId(Lab.digest())
                .setConfig(DigestEntry.Config.newBuilder().setMaxListSize(3))).build();
        insertAll(digest);
        assertThat(client.read(Everything.digests())).containsExactly(digest);
    }

    @Test
    void aBatchGivesWhatEachOfItsRequestsSelects() {
        insertAll(member(1), group(1), multicast(1), session(1));
        int together = client.read(Everything.patterns()).size();
        int apart = 0;
        for (Entity pattern : Everything.patterns()) {
            apart += client.read(pattern).size();
        }
        assertThat(together).isEqualTo(apart).isGreaterThan(20);
    }

    @Test
    void neitherStreamNorElectionIsNeeded() {
        try (Client stranger = new Client(device.address(), 1, 99)) {
            assertThat(stranger.read(Everything.counters())).hasSize(8);
            StatusRuntimeException e = catchThrowableOfType(() -> stranger.calls().read(ReadRequest.newBuilder()
                    .setDeviceId(2).addEntities(Everything.counters()).build()).hasNext(),
                    StatusRuntimeException.class);
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        }
    }

    private void refusedRead(Entity pattern, int code) {
        StatusRuntimeException e = catchThrowableOfType(() -> client.read(pattern), StatusRuntimeException.class);
        assertThat(Client.details(e)).extracting(P4RuntimeOuterClass.Error::getCanonicalCode).containsExactly(code);
    }
}
