// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.SoftSwitch;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.Uint128;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** P4Runtime 1.3, section 5: who is primary, and who is told. */
class ArbitrationTest {
    private static final long DEVICE = 9;

    private SoftSwitch device;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        device = SoftSwitch.builder().deviceId(DEVICE).cpuPort(255).build();
        device.start();
        client = new Client(device.address(), DEVICE, 1);
    }

    @AfterEach
    void stop() {
        client.close();
        device.close();
    }

    private Client.Stream stream(long role, Uint128 id) {
        Client.Stream stream = client.stream();
        stream.arbitrate(DEVICE, role, id);
        return stream;
    }

    private static void expect(MasterArbitrationUpdate update, int code, long low) {
        assertThat(update.getStatus().getCode()).isEqualTo(code);
        assertThat(update.getDeviceId()).isEqualTo(DEVICE);
        assertThat(update.getElectionId().getLow()).isEqualTo(low);
    }

    private Status writeWith(long role, Uint128 id) {
        WriteRequest request = WriteRequest.newBuilder().setDeviceId(DEVICE).setRoleId(role).setElectionId(id).build();
        try {
            client.calls().write(request);
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    @Test
    void theGreatestElectionIdIsPrimaryAndAllAreTold() {
        Client.Stream five = stream(0, Client.low(5));
        expect(five.arbitration(), Code.OK_VALUE, 5);
        Client.Stream three = stream(0, Client.low(3));
        expect(three.arbitration(), Code.ALREADY_EXISTS_VALUE, 5);
        assertThat(five.silent()).isTrue();
        Client.Stream seven = stream(0, Client.low(7));
        expect(seven.arbitration(), Code.OK_VALUE, 7);
        expect(five.arbitration(), Code.ALREADY_EXISTS_VALUE, 7);
        expect(three.arbitration(), Code.ALREADY_EXISTS_VALUE, 7);
    }

    @Test
    void electionIdsAreUnsignedNumbersOf128Bits() {
        Client.Stream low = stream(0, Uint128.newBuilder().setHigh(0).setLow(-1).build());
        expect(low.arbitration(), Code.OK_VALUE, -1);
        Client.Stream high = stream(0, Uint128.newBuilder().setHigh(1).setLow(0).build());
        expect(high.arbitration(), Code.OK_VALUE, 0);
        Client.Stream top = stream(0, Uint128.newBuilder().setHigh(-1).setLow(0).build());
        assertThat(top.arbitration().getElectionId().getHigh()).isEqualTo(-1);
    }

    @Test
    void whenThePrimaryGoesNobodyIsUntilSomebodyAsksWithEnough() {
        Client.Stream backup = stream(0, Client.low(3));
        expect(backup.arbitration(), Code.OK_VALUE, 3);
        Client.Stream primary = stream(0, Client.low(5));
        expect(primary.arbitration(), Code.OK_VALUE, 5);
        expect(backup.arbitration(), Code.ALREADY_EXISTS_VALUE, 5);
        primary.close();
        assertThat(primary.end().isOk()).isTrue();
        expect(backup.arbitration(), Code.NOT_FOUND_VALUE, 5);
        assertThat(writeWith(0, Client.low(5)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        Client.Stream less = stream(0, Client.low(4));
        expect(less.arbitration(), Code.NOT_FOUND_VALUE, 5);
        backup.arbitrate(DEVICE, 0, Client.low(5));
        expect(backup.arbitration(), Code.OK_VALUE, 5);
        expect(less.arbitration(), Code.ALREADY_EXISTS_VALUE, 5);
    }

    @Test
    void aConnectionThatBreaksIsAStreamThatEnds() {
        Client.Stream backup = stream(0, Client.low(3));
        backup.arbitration();
        try (Client other = new Client(device.address(), DEVICE, 8)) {
            other.primary();
            expect(backup.arbitration(), Code.ALREADY_EXISTS_VALUE, 8);
        }
        expect(backup.arbitration(), Code.NOT_FOUND_VALUE, 8);
    }

    @Test
    void aPrimaryMayStepDown() {
        Client.Stream primary = stream(0, Client.low(5));
        primary.arbitration();
        Client.Stream backup = stream(0, Client.low(3));
        backup.arbitration();
        primary.arbitrate(DEVICE, 0, Client.low(1));
        expect(primary.arbitration(), Code.NOT_FOUND_VALUE, 5);
        expect(backup.arbitration(), Code.NOT_FOUND_VALUE, 5);
    }

    @Test
    void theSameIdAgainIsAnsweredToThePrimaryAndNothingToABackup() {
        Client.Stream primary = stream(0, Client.low(5));
        primary.arbitration();
        Client.Stream backup = stream(0, Client.low(3));
        backup.arbitration();
        backup.arbitrate(DEVICE, 0, Client.low(3));
        primary.arbitrate(DEVICE, 0, Client.low(5));
        expect(primary.arbitration(), Code.OK_VALUE, 5);
        expect(backup.arbitration(), Code.ALREADY_EXISTS_VALUE, 5);
        assertThat(backup.silent()).isTrue();
    }

    @Test
    void withoutElectionIdOneIsBackupForEver() {
        Client.Stream stream = stream(0, null);
        MasterArbitrationUpdate answer = stream.arbitration();
        assertThat(answer.getStatus().getCode()).isEqualTo(Code.NOT_FOUND_VALUE);
        assertThat(answer.hasElectionId()).isFalse();
    }

    @Test
    void rolesHavePrimariesOfTheirOwn() {
        Client.Stream all = stream(0, Client.low(5));
        expect(all.arbitration(), Code.OK_VALUE, 5);
        Client.Stream some = stream(2, Client.low(1));
        MasterArbitrationUpdate answer = some.arbitration();
        expect(answer, Code.OK_VALUE, 1);
        assertThat(answer.getRole().getId()).isEqualTo(2);
        assertThat(writeWith(2, Client.low(1)).getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(writeWith(2, Client.low(5)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(writeWith(3, Client.low(1)).getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void aDeviceThatIsNotHereEndsTheStream() {
        Client.Stream stream = client.stream();
        stream.arbitrate(DEVICE + 1, 0, Client.low(1));
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void anElectionIdInUseEndsTheStream() {
        Client.Stream first = stream(0, Client.low(5));
        first.arbitration();
        assertThat(stream(0, Client.low(5)).end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        Client.Stream third = stream(0, Client.low(4));
        third.arbitration();
        third.arbitrate(DEVICE, 0, Client.low(5));
        assertThat(third.end().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(first.silent()).isTrue();
    }

    @Test
    void deviceAndRoleOfAStreamStay() {
        Client.Stream stream = stream(0, Client.low(5));
        stream.arbitration();
        stream.arbitrate(DEVICE, 4, Client.low(5));
        assertThat(stream.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        Client.Stream other = stream(0, Client.low(6));
        other.arbitration();
        other.arbitrate(DEVICE + 1, 0, Client.low(6));
        assertThat(other.end().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void tooManyStreamsAreRefused() {
        for (int i = 1; i <= 64; i++) {
            stream(0, Client.low(i)).arbitration();
        }
        assertThat(stream(0, Client.low(65)).end().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    }

    @Test
    void writesOfOthersAreDenied() {
        assertThat(writeWith(0, Client.low(1)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        stream(0, Client.low(5)).arbitration();
        assertThat(writeWith(0, Client.low(4)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(writeWith(0, Client.low(6)).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        Status without = writeWith(0, Client.low(5));
        assertThat(without.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(without.getDescription()).contains("SetForwardingPipelineConfig");
        StatusRuntimeException wrong = catchThrowableOfType(() -> client.calls().write(WriteRequest.newBuilder()
                .setDeviceId(1).setElectionId(Client.low(5)).build()), StatusRuntimeException.class);
        assertThat(wrong.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void onlyThePrimarySendsPackets() {
        Client.Stream stranger = client.stream();
        stranger.send(StreamMessageRequest.newBuilder().setPacket(PacketOut.getDefaultInstance()).build());
        StreamMessageResponse answer = stranger.next();
        assertThat(answer.getError().getCanonicalCode()).isEqualTo(Code.PERMISSION_DENIED_VALUE);
        assertThat(answer.getError().hasPacketOut()).isTrue();
    }
}
