// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import p4.v1.P4RuntimeOuterClass.DigestListAckError;
import p4.v1.P4RuntimeOuterClass.PacketOutError;
import p4.v1.P4RuntimeOuterClass.StreamError;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.StreamOtherError;

/** What a controller sends on its stream (P4Runtime 1.3, section 16). Called by one thread at a time. */
final class ControllerStream implements StreamObserver<StreamMessageRequest> {
    private final Device device;
    private final Controller controller;

    ControllerStream(Device device, Controller controller) {
        this.device = device;
        this.controller = controller;
    }

    @Override
    public void onNext(StreamMessageRequest message) {
        if (message.getUpdateCase() == StreamMessageRequest.UpdateCase.ARBITRATION) {
            try {
                device.arbitrate(controller, message.getArbitration());
            } catch (Refusal e) {
                device.remove(controller);
                controller.end(e.toStatus());
            }
            return;
        }
        try {
            take(message);
        } catch (Refusal e) {
            controller.offer(error(e, message));
        } catch (RuntimeException e) {
            controller.offer(error(Refusal.internal(e), message));
        }
    }

    private void take(StreamMessageRequest message) throws Refusal {
        if (!controller.primary()) {
            throw Refusal.of(Status.Code.PERMISSION_DENIED, "this stream is not that of the primary: "
                    + message.getUpdateCase() + " is dropped");
        }
        switch (message.getUpdateCase()) {
            case PACKET -> device.packetOut(message.getPacket());
            case DIGEST_ACK -> device.acknowledge(message.getDigestAck());
            default -> throw Refusal.invalid("the message holds " + message.getUpdateCase()
                    + ": send arbitration, packet or digest_ack");
        }
    }

    private static StreamMessageResponse error(Refusal refusal, StreamMessageRequest message) {
        StreamError.Builder error = StreamError.newBuilder().setCanonicalCode(refusal.code().value())
                .setMessage(refusal.getMessage()).setSpace("softswitch");
        switch (message.getUpdateCase()) {
            case PACKET -> error.setPacketOut(PacketOutError.newBuilder().setPacketOut(message.getPacket()));
            case DIGEST_ACK -> error.setDigestListAck(
                    DigestListAckError.newBuilder().setDigestListAck(message.getDigestAck()));
            default -> error.setOther(StreamOtherError.newBuilder().setOther(message.getOther()));
        }
        return StreamMessageResponse.newBuilder().setError(error).build();
    }

    @Override
    public void onError(Throwable error) {
        controller.gone();
        device.remove(controller);
    }

    @Override
    public void onCompleted() {
        device.remove(controller);
        controller.complete();
    }
}
