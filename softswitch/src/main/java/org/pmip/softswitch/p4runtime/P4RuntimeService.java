// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.InputStream;
import java.util.concurrent.Executor;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.CapabilitiesRequest;
import p4.v1.P4RuntimeOuterClass.CapabilitiesResponse;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.WriteRequest;
import p4.v1.P4RuntimeOuterClass.WriteResponse;

/** The calls of P4Runtime 1.3 for one device. Thread-safe. */
final class P4RuntimeService extends P4RuntimeGrpc.P4RuntimeImplBase {
    private static final String VERSION = "1.3.0";
    /**
     * Octets for the outcomes of one batch, each with its code; what does not find room has no text. They travel in one
     * HTTP/2 header in base 64, and gRPC clients have 8 KiB for all headers unless told otherwise.
     */
    private static final int DETAIL_OCTETS = 5400;
    private static final int CODE_OCTETS = 40;
    private static final int LEAST_TEXT_OCTETS = 320;

    /** Updates that are written at once by the transport's thread, which a hand-over would cost more than they do. */
    private static final int SMALL_BATCH = 256;

    private static final MethodDescriptor<ReadRequest, InputStream> READ = P4RuntimeGrpc.getReadMethod()
            .toBuilder(P4RuntimeGrpc.getReadMethod().getRequestMarshaller(), new Responses.Encoded())
            .build();

    private final Device device;
    private final Executor calls;

    /** What takes long is done by {@code calls}, the rest by the thread that calls, in the order in which it comes. */
    P4RuntimeService(Device device, Executor calls) {
        this.device = device;
        this.calls = calls;
    }

    /** What a call does; what it throws becomes its status. */
    private interface Call {
        void run() throws Refusal;
    }

    private static void answer(StreamObserver<?> to, Call call) {
        try {
            call.run();
        } catch (Refusal e) {
            to.onError(e.toStatus());
        } catch (RuntimeException | Error e) {
            if (((ServerCallStreamObserver<?>) to).isCancelled()) {
                return;
            }
            // The thread may not be gRPC's own, which would end the call.
            to.onError(io.grpc.Status.INTERNAL.withDescription("the switch failed: " + e).asRuntimeException());
            throw e;
        }
    }

    private void later(StreamObserver<?> to, Call call) {
        calls.execute(() -> answer(to, call));
    }

    private static <T> void reply(StreamObserver<T> to, T message) {
        to.onNext(message);
        to.onCompleted();
    }

    @Override
    public void write(WriteRequest request, StreamObserver<WriteResponse> to) {
        if (request.getUpdatesCount() <= SMALL_BATCH) {
            answer(to, () -> written(request, to));
        } else {
            later(to, () -> written(request, to));
        }
    }

    private void written(WriteRequest request, StreamObserver<WriteResponse> to) throws Refusal {
        device.checkId(request.getDeviceId());
        Refusal[] outcomes = device.write(RoleName.of(request), ElectionId.of(request.getElectionId()),
                request.getUpdatesList(), request.getAtomicity());
        StatusRuntimeException failure = failure(outcomes, "updates");
        if (failure == null) {
            reply(to, WriteResponse.getDefaultInstance());
        } else {
            to.onError(failure);
        }
    }

    /** All calls, of which Read answers with octets in place of messages. */
    ServerServiceDefinition calls() {
        ServerServiceDefinition.Builder own = ServerServiceDefinition.builder(P4RuntimeGrpc.SERVICE_NAME);
        for (ServerMethodDefinition<?, ?> method : bindService().getMethods()) {
            if (!method.getMethodDescriptor().getFullMethodName().equals(READ.getFullMethodName())) {
                own.addMethod(method);
            }
        }
        return own.addMethod(READ, ServerCalls.asyncServerStreamingCall(this::answerRead)).build();
    }

