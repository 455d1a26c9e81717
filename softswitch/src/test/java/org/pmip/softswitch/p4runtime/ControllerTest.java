// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;

/** What waits for a controller that does not read is bounded. */
class ControllerTest {
    private final Call call = new Call();
    private final Controller controller = new Controller(call);

    /** A transport that takes messages only when the test lets it. */
    private static final class Call extends ServerCallStreamObserver<StreamMessageResponse> {
        private final List<StreamMessageResponse> taken = new ArrayList<>();
        private boolean ready;
        private Throwable error;
        private boolean completed;

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setCompression(String compression) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void disableAutoInboundFlowControl() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void request(int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setMessageCompression(boolean enable) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onNext(StreamMessageResponse message) {
            taken.add(message);
        }

        @Override
        public void onError(Throwable thrown) {
            error = thrown;
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }

    private static StreamMessageResponse packet(int number) {
        PacketIn.Builder packet = PacketIn.newBuilder();
        packet.addMetadataBuilder().setMetadataId(number);
        return StreamMessageResponse.newBuilder().setPacket(packet).build();
    }

    @Test
    void packetsWaitInOrderAndTheRestIsLost() {
        for (int i = 0; i < Controller.MOST_WAITING + 5; i++) {
            assertThat(controller.offer(packet(i))).isEqualTo(i < Controller.MOST_WAITING);
        }
        assertThat(call.taken).isEmpty();
        assertThat(controller.lost()).isEqualTo(5);
        call.ready = true;
        controller.drain();
        assertThat(call.taken).hasSize(Controller.MOST_WAITING).startsWith(packet(0), packet(1));
        assertThat(controller.offer(packet(7))).isTrue();
        assertThat(call.taken).endsWith(packet(7));
    }

    @Test
    void whatMustNotBeLostEndsAStreamThatNobodyReads() {
        for (int i = 0; i <= 2 * Controller.MOST_WAITING; i++) {
            assertThat(call.error).isNull();
            controller.send(packet(i));
        }
        assertThat(Status.fromThrowable(call.error).getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        call.ready = true;
        controller.drain();
        controller.send(packet(0));
        controller.complete();
        assertThat(controller.offer(packet(0))).isFalse();
        assertThat(call.taken).isEmpty();
        assertThat(call.completed).isFalse();
    }
}
