// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.Role;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** P4Runtime, sections 5.1 and 5.2: roles by name and what they may do. */
class RolesTest extends LabSwitch {
    private static final String TYPE = "type.googleapis.com/stratum.P4RoleConfig";

    private static UnknownFieldSet text(int field, String value) {
        return UnknownFieldSet.newBuilder().addField(field, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(value)).build()).build();
    }

    private static Role.Builder role(String name) {
        return Role.newBuilder().setUnknownFields(text(3, name));
    }

    /** A config in the form of stratum.P4RoleConfig. */
    private static final class Config {
        private final UnknownFieldSet.Builder fields = UnknownFieldSet.newBuilder();

        Config exclusive(int... ids) {
            return ids(1, ids);
        }

        Config shared(int... ids) {
            return ids(2, ids);
        }

        private Config ids(int field, int... ids) {
            UnknownFieldSet.Field.Builder values = UnknownFieldSet.Field.newBuilder();
            for (int id : ids) {
                values.addVarint(id);
            }
            fields.mergeField(field, values.build());
            return this;
        }

        Config filter(int metadata, String value) {
            UnknownFieldSet filter = UnknownFieldSet.newBuilder()
                    .addField(1, UnknownFieldSet.Field.newBuilder().addVarint(metadata).build())
                    .addField(2, UnknownFieldSet.Field.newBuilder().addLengthDelimited(Lab.hex(value)).build()).build();
            fields.addField(3, UnknownFieldSet.Field.newBuilder().addLengthDelimited(filter.toByteString()).build());
            return flag(4);
        }

        Config flag(int field) {
            fields.addField(field, UnknownFieldSet.Field.newBuilder().addVarint(1).build());
            return this;
        }

        Any any() {
            return Any.newBuilder().setTypeUrl(TYPE).setValue(fields.build().toByteString()).build();
        }
    }

    private Client.Stream stand(Role.Builder role, long electionId) {
        Client.Stream in = client.stream();
        in.send(StreamMessageRequest.newBuilder().setArbitration(MasterArbitrationUpdate.newBuilder().setDeviceId(1)
                .setRole(role).setElectionId(Client.low(electionId))).build());
        return in;
    }

    private Client.Stream primary(String name, Config config) {
        Client.Stream in = stand(role(name).setConfig(config.any()), 1);
        assertThat(in.arbitration().getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        return in;
    }

    private void write(String role, Update... updates) {
        client.calls().write(client.writing(updates).setUnknownFields(text(6, role)).build());
    }

    private void denied(String role, Update update, String text) {
        StatusRuntimeException thrown = catchThrowableOfType(() -> write(role, update), StatusRuntimeException.class);
        assertThat(thrown).isNotNull();
        assertThat(Client.details(thrown).get(0).getCanonicalCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
        assertThat(Client.details(thrown).get(0).getMessage()).contains(text);
    }

    private List<Entity> read(String role, Entity pattern) {
        List<Entity> found = new ArrayList<>();
        client.calls().read(ReadRequest.newBuilder().setDeviceId(1).addEntities(pattern)
                .setUnknownFields(text(3, role)).build())
                .forEachRemaining(response -> found.addAll(response.getEntitiesList()));
        return found;
    }

    private static Update station(String mac) {
        return Lab.insert(Lab.station(mac).setAction(Lab.direct("forward", "02")));
    }

    private static Update prefix(String mac) {
        return Lab.insert(Lab.entry("prefixes", Lab.lpm(1, mac, 24)).setAction(Lab.direct("nothing")));
    }

    private static Update group() {
        return Lab.update(Update.Type.INSERT, Entity.newBuilder().setPacketReplicationEngineEntry(
                PacketReplicationEngineEntry.newBuilder().setMulticastGroupEntry(
                        MulticastGroupEntry.newBuilder().setMulticastGroupId(7))));
    }

    /** Lets a frame for that station in as if it had come from the CPU port. */
    private void send(String station) {
        stream.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder()
                .setPayload(Lab.hex("0000000000" + station + "0000000000bb0800"))
                .addMetadata(PacketMetadata.newBuilder().setMetadataId(2).setValue(Lab.hex("01")))).build());
    }

    @Test
    void section51ARoleByNameHasAPrimaryOfItsOwn() {
        Client.Stream in = stand(role("routing"), 4);
        MasterArbitrationUpdate answer = in.arbitration();
        assertThat(answer.getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        assertThat(answer.getRole().getUnknownFields()).isEqualTo(text(3, "routing"));
        client.calls().write(WriteRequest.newBuilder().setDeviceId(1).setElectionId(Client.low(4))
                .setUnknownFields(text(6, "routing")).addUpdates(station("0a")).build());
        StatusRuntimeException other = catchThrowableOfType(() -> write("switching", station("0b")),
                StatusRuntimeException.class);
        assertThat(other.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(other.getStatus().getDescription()).contains("'switching'");
        StatusRuntimeException backup = catchThrowableOfType(() -> write("routing", station("0b")),
                StatusRuntimeException.class);
        assertThat(backup.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void section52WhatTheConfigNamesCanBeWrittenAndNothingElse() {
        primary("routing", new Config().exclusive(Lab.table("prefixes")).shared(Lab.register()));
        write("routing", prefix("0a0000000000"));
        write("routing", Lab.update(Update.Type.MODIFY, Lab.cell(RegisterEntry.newBuilder().setIndex(
                Index.newBuilder().setIndex(1))
                .setData(P4Data.newBuilder().setBitstring(Lab.hex("05"))))));
        denied("routing", station("0a"), "role 'routing' may not use TABLE_ENTRY");
        denied("routing", group(), "PACKET_REPLICATION_ENGINE_ENTRY");
        client.write(station("0a"));
    }

    @Test
    void section52AllOrNoneIsDeniedAsAWhole() {
        primary("routing", new Config().shared(Lab.table("prefixes")));
        StatusRuntimeException thrown = catchThrowableOfType(() -> client.calls().write(
                client.writing(prefix("0a0000000000"), station("0a")).setUnknownFields(text(6, "routing"))
                        .setAtomicity(WriteRequest.Atomicity.ROLLBACK_ON_ERROR).build()), StatusRuntimeException.class);
        assertThat(Client.details(thrown)).extracting(one -> one.getCanonicalCode())
                .containsExactly(Code.ABORTED_VALUE, Code.PERMISSION_DENIED_VALUE);
        assertThat(read(TableEntry.newBuilder())).filteredOn(one -> one.getTableId() == Lab.table("prefixes"))
                .isEmpty();
    }

    @Test
    void section52GroupsAndSessionsAreNamedByZero() {
        primary("copying", new Config().shared(0));
        write("copying", group());
        assertThat(read("copying", group().getEntity())).hasSize(1);
        denied("copying", station("0a"), "may not use");
    }

    @Test
    void section13ReadsShowWhatTheRoleMaySee() {
        client.write(station("0a"), prefix("0a0000000000"));
        primary("routing", new Config().shared(Lab.table("prefixes")));
        Entity all = Entity.newBuilder().setTableEntry(TableEntry.getDefaultInstance()).build();
        assertThat(read("routing", all)).extracting(one -> one.getTableEntry().getTableId())
                .containsOnly(Lab.table("prefixes"));
        StatusRuntimeException thrown = catchThrowableOfType(() -> read("routing",
                Entity.newBuilder().setTableEntry(Lab.entry("stations")).build()), StatusRuntimeException.class);
        assertThat(Client.details(thrown).get(0).getCanonicalCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
        assertThat(read("nobody", all)).hasSizeGreaterThan(2);
    }

    @Test
    void section52AnExclusiveIdHasOneRole() {
        primary("routing", new Config().exclusive(Lab.table("prefixes")).shared(Lab.table("stations")));
        Status both = stand(role("other").setConfig(new Config().shared(Lab.table("prefixes")).any()), 1).end();
        assertThat(both.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(both.getDescription()).contains("role 'routing' has it too");
        Status mine = stand(role("other").setConfig(new Config().exclusive(Lab.table("stations")).any()), 1).end();
        assertThat(mine.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        primary("other", new Config().shared(Lab.table("stations")));
    }

    @Test
    void section52AConfigOfAnotherFormEndsTheStream() {
        Any strange = Any.newBuilder().setTypeUrl("type.googleapis.com/some.Other").build();
        assertThat(stand(role("routing").setConfig(strange), 1).end().getDescription())
                .contains("some.Other").contains("stratum.P4RoleConfig");
        Any broken = Any.newBuilder().setTypeUrl(TYPE).setValue(Lab.hex("0affff")).build();
        assertThat(stand(role("routing").setConfig(broken), 1).end().getCode())
                .isEqualTo(Status.Code.INVALID_ARGUMENT);
        Any unknown = Any.newBuilder().setTypeUrl(TYPE).setValue(Lab.hex("7801")).build();
        assertThat(stand(role("routing").setConfig(unknown), 1).end().getDescription()).contains("field 15");
        assertThat(stand(Role.newBuilder().setConfig(new Config().any()), 2).end().getDescription())
                .contains("default role");
    }

    @Test
    void section53AnotherPrimaryBringsAnotherConfig() {
        Client.Stream first = primary("routing", new Config().shared(Lab.table("prefixes")));
        Any wider = new Config().shared(Lab.table("prefixes"), Lab.table("stations")).any();
        Client.Stream second = stand(role("routing").setConfig(wider), 2);
        assertThat(second.arbitration().getRole().getConfig()).isEqualTo(wider);
        assertThat(first.arbitration().getRole().getConfig()).isEqualTo(wider);
        client.calls().write(client.writing(station("0a")).setElectionId(Client.low(2))
                .setUnknownFields(text(6, "routing")).build());
        Client.Stream backup = stand(role("routing").setConfig(new Config().any()), 1 << 20);
        assertThat(backup.arbitration().getStatus().getCode()).isEqualTo(Code.OK_VALUE);
        StatusRuntimeException now = catchThrowableOfType(() -> client.calls().write(client.writing(station("0b"))
                .setElectionId(Client.low(1 << 20)).setUnknownFields(text(6, "routing")).build()),
                StatusRuntimeException.class);
        assertThat(Client.details(now).get(0).getCanonicalCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
    }

    @Test
    void section52ABackupDoesNotChangeTheConfig() {
        primary("routing", new Config().shared(Lab.table("prefixes")));
        Client.Stream backup = stand(role("routing").setConfig(new Config().shared(Lab.table("stations")).any()), 0);
        assertThat(backup.arbitration().getStatus().getCode()).isEqualTo(Code.ALREADY_EXISTS_VALUE);
        write("routing", prefix("0a0000000000"));
        denied("routing", station("0a"), "may not use");
    }

    @Test
    void section14OnlyARoleThatMayPushSetsThePipeline() {
        primary("routing", new Config().shared(Lab.table("prefixes")));
        SetForwardingPipelineConfigRequest request = client
                .setting(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT).setConfig(Lab.config(2))
                .setUnknownFields(text(6, "routing")).build();
        StatusRuntimeException thrown = catchThrowableOfType(
                () -> client.calls().setForwardingPipelineConfig(request), StatusRuntimeException.class);
        assertThat(thrown.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(thrown.getStatus().getDescription()).contains("can_push_pipeline");
        primary("installing", new Config().flag(5));
        client.calls().setForwardingPipelineConfig(request.toBuilder()
                .setUnknownFields(text(6, "installing")).build());
    }

    @Test
    void section161PacketsGoToTheRolesThatAskForThem() {
        Client.Stream none = primary("none", new Config().shared(Lab.table("prefixes")));
        Client.Stream reason = primary("reason", new Config().filter(3, "0005"));
        Client.Stream every = primary("every", new Config().flag(4));
        client.write(Lab.insert(Lab.station("0a").setAction(Lab.direct("punt", "05"))),
                Lab.insert(Lab.station("0b").setAction(Lab.direct("punt", "06"))));
        send("0b");
        send("0a");
        assertThat(every.next().getPacket().getMetadata(2).getValue()).isEqualTo(Lab.hex("06"));
        assertThat(every.next().getPacket().getMetadata(2).getValue()).isEqualTo(Lab.hex("05"));
        // Packets reach every stream in one order: what the filter leaves out would have come first.
        assertThat(reason.next().getPacket().getMetadata(2).getValue()).isEqualTo(Lab.hex("05"));
        assertThat(stream.next().hasPacket()).isTrue();
        assertThat(none.silent()).isTrue();
    }

    @Test
    void section98DigestsGoToTheRolesThatMayUseThem() {
        Client.Stream none = primary("none", new Config().shared(Lab.table("prefixes")));
        Client.Stream learning = primary("learning", new Config().shared(Lab.digest(), Lab.table("rules")));
        write("learning", Lab.update(Update.Type.INSERT, Entity.newBuilder().setDigestEntry(
                DigestEntry.newBuilder().setDigestId(Lab.digest()).setConfig(
                        DigestEntry.Config.newBuilder().setMaxListSize(1)))),
                Lab.insert(Lab.entry("rules", Lab.ternary(1, "0800", "ffff")).setPriority(1)
                        .setAction(Lab.direct("learn"))));
        send("0c");
        assertThat(learning.next().hasDigest()).isTrue();
        assertThat(stream.next().hasDigest()).isTrue();
        assertThat(none.silent()).isTrue();
    }

    @Test
    void annotatedTablesBelongToTheirRole() {
        P4Info.Builder info = Lab.INFO.toBuilder();
        info.getTablesBuilderList().stream().filter(one -> one.getPreamble().getAlias().equals("stations"))
                .forEach(one -> one.getPreambleBuilder().addAnnotations("@p4runtime_role(\"switching\")"));
        ForwardingPipelineConfig config = Lab.config(3).toBuilder().setP4Info(info).build();
        client.set(config);
        stand(role("switching"), 1).arbitration();
        stand(role("routing"), 1).arbitration();
        write("switching", station("0a"));
        denied("routing", station("0b"), "the program gives that table to [switching]");
        write("routing", prefix("0a0000000000"));
        client.write(station("0b"));
        assertThat(read("routing", Entity.newBuilder().setTableEntry(TableEntry.getDefaultInstance()).build()))
                .extracting(one -> one.getTableEntry().getTableId()).contains(Lab.table("prefixes"))
                .doesNotContain(Lab.table("stations"));
    }

    @Test
    void anyOctetsOfAConfigAreAnswered() {
        Random random = new Random(6);
        for (int round = 0; round < 300; round++) {
            byte[] octets = new byte[random.nextInt(20)];
            random.nextBytes(octets);
            if (octets.length > 0 && random.nextBoolean()) {
                octets[0] = new byte[] {0x08, 0x0a, 0x10, 0x12, 0x1a, 0x20, 0x28}[random.nextInt(7)];
            }
            Client.Stream in = stand(role("any").setConfig(Any.newBuilder().setTypeUrl(TYPE)
                    .setValue(ByteString.copyFrom(octets))), round + 1);
            in.close();
            assertThat(in.end().getCode()).isIn(Status.Code.OK, Status.Code.INVALID_ARGUMENT);
            client.forget(in);
        }
        client.write(station("0a"));
    }
}
