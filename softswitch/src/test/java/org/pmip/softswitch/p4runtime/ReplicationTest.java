// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.softswitch.p4runtime.Lab.call;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.profile;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass.ActionProfileAction;
import p4.v1.P4RuntimeOuterClass.ActionProfileActionSet;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.Update.Type;

/** P4Runtime 1.3, sections 9.2 and 9.5: action profiles, multicast groups, clone sessions. */
class ReplicationTest extends LabSwitch {
    private static Entity.Builder group(int id, int... portsAndInstances) {
        MulticastGroupEntry.Builder group = MulticastGroupEntry.newBuilder().setMulticastGroupId(id);
        for (int i = 0; i < portsAndInstances.length; i += 2) {
            group.addReplicas(Replica.newBuilder().setEgressPort(portsAndInstances[i])
                    .setInstance(portsAndInstances[i + 1]));
        }
        return Entity.newBuilder().setPacketReplicationEngineEntry(
                PacketReplicationEngineEntry.newBuilder().setMulticastGroupEntry(group));
    }

    private static Entity.Builder session(int id, int port, int octets) {
        CloneSessionEntry.Builder session = CloneSessionEntry.newBuilder().setSessionId(id)
                .setPacketLengthBytes(octets);
        if (port != 0) {
            session.addReplicas(Replica.newBuilder().setEgressPort(port).setInstance(1));
        }
        return Entity.newBuilder().setPacketReplicationEngineEntry(
                PacketReplicationEngineEntry.newBuilder().setCloneSessionEntry(session));
    }

    @Test
    void multicastGroupsLiveFromInsertToDelete() {
        client.write(update(Type.INSERT, group(1, 5, 1, 5, 2, 7, 1)), update(Type.INSERT, group(65535)));
        assertThat(client.read(group(0).build())).containsExactly(group(1, 5, 1, 5, 2, 7, 1).build(),
                group(65535).build());
        refused(update(Type.INSERT, group(1, 5, 1)), Code.ALREADY_EXISTS_VALUE, "1");
        client.write(update(Type.MODIFY, group(1, 6, 0)));
        assertThat(client.read(group(1).build())).containsExactly(group(1, 6, 0).build());
        client.write(update(Type.DELETE, group(1)));
        assertThat(client.read(group(1).build())).isEmpty();
        refused(update(Type.DELETE, group(1)), Code.NOT_FOUND_VALUE, "1");
        refused(update(Type.MODIFY, group(1, 6, 0)), Code.NOT_FOUND_VALUE, "1");
        invalid(update(Type.INSERT, group(0, 6, 0)), "from 1 to 65535");
        invalid(update(Type.INSERT, group(65536, 6, 0)), "from 1 to 65535");
        invalid(update(Type.INSERT, group(2, 6, 1, 6, 1)), "two replicas");
        invalid(update(Type.INSERT, group(2, 511, 1)), "from 0 to 510");
        invalid(update(Type.INSERT, group(2, 6, 65536)), "from 0 to 65535");
        invalid(update(Type.INSERT, Entity.newBuilder().setPacketReplicationEngineEntry(
                PacketReplicationEngineEntry.getDefaultInstance())), "multicast_group_entry or");
    }

    @Test
    void cloneSessionsLiveFromInsertToDelete() {
        client.write(update(Type.INSERT, session(9, 3, 128)));
        assertThat(client.read(session(0, 0, 0).build())).containsExactly(session(9, 3, 128).build());
        client.write(update(Type.MODIFY, session(9, 4, 0)));
        assertThat(client.read(session(9, 0, 0).build())).containsExactly(session(9, 4, 0).build());
        refused(update(Type.INSERT, session(9, 4, 0)), Code.ALREADY_EXISTS_VALUE, "9");
        client.write(update(Type.DELETE, session(9, 0, 0)));
        refused(update(Type.DELETE, session(9, 0, 0)), Code.NOT_FOUND_VALUE, "9");
        invalid(update(Type.INSERT, session(0, 4, 0)), "from 1 to 32767");
        invalid(update(Type.INSERT, session(5, 4, -1)), "negative");
        invalid(update(Type.INSERT, session(5, -1, 0)), "from 0 to 510");
    }

    private static Entity.Builder member(String profile, int id, String port) {
        ActionProfileMember.Builder member = ActionProfileMember.newBuilder().setActionProfileId(profile(profile))
                .setMemberId(id);
        if (port != null) {
            member.setAction(call("forward", port));
        }
        return Entity.newBuilder().setActionProfileMember(member);
    }

    private static Entity.Builder group(String profile, int id, int maxSize, int... members) {
        ActionProfileGroup.Builder group = ActionProfileGroup.newBuilder().setActionProfileId(profile(profile))
                .setGroupId(id).setMaxSize(maxSize);
        for (int member : members) {
            group.addMembers(ActionProfileGroup.Member.newBuilder().setMemberId(member).setWeight(1));
        }
        return Entity.newBuilder().setActionProfileGroup(group);
    }

