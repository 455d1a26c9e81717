// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.SoftSwitch;
import p4.config.v1.P4InfoOuterClass;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CapabilitiesRequest;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest.ResponseType;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest.Action;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/** P4Runtime 1.3, sections 14, 15 and 17. */
class PipelineConfigTest {
    private static final Entity STATIONS = Entity.newBuilder().setTableEntry(Lab.entry("stations")
            .setCounterData(CounterData.getDefaultInstance())).build();

    private SoftSwitch device;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        device = SoftSwitch.builder().cpuPort(255).build();
        device.start();
        client = new Client(device.address(), 1, 1);
        client.primary();
    }

    @AfterEach
    void stop() {
        client.close();
        device.close();
    }

    private void set(Action action, ForwardingPipelineConfig config) {
        SetForwardingPipelineConfigRequest.Builder request = client.setting(action);
        if (config != null) {
            request.setConfig(config);
        }
        client.calls().setForwardingPipelineConfig(request.build());
    }

    private void refused(Action action, ForwardingPipelineConfig config, Status.Code code, String text) {
        StatusRuntimeException e = catchThrowableOfType(() -> set(action, config), StatusRuntimeException.class);
        assertThat(e.getStatus().getDescription()).contains(text);
        assertThat(e.getStatus().getCode()).isEqualTo(code);
    }

    @Test
    void saysItsVersion() {
        assertThat(client.calls().capabilities(CapabilitiesRequest.getDefaultInstance()).getP4RuntimeApiVersion())
                .isEqualTo("1.3.0");
    }

    @Test
    void givesBackWhatWasSetInTheWishedParts() {
        assertThat(client.get(ResponseType.ALL)).isEqualTo(ForwardingPipelineConfig.getDefaultInstance());
        ForwardingPipelineConfig config = Lab.config(42);
        set(Action.VERIFY_AND_COMMIT, config);
        assertThat(client.get(ResponseType.ALL)).isEqualTo(config);
        assertThat(client.get(ResponseType.COOKIE_ONLY))
                .isEqualTo(config.toBuilder().clearP4Info().clearP4DeviceConfig().build());
        assertThat(client.get(ResponseType.P4INFO_AND_COOKIE))
                .isEqualTo(config.toBuilder().clearP4DeviceConfig().build());
        assertThat(client.get(ResponseType.DEVICE_CONFIG_AND_COOKIE))
                .isEqualTo(config.toBuilder().clearP4Info().build());
        StatusRuntimeException wrong = catchThrowableOfType(() -> client.calls().getForwardingPipelineConfig(
                GetForwardingPipelineConfigRequest.newBuilder().setDeviceId(2).build()),
                StatusRuntimeException.class);
        assertThat(wrong.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void verifyChangesNothing() {
        set(Action.VERIFY, Lab.config(1));
        assertThat(client.get(ResponseType.ALL)).isEqualTo(ForwardingPipelineConfig.getDefaultInstance());
    }

    @Test
    void refusesWhatItCannotRun() {
        ForwardingPipelineConfig lab = Lab.config(1);
        refused(Action.VERIFY_AND_COMMIT, null, Status.Code.INVALID_ARGUMENT, "config is missing");
        refused(Action.UNSPECIFIED, lab, Status.Code.INVALID_ARGUMENT, "no action");
        refused(Action.VERIFY, lab.toBuilder().clearP4DeviceConfig().build(), Status.Code.INVALID_ARGUMENT,
                "p4_device_config is empty");
        refused(Action.VERIFY, lab.toBuilder().clearP4Info().build(), Status.Code.INVALID_ARGUMENT, "p4info");
        refused(Action.VERIFY, lab.toBuilder().setP4DeviceConfig(ByteString.copyFromUtf8("{}")).build(),
                Status.Code.INVALID_ARGUMENT, "cannot be run");
        refused(Action.VERIFY, lab.toBuilder().setP4DeviceConfig(ByteString.copyFromUtf8("no json")).build(),
                Status.Code.INVALID_ARGUMENT, "cannot be run");
        refused(Action.VERIFY, lab.toBuilder().setP4DeviceConfig(Lab.hex("fffefd")).build(),
                Status.Code.INVALID_ARGUMENT, "no text");
        ForwardingPipelineConfig.Builder other = lab.toBuilder();
        other.getP4InfoBuilder().getTablesBuilder(0).getPreambleBuilder().setName("Elsewhere.t");
        refused(Action.VERIFY, other.build(), Status.Code.INVALID_ARGUMENT, "'Elsewhere.t'");
        other = lab.toBuilder();
        other.getP4InfoBuilder().getTablesBuilder(0).getMatchFieldsBuilder(0).setBitwidth(47);
        refused(Action.VERIFY, other.build(), Status.Code.INVALID_ARGUMENT, "47 bits");
        other = lab.toBuilder();
        other.getP4InfoBuilder().getTablesBuilder(0).clearMatchFields();
        refused(Action.VERIFY, other.build(), Status.Code.INVALID_ARGUMENT, "0 match fields");
        other = lab.toBuilder();
        other.getP4InfoBuilder().getControllerPacketMetadataBuilder(0).getMetadataBuilder(0).setBitwidth(3);
        refused(Action.VERIFY, other.build(), Status.Code.INVALID_ARGUMENT, "whole number of octets");
    }

    /** Of such a profile the compiler leaves nothing in the JSON, but keeps it in the P4Info. */
    @Test
    void anActionProfileOfNoTableMayBeMissing() {
        ForwardingPipelineConfig.Builder config = Lab.config(1).toBuilder();
        config.getP4InfoBuilder().addActionProfiles(P4InfoOuterClass.ActionProfile.newBuilder().setSize(4)
                .setPreamble(P4InfoOuterClass.Preamble.newBuilder().setId(0x11000007).setName("LabIngress.unused")));
        set(Action.VERIFY_AND_COMMIT, config.build());
        Entity member = Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                .setActionProfileId(0x11000007)).build();
        StatusRuntimeException e = catchThrowableOfType(() -> client.read(member), StatusRuntimeException.class);
        assertThat(Client.details(e).get(0).getMessage()).contains("no table that uses it");
    }

    /** The compiler leaves a table that is never applied out of the JSON, but keeps it in the P4Info. */
    @Test
    void aTableThatIsNeverAppliedMayBeMissing() {
        ForwardingPipelineConfig.Builder config = Lab.config(1).toBuilder();
        config.getP4InfoBuilder().addTables(P4InfoOuterClass.Table.newBuilder().setPreamble(
                P4InfoOuterClass.Preamble.newBuilder().setId(0x02000007).setName("LabIngress.unused")));
        set(Action.VERIFY_AND_COMMIT, config.build());
        Entity entry = Entity.newBuilder().setTableEntry(TableEntry.newBuilder().setTableId(0x02000007)).build();
        StatusRuntimeException e = catchThrowableOfType(() -> client.read(entry), StatusRuntimeException.class);
        assertThat(Client.details(e).get(0).getMessage()).contains("no table with id " + 0x02000007);
    }

    @Test
    void commitsWhatWasSavedWithWhatWasWrittenSince() {
        refused(Action.COMMIT, null, Status.Code.NOT_FOUND, "VERIFY_AND_SAVE");
        set(Action.VERIFY_AND_COMMIT, Lab.config(1));
        set(Action.VERIFY_AND_SAVE, Lab.config(2));
        client.write(Messages.stationTo("0000000000aa", 2));
        assertThat(client.get(ResponseType.COOKIE_ONLY).getCookie().getCookie()).isEqualTo(1);
        refused(Action.COMMIT, Lab.config(2), Status.Code.INVALID_ARGUMENT, "leave config out");
        set(Action.COMMIT, null);
        assertThat(client.get(ResponseType.COOKIE_ONLY).getCookie().getCookie()).isEqualTo(2);
        assertThat(client.read(STATIONS)).hasSize(1);
        refused(Action.COMMIT, null, Status.Code.NOT_FOUND, "VERIFY_AND_SAVE");
    }

    @Test
    void aNewPipelineIsEmptyUnlessReconciled() {
        set(Action.VERIFY_AND_COMMIT, Lab.config(1));
        TableEntry.Builder station = Lab.station("aa").setAction(Lab.direct("forward", "02"))
                .setCounterData(CounterData.newBuilder().setPacketCount(4).setByteCount(5));
        client.write(Lab.insert(station), Lab.modify(Lab.entry("stations").setIsDefaultAction(true)
                .setAction(Lab.direct("forward", "07"))));
        set(Action.RECONCILE_AND_COMMIT, Lab.config(2));
        assertThat(client.read(STATIONS)).extracting(Entity::getTableEntry).containsExactly(station.build());
        assertThat(client.read(Entity.newBuilder().setTableEntry(Lab.entry("stations").setIsDefaultAction(true))
                .build()).get(0).getTableEntry().getAction()).isEqualTo(Lab.direct("forward", "07"));
        set(Action.VERIFY_AND_COMMIT, Lab.config(3));
        assertThat(client.read(STATIONS)).isEmpty();
    }

    @Test
    void onlyThePrimarySetsThePipeline() {
        try (Client other = new Client(device.address(), 1, 9)) {
            StatusRuntimeException e = catchThrowableOfType(() -> other.set(Lab.config(1)),
                    StatusRuntimeException.class);
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void withoutPipelineThereIsNothingToRead() {
        StatusRuntimeException e = catchThrowableOfType(() -> client.read(STATIONS), StatusRuntimeException.class);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void aProgramOfTheCommandLineTakesPacketsButNoWrites() {
        device.program(Lab.file("lab.json"));
        assertThat(client.get(ResponseType.ALL)).isEqualTo(ForwardingPipelineConfig.getDefaultInstance());
        StatusRuntimeException e = catchThrowableOfType(() -> client.read(STATIONS), StatusRuntimeException.class);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        device.program(Lab.config(0).toBuilder().clearCookie().build());
        assertThat(client.read(STATIONS)).isEmpty();
        assertThat(client.get(ResponseType.ALL).hasCookie()).isFalse();
    }
}
