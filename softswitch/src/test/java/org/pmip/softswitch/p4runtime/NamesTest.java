// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.softswitch.p4runtime.Lab.hex;
import static org.pmip.softswitch.p4runtime.Lab.lpm;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Preamble;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.Update.Type;

/** P4Runtime 1.3, sections 8.5.6 and 18.1: types that controllers know by strings, with the program names.p4. */
class NamesTest extends WiredSwitch {
    private static final P4Info INFO =
            P4InfoText.parse(new String(Lab.file("names.p4info.txt"), StandardCharsets.UTF_8));
    private static final String STATION = "0000000000aa";
    private static final ByteString FRAME = hex(STATION + "0000000000bb88b60102");

    @Override
    ForwardingPipelineConfig program() {
        return ForwardingPipelineConfig.newBuilder().setP4Info(INFO)
                .setP4DeviceConfig(ByteString.copyFrom(Lab.file("names.json"))).build();
    }

    private static int id(List<Preamble> all, String alias) {
        return all.stream().filter(preamble -> preamble.getAlias().equals(alias)).findFirst().orElseThrow().getId();
    }

    private static TableEntry.Builder entry(String table, FieldMatch... matches) {
        return TableEntry.newBuilder().setTableId(id(INFO.getTablesList().stream().map(one -> one.getPreamble())
                .toList(), table)).addAllMatch(List.of(matches));
    }