    private void answerRead(ReadRequest request, StreamObserver<InputStream> to) {
        later(to, () -> {
            device.checkId(request.getDeviceId());
            Responses responses = new Responses(to::onNext);
            Refusal[] outcomes = device.read(RoleName.of(request), request.getEntitiesList(), responses);
            StatusRuntimeException failure = failure(outcomes, "requests");
            responses.flush();
            if (failure == null) {
                to.onCompleted();
            } else {
                to.onError(failure);
            }
        });
    }

    /** Null, or UNKNOWN with one p4.v1.Error for each element of the batch (sections 12.3 and 13.3). */
    private static StatusRuntimeException failure(Refusal[] outcomes, String elements) {
        int failed = 0;
        int room = Math.max(LEAST_TEXT_OCTETS, DETAIL_OCTETS - CODE_OCTETS * outcomes.length);
        String first = null;
        Status.Builder status = Status.newBuilder().setCode(Code.UNKNOWN_VALUE);
        for (Refusal outcome : outcomes) {
            P4RuntimeOuterClass.Error error = P4RuntimeOuterClass.Error.getDefaultInstance();
            if (outcome != null) {
                failed++;
                first = first == null ? outcome.text() : first;
                error = outcome.toError();
                room -= error.getMessage().length() + 3;
                error = room >= 0 ? error : error.toBuilder().clearMessage().build();
            }
            status.addDetails(Any.pack(error));
        }
        if (failed == 0) {
            return null;
        }
        return StatusProto.toStatusRuntimeException(status.setMessage(failed + " of " + outcomes.length + " "
                + elements + " failed, the first: " + first).build());
    }

    @Override
    public void setForwardingPipelineConfig(SetForwardingPipelineConfigRequest request,
                                            StreamObserver<SetForwardingPipelineConfigResponse> to) {
        later(to, () -> {
            device.checkId(request.getDeviceId());
            device.configure(RoleName.of(request), ElectionId.of(request.getElectionId()), request.getAction(),
                    request.getConfig(), request.hasConfig());
            reply(to, SetForwardingPipelineConfigResponse.getDefaultInstance());
        });
    }

    @Override
    public void getForwardingPipelineConfig(GetForwardingPipelineConfigRequest request,
                                            StreamObserver<GetForwardingPipelineConfigResponse> to) {
        answer(to, () -> {
            device.checkId(request.getDeviceId());
            ForwardingPipelineConfig config = device.config();
            GetForwardingPipelineConfigResponse.Builder response = GetForwardingPipelineConfigResponse.newBuilder();
            if (config != null) {
                response.setConfig(part(config, request.getResponseType()));
            }
            reply(to, response.build());
        });
    }

    private static ForwardingPipelineConfig part(ForwardingPipelineConfig config,
            GetForwardingPipelineConfigRequest.ResponseType type) throws Refusal {
        return switch (type) {
            case ALL -> config;
            case COOKIE_ONLY -> config.toBuilder().clearP4Info().clearP4DeviceConfig().build();
            case P4INFO_AND_COOKIE -> config.toBuilder().clearP4DeviceConfig().build();
            case DEVICE_CONFIG_AND_COOKIE -> config.toBuilder().clearP4Info().build();
            default -> throw Refusal.invalid("response_type is unknown: give for example ALL");
        };
    }

    @Override
    public void capabilities(CapabilitiesRequest request, StreamObserver<CapabilitiesResponse> to) {
        reply(to, CapabilitiesResponse.newBuilder().setP4RuntimeApiVersion(VERSION).build());
    }

    @Override
    public StreamObserver<StreamMessageRequest> streamChannel(StreamObserver<StreamMessageResponse> responses) {
        ServerCallStreamObserver<StreamMessageResponse> call =
                (ServerCallStreamObserver<StreamMessageResponse>) responses;
        Controller controller = new Controller(call);
        call.setOnReadyHandler(controller::drain);
        call.setOnCancelHandler(() -> leave(controller));
        call.setOnCloseHandler(() -> leave(controller));
        return new ControllerStream(device, controller);
    }

    private void leave(Controller controller) {
        controller.gone();
        device.remove(controller);
    }
}
