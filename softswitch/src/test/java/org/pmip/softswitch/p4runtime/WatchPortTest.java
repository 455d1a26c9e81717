// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.softswitch.p4runtime.Lab.call;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.hex;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.profile;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.Await;
import p4.config.v1.P4InfoOuterClass.ActionProfile;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.ActionProfileAction;
import p4.v1.P4RuntimeOuterClass.ActionProfileActionSet;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.Update.Type;

/** P4Runtime, sections 9.2.2 and 9.2.3: weights, sizes and watch ports of groups and of one-shot sets. */
class WatchPortTest extends WiredSwitch {
    private static final int SELECTOR = profile("next_hops");
    /** Enough for every member of a small group to be chosen by the hash of some of them. */
    private static final int SOURCES = 64;

    private static UnknownFieldSet octets(String port) {
        return UnknownFieldSet.newBuilder().addField(4, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(hex(port)).build()).build();
    }

    private static Update member(int id, String port) {
        return update(Type.INSERT, Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                .setActionProfileId(SELECTOR).setMemberId(id).setAction(call("forward", port))));
    }

    private static ActionProfileGroup.Member.Builder place(int id) {
        return ActionProfileGroup.Member.newBuilder().setMemberId(id).setWeight(1);
    }

    private static Entity.Builder group(int size, ActionProfileGroup.Member.Builder... members) {
        ActionProfileGroup.Builder group = ActionProfileGroup.newBuilder().setActionProfileId(SELECTOR).setGroupId(1)
                .setMaxSize(size);
        for (ActionProfileGroup.Member.Builder member : members) {
            group.addMembers(member);
        }
        return Entity.newBuilder().setActionProfileGroup(group);
    }

    private static ActionProfileAction.Builder action(String port, int weight) {
        return ActionProfileAction.newBuilder().setAction(call("forward", port)).setWeight(weight);
    }

    private static TableAction set(ActionProfileAction.Builder... actions) {
        ActionProfileActionSet.Builder set = ActionProfileActionSet.newBuilder();
        for (ActionProfileAction.Builder action : actions) {
            set.addActionProfileActions(action);
        }
        return TableAction.newBuilder().setActionProfileActionSet(set).build();
    }

    private static Update spread(TableAction action) {
        return insert(entry("spread", exact(1, "0800")).setAction(action));
    }

    /** The ports by which frames from many sources leave. */
    private Set<Integer> chosen() {
        long ones = sent(1);
        long twos = sent(2);
        for (int i = 0; i < SOURCES; i++) {
            ByteString frame = hex("0000000000aa").concat(hex(String.format("%012x", i * 7919L))).concat(hex("0800"));
            stream.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder().setPayload(frame)
                    .addMetadata(PacketMetadata.newBuilder().setMetadataId(2).setValue(hex("01")))).build());
        }
        // The frame for the controller is the last, so all before it are through.
        stream.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder()
                .setPayload(hex("0000000000cc0000000000bb88b6"))
                .addMetadata(PacketMetadata.newBuilder().setMetadataId(2).setValue(hex("01")))).build());
        assertThat(stream.next().hasPacket()).isTrue();
        Set<Integer> ports = new TreeSet<>();
        if (sent(1) > ones) {
            ports.add(1);
        }
        if (sent(2) > twos) {
            ports.add(2);
        }
        return ports;
    }

    private long sent(int port) {
        return device.counters().get(port).framesOut();
    }

    private void marked() {
        client.write(Messages.stationPunted("0000000000cc", 1));
    }

    @Test
    void section922AMemberIsNotChosenWhileItsPortIsDown() {
        marked();
        client.write(member(1, "01"), member(2, "02"));
        client.write(update(Type.INSERT, group(0, place(1).setUnknownFields(octets("01")), place(2).setWatch(2))));
        client.write(spread(TableAction.newBuilder().setActionProfileGroupId(1).build()));
        assertThat(chosen()).containsExactly(1, 2);
        device.enable(1, false);
        assertThat(chosen()).containsExactly(2);
        device.enable(2, false);
        assertThat(chosen()).isEmpty();
        device.enable(1, true);
        assertThat(chosen()).containsExactly(1);
        device.enable(2, true);
        assertThat(chosen()).containsExactly(1, 2);
    }

    @Test
    void section82ReadsGiveTheWatchPortAsItWasWritten() {
        client.write(member(1, "01"), member(2, "02"), member(3, "02"));
        Entity.Builder group = group(0, place(1).setUnknownFields(octets("01")), place(2).setWatch(2), place(3));
        client.write(update(Type.INSERT, group));
        device.enable(1, false);
        assertThat(client.read(group(0).build())).containsExactly(group.build());
    }

    @Test
    void section923AnActionOfASetIsNotChosenWhileItsPortIsDown() {
        marked();
        TableAction action = set(action("01", 3).setUnknownFields(octets("01")), action("02", 2).setWatch(2));
        client.write(spread(action));
        assertThat(chosen()).containsExactly(1, 2);
        device.enable(1, false);
        assertThat(chosen()).containsExactly(2);
        assertThat(client.read(Entity.newBuilder().setTableEntry(entry("spread")).build()).get(0).getTableEntry()
                .getAction()).isEqualTo(action);
        client.write(Lab.modify(entry("spread", exact(1, "0800")).setAction(set(action("01", 1)))));
        assertThat(chosen()).as("nothing watched, and a port out of service").isEmpty();
    }

    @Test
    void aPortThatIsDownStaysDownForTheNextProgram() {
        device.enable(1, false);
        client.calls().setForwardingPipelineConfig(client.setting(
                SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT).setConfig(Lab.config(2)).build());
        marked();
        client.write(spread(set(action("01", 1).setWatch(1), action("02", 1))));
        assertThat(chosen()).containsExactly(2);
        assertThat(device.up(1)).isFalse();
    }

    @Test
    void aPortOutOfServiceLetsNothingIn() throws Exception {
        device.enable(1, false);
        one.send(hex("0000000000cc0000000000bb88b6").toByteArray());
        Await.until(() -> device.counters().get(1).dropsIn() == 1);
    }

    @Test
    void section922APortThatIsNotThereIsRefused() {
        client.write(member(1, "01"));
        refused(update(Type.INSERT, group(0, place(1).setWatch(3))), Code.INVALID_ARGUMENT_VALUE, "is 3");
        refused(update(Type.INSERT, group(0, place(1).setUnknownFields(octets("0200")))),
                Code.INVALID_ARGUMENT_VALUE, "9 bits");
        refused(update(Type.INSERT, group(0, place(1).setUnknownFields(UnknownFieldSet.newBuilder().addField(9,
                UnknownFieldSet.Field.newBuilder().addVarint(1).build()).build()))), Code.UNIMPLEMENTED_VALUE,
                "field 9");
        client.write(update(Type.INSERT, group(0, place(1).setUnknownFields(octets("")))));
    }

    @Test
    void section923SetsAndMembersDoNotMix() {
        client.write(member(1, "01"));
        refused(spread(set(action("01", 1))), Code.INVALID_ARGUMENT_VALUE, "has members or groups");
        client.write(update(Type.DELETE, member(1, "01").getEntity().toBuilder()));
        client.write(spread(set(action("01", 1))));
        refused(member(1, "01"), Code.INVALID_ARGUMENT_VALUE, "action sets");
        refused(update(Type.INSERT, group(0)), Code.INVALID_ARGUMENT_VALUE, "action sets");
        client.write(Lab.delete(entry("spread", exact(1, "0800"))));
        client.write(member(1, "01"));
    }

    @Test
    void section923WhatLaterVersionsAddedToSetsIsNotIgnored() {
        TableAction random = TableAction.newBuilder().setActionProfileActionSet(set(action("01", 1))
                .getActionProfileActionSet().toBuilder().setUnknownFields(UnknownFieldSet.newBuilder().addField(2,
                        UnknownFieldSet.Field.newBuilder().addVarint(2).build()).build())).build();
        refused(spread(random), Code.UNIMPLEMENTED_VALUE, "field 2");
    }

    /** The program with other limits for groups. */
    private void limits(ActionProfile later, int size) {
        P4Info.Builder info = Lab.INFO.toBuilder();
        info.getActionProfilesBuilderList().stream().filter(one -> one.getPreamble().getId() == SELECTOR)
                .forEach(one -> one.mergeFrom(later).setMaxGroupSize(size));
        client.set(Lab.config(5).toBuilder().setP4Info(info).build());
    }

    private static ActionProfile later(int field, UnknownFieldSet.Field value) {
        return ActionProfile.newBuilder().setUnknownFields(UnknownFieldSet.newBuilder().addField(field, value).build())
                .build();
    }

    @Test
    void section923TheSumOfWeightsIsLimited() {
        limits(ActionProfile.getDefaultInstance(), 4);
        refused(spread(set(action("01", 3), action("02", 2))), Code.INVALID_ARGUMENT_VALUE, "add up to 5");
        client.write(spread(set(action("01", 3), action("02", 1))));
    }

    @Test
    void section922MembersMayBeCountedInPlaceOfWeights() {
        UnknownFieldSet most = UnknownFieldSet.newBuilder().addField(1,
                UnknownFieldSet.Field.newBuilder().addVarint(10).build()).build();
        limits(later(7, UnknownFieldSet.Field.newBuilder().addLengthDelimited(most.toByteString()).build()), 2);
        client.write(member(1, "01"), member(2, "02"), member(3, "02"));
        refused(update(Type.INSERT, group(0, place(1))), Code.INVALID_ARGUMENT_VALUE, "from 1 to 2");
        refused(update(Type.INSERT, group(2, place(1).setWeight(11))), Code.INVALID_ARGUMENT_VALUE, "at most 10");
        refused(update(Type.INSERT, group(2, place(1), place(2), place(3))), Code.RESOURCE_EXHAUSTED_VALUE,
                "3 members");
        client.write(update(Type.INSERT, group(2, place(1).setWeight(10), place(2).setWeight(9))));
    }

    @Test
    void section922WeightsMayBeDisallowed() {
        limits(later(8, UnknownFieldSet.Field.newBuilder().addVarint(1).build()), 0);
        client.write(member(1, "01"));
        refused(update(Type.INSERT, group(0, place(1))), Code.INVALID_ARGUMENT_VALUE, "leave it out");
        Entity.Builder group = group(0, place(1).setWeight(0));
        client.write(update(Type.INSERT, group));
        assertThat(client.read(group(0).build())).containsExactly(group.build());
    }
}