    private static FieldMatch named(int field, String name) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setExact(FieldMatch.Exact.newBuilder().setValue(ByteString.copyFromUtf8(name))).build();
    }

    private static TableAction call(String action, String... names) {
        Action.Builder call = Action.newBuilder().setActionId(id(INFO.getActionsList().stream()
                .map(one -> one.getPreamble()).toList(), action));
        for (int i = 0; i < names.length; i++) {
            call.addParams(Action.Param.newBuilder().setParamId(i + 1).setValue(ByteString.copyFromUtf8(names[i])));
        }
        return TableAction.newBuilder().setAction(call).build();
    }

    private static Update insert(TableEntry.Builder entry) {
        return update(Type.INSERT, entry);
    }

    private static Update update(Type type, TableEntry.Builder entry) {
        return Update.newBuilder().setType(type).setEntity(Entity.newBuilder().setTableEntry(entry)).build();
    }

    private static TableEntry.Builder port(String port, String vrf) {
        return entry("ports", named(1, port)).setAction(call("set_vrf", vrf));
    }

    private static TableEntry.Builder route(String vrf, TableAction action) {
        return entry("routes", named(1, vrf), lpm(2, "aa", 48)).setAction(action);
    }

    private static TableEntry.Builder neighbour(String name, String port) {
        return entry("neighbours", named(1, name)).setAction(call("forward", port));
    }

    private List<TableEntry> entries() {
        return client.read(Entity.newBuilder().setTableEntry(TableEntry.getDefaultInstance()).build()).stream()
                .map(Entity::getTableEntry).toList();
    }

    @Test
    void entriesGoByNamesAndAreReadSo() throws IOException {
        List<TableEntry.Builder> written = List.of(port("1", "red"), port("2", ""), port("3", "blue"),
                route("red", call("to_neighbour", "router-7", "10")), neighbour("router-7", "2"),
                entry("rules", FieldMatch.newBuilder().setFieldId(1).setOptional(FieldMatch.Optional.newBuilder()
                        .setValue(ByteString.copyFromUtf8("router-8"))).build()).setPriority(4)
                        .setAction(call("drop")));
        client.write(written.stream().map(NamesTest::insert).toArray(Update[]::new));
        assertThat(entries()).containsExactlyInAnyOrderElementsOf(written.stream()
                .map(TableEntry.Builder::build).toList());
        one.send(FRAME.toByteArray());
        assertThat(two.receive()).isEqualTo(FRAME.toByteArray());
        client.write(update(Type.MODIFY, neighbour("router-7", "1")), update(Type.DELETE, port("3", "blue")));
        one.send(FRAME.toByteArray());
        assertThat(one.receive()).isEqualTo(FRAME.toByteArray());
        assertThat(client.read(Entity.newBuilder().setTableEntry(entry("neighbours", named(1, "router-7"))).build()))
                .singleElement().extracting(Entity::getTableEntry).isEqualTo(neighbour("router-7", "1").build());
        assertThat(client.read(Entity.newBuilder().setTableEntry(entry("neighbours", named(1, "nobody"))).build()))
                .isEmpty();
    }

    @Test
    void aMappingOfTheProgramStands() throws IOException {
        // The vrf of a packet is 0, which the program calls "", until a port sets another.
        client.write(insert(port("1", "")), insert(route("", call("to_neighbour", "a", "a"))),
                insert(neighbour("a", "2")));
        one.send(FRAME.toByteArray());
        assertThat(two.receive()).isEqualTo(FRAME.toByteArray());
        refused(insert(port("2", "3")), Code.RESOURCE_EXHAUSTED_VALUE, "stands for 'blue'");
    }

    @Test
    void packetsRegistersAndDigestsTellPortsByName() throws IOException {
        client.write(insert(port("1", "blue")), insert(route("blue", call("punt"))));
        int digest = INFO.getDigests(0).getPreamble().getId();
        client.write(Update.newBuilder().setType(Type.INSERT).setEntity(Entity.newBuilder().setDigestEntry(
                DigestEntry.newBuilder().setDigestId(digest).setConfig(DigestEntry.Config.newBuilder()))).build());
        one.send(FRAME.toByteArray());
        var first = stream.next();
        var second = stream.next();
        var packet = first.hasPacket() ? first.getPacket() : second.getPacket();
        assertThat(packet.getPayload()).isEqualTo(FRAME);
        assertThat(packet.getMetadataList()).containsExactly(metadata(1, ByteString.copyFromUtf8("1")),
                metadata(2, hex("01")), metadata(3, hex("00")));
        var list = first.hasDigest() ? first.getDigest() : second.getDigest();
        assertThat(list.getData(0).getStruct().getMembersList()).extracting(P4Data::getBitstring)
                .containsExactly(hex("bb"), ByteString.copyFromUtf8("1"), ByteString.copyFromUtf8("blue"));
        Entity cell = Entity.newBuilder().setRegisterEntry(RegisterEntry.newBuilder()
                .setRegisterId(INFO.getRegisters(0).getPreamble().getId()).setIndex(Index.newBuilder())).build();
        assertThat(client.read(cell).get(0).getRegisterEntry().getData().getBitstring().toStringUtf8())
                .isEqualTo("1");
        client.write(Update.newBuilder().setType(Type.MODIFY).setEntity(cell.toBuilder().setRegisterEntry(
                cell.getRegisterEntry().toBuilder().setData(P4Data.newBuilder()
                        .setBitstring(ByteString.copyFromUtf8("17"))))).build());
        assertThat(client.read(cell).get(0).getRegisterEntry().getData().getBitstring().toStringUtf8())
                .isEqualTo("17");
        stream.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder().setPayload(FRAME)
                .addMetadata(metadata(1, ByteString.copyFromUtf8("2")))).build());
        assertThat(two.receive()).isEqualTo(FRAME.toByteArray());
        stream.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder().setPayload(FRAME)
                .addMetadata(metadata(1, ByteString.copyFromUtf8("Ethernet2")))).build());
        assertThat(stream.next().getError().getMessage()).contains("'Ethernet2'", "give the port's number in decimal");
    }

    private static PacketMetadata metadata(int id, ByteString value) {
        return PacketMetadata.newBuilder().setMetadataId(id).setValue(value).build();
    }

    /** The compiler leaves a header out that the program never sends; then nobody knows how wide its fields are. */
    @Test
    void aHeaderThatTheProgramHasNotTellsNothing() throws IOException {
        P4Info.Builder info = INFO.toBuilder();
        info.getControllerPacketMetadataBuilderList().forEach(header ->
                header.getMetadataBuilder(0).setName("another"));
        client.set(program().toBuilder().setP4Info(info).build());
        client.write(insert(port("1", "blue")), insert(route("blue", call("punt"))));
        one.send(FRAME.toByteArray());
        assertThat(stream.next().getPacket().getMetadataList()).isEmpty();
    }

    @Test
    void replicasLeaveByPortsOfThatName() throws IOException {
        Replica replica = Replica.newBuilder().setInstance(1).setUnknownFields(UnknownFieldSet.newBuilder()
                .addField(3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("2"))
                        .build()).build()).build();
        Entity group = Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setMulticastGroupEntry(MulticastGroupEntry.newBuilder().setMulticastGroupId(5)
                        .addReplicas(replica))).build();
        client.write(Update.newBuilder().setType(Type.INSERT).setEntity(group).build(), insert(port("1", "green")));
        TableEntry.Builder flood = route("green", call("multicast"));
        flood.getActionBuilder().getActionBuilder().addParamsBuilder().setParamId(1).setValue(hex("05"));
        client.write(insert(flood));
        one.send(FRAME.toByteArray());
        assertThat(two.receive()).isEqualTo(FRAME.toByteArray());
        assertThat(client.read(Entity.newBuilder().setPacketReplicationEngineEntry(
                PacketReplicationEngineEntry.newBuilder().setMulticastGroupEntry(MulticastGroupEntry.newBuilder()))
                .build())).containsExactly(group);
    }

    @Test
    void namesOfPortsAreTheirNumbers() {
        refused(insert(port("Ethernet0", "red")), Code.INVALID_ARGUMENT_VALUE, "are ports of this switch");
        refused(insert(port("512", "red")), Code.INVALID_ARGUMENT_VALUE, "are ports of this switch");
        refused(insert(port("01", "red")), Code.INVALID_ARGUMENT_VALUE, "are ports of this switch");
        refused(insert(entry("ports", Lab.exact(1, "ff")).setAction(call("set_vrf", "red"))),
                Code.INVALID_ARGUMENT_VALUE, "takes text in UTF-8");
        assertThat(entries()).isEmpty();
    }

    @Test
    void numbersOfNamesThatNobodyUsesAreGivenAgain() {
        // Three bits hold the two names of the program and six others, and 0 and 3 are the program's.
        List<TableEntry.Builder> written = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            written.add(route("vrf" + i, call("drop")));
            client.write(insert(written.get(i)));
        }
        refused(insert(route("one too many", call("drop"))), Code.RESOURCE_EXHAUSTED_VALUE, "has 3 bits");
        client.write(update(Type.DELETE, written.get(2)), insert(route("another", call("drop"))));
        for (int i = 0; i < 3000; i++) {
            client.write(insert(route("blue", call("to_neighbour", "n" + i, "m" + i))),
                    update(Type.DELETE, route("blue", call("drop"))));
        }
        assertThat(entries()).hasSize(6);
    }

    @Test
    void namesStayWhenThePipelineIsReconciled() throws IOException {
        client.write(insert(port("1", "red")), insert(route("red", call("to_neighbour", "router", "spare"))),
                insert(neighbour("router", "2")));
        List<TableEntry> before = entries();
        client.calls().setForwardingPipelineConfig(client.setting(
                SetForwardingPipelineConfigRequest.Action.RECONCILE_AND_COMMIT).setConfig(program()).build());
        assertThat(entries()).containsExactlyInAnyOrderElementsOf(before);
        one.send(FRAME.toByteArray());
        assertThat(two.receive()).isEqualTo(FRAME.toByteArray());
    }
}