    @Test
    void membersAndGroupsAreHeldTogether() {
        client.write(update(Type.INSERT, member("next_hops", 1, "02")),
                update(Type.INSERT, member("next_hops", 2, "03")));
        client.write(update(Type.INSERT, group("next_hops", 1, 0, 1, 2)));
        assertThat(client.read(member("next_hops", 0, null).build()))
                .containsExactly(member("next_hops", 1, "02").build(), member("next_hops", 2, "03").build());
        assertThat(client.read(group("next_hops", 0, 0).build()))
                .containsExactly(group("next_hops", 1, 0, 1, 2).build());
        client.write(insert(entry("spread", exact(1, "0800"))
                .setAction(TableAction.newBuilder().setActionProfileGroupId(1))));
        refused(update(Type.DELETE, group("next_hops", 1, 0)), Code.FAILED_PRECONDITION_VALUE, "1");
        refused(update(Type.DELETE, member("next_hops", 1, null)), Code.FAILED_PRECONDITION_VALUE, "1");
        refused(update(Type.INSERT, member("next_hops", 1, "02")), Code.ALREADY_EXISTS_VALUE, "1");
        refused(update(Type.MODIFY, member("next_hops", 5, "02")), Code.NOT_FOUND_VALUE, "5");
        refused(update(Type.INSERT, group("next_hops", 2, 0, 9)), Code.NOT_FOUND_VALUE, "9");
        invalid(update(Type.MODIFY, group("next_hops", 1, 4, 1)), "cannot be changed");
        client.write(update(Type.MODIFY, member("next_hops", 1, "04")));
        client.write(Lab.delete(entry("spread", exact(1, "0800"))));
        client.write(update(Type.DELETE, group("next_hops", 1, 0)));
        client.write(update(Type.DELETE, member("next_hops", 1, null)));
        assertThat(client.read(Entity.newBuilder().setActionProfileMember(
                ActionProfileMember.getDefaultInstance()).build())).hasSize(1);
        assertThat(client.read(Entity.newBuilder().setActionProfileGroup(
                ActionProfileGroup.getDefaultInstance()).build())).isEmpty();
    }

    @Test
    void whatMakesNoSenseInAProfileIsRefused() {
        invalid(update(Type.INSERT, member("next_hops", 0, "02")), "other than 0");
        invalid(update(Type.INSERT, member("next_hops", 1, null)), "no action");
        invalid(update(Type.INSERT, group("next_hops", 0, 0)), "other than 0");
        invalid(update(Type.INSERT, group("rewrites", 1, 0)), "no selector");
        invalid(update(Type.INSERT, group("next_hops", 1, -1)), "max_size");
        client.write(update(Type.INSERT, member("next_hops", 1, "02")));
        invalid(update(Type.INSERT, group("next_hops", 1, 0, 1, 1)), "given twice");
        invalid(update(Type.INSERT, Entity.newBuilder().setActionProfileGroup(ActionProfileGroup.newBuilder()
                .setActionProfileId(profile("next_hops")).setGroupId(1)
                .addMembers(ActionProfileGroup.Member.newBuilder().setMemberId(1)))), "weight 0");
        refused(insert(entry("rewritten", exact(1, "0800"))
                .setAction(TableAction.newBuilder().setActionProfileMemberId(8))), Code.NOT_FOUND_VALUE, "8");
        invalid(insert(entry("rewritten", exact(1, "0800"))
                .setAction(TableAction.newBuilder().setActionProfileGroupId(8))), "no selector");
        invalid(insert(entry("rewritten", exact(1, "0800")).setAction(Lab.direct("nothing"))), "action profile");
        client.write(update(Type.INSERT, member("rewrites", 1, "02")),
                update(Type.INSERT, member("rewrites", 2, "02")));
        refused(update(Type.INSERT, member("rewrites", 3, "02")), Code.RESOURCE_EXHAUSTED_VALUE, "2");
    }

    @Test
    void aOneShotComesBackAsItWasGiven() {
        ActionProfileActionSet.Builder set = ActionProfileActionSet.newBuilder()
                .addActionProfileActions(ActionProfileAction.newBuilder().setAction(call("forward", "02"))
                        .setWeight(1))
                .addActionProfileActions(ActionProfileAction.newBuilder().setAction(call("forward", "02"))
                        .setWeight(2));
        TableAction action = TableAction.newBuilder().setActionProfileActionSet(set).build();
        client.write(insert(entry("spread", exact(1, "0800")).setAction(action)));
        assertThat(only(entry("spread")).getAction()).isEqualTo(action);
        invalid(insert(entry("spread", exact(1, "0801")).setAction(TableAction.newBuilder()
                .setActionProfileActionSet(ActionProfileActionSet.newBuilder().addActionProfileActions(
                        ActionProfileAction.newBuilder().setAction(call("forward", "02")))))), "weight 0");
    }

    private static UnknownFieldSet octets(int field, String value) {
        return UnknownFieldSet.newBuilder().addField(field, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(Lab.hex(value)).build()).build();
    }

    private static Entity.Builder later(Replica.Builder replica, UnknownFieldSet metadata) {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setMulticastGroupEntry(MulticastGroupEntry.newBuilder().setMulticastGroupId(3).addReplicas(replica)
                        .setUnknownFields(metadata)));
    }

    @Test
    void section951PortsAsOctetsAndMetadataComeBackAsTheyWere() {
        Entity.Builder group = later(Replica.newBuilder().setUnknownFields(octets(3, "0102")).setInstance(4),
                octets(3, "cafe"));
        client.write(update(Type.INSERT, group));
        assertThat(client.read(group(3).build())).containsExactly(group.build());
        invalid(update(Type.MODIFY, later(Replica.newBuilder().setUnknownFields(octets(3, "01ff")),
                octets(3, "cafe"))), "give a port from 0 to 510");
        refused(update(Type.MODIFY, later(Replica.newBuilder().setEgressPort(1).setUnknownFields(octets(4, "0a0101")),
                octets(3, "cafe"))), Code.UNIMPLEMENTED_VALUE, "field 4");
    }
}
