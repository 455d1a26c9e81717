// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.Uint128;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** A plain P4Runtime controller for tests. Every wait is bounded. */
public final class Client implements AutoCloseable {
    private static final long SECONDS = 20;

    private final ManagedChannel channel;
    private final long deviceId;
    private final Uint128 electionId;
    private final List<Stream> streams = new ArrayList<>();

    /** A stream of this controller, and what came on it. */
    public static final class Stream implements StreamObserver<StreamMessageResponse> {
        private final LinkedBlockingQueue<StreamMessageResponse> received = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> ended = new CompletableFuture<>();
        private StreamObserver<StreamMessageRequest> requests;

        @Override
        public void onNext(StreamMessageResponse message) {
            received.add(message);
        }

        @Override
        public void onError(Throwable error) {
            ended.complete(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            ended.complete(Status.OK);
        }

        /** Sends a message. */
        public void send(StreamMessageRequest message) {
            requests.onNext(message);
        }

        /** Stands for election in a role. */
        void arbitrate(long deviceId, long role, Uint128 electionId) {
            MasterArbitrationUpdate.Builder update = MasterArbitrationUpdate.newBuilder().setDeviceId(deviceId);
            if (electionId != null) {
                update.setElectionId(electionId);
            }
            if (role != 0) {
                update.getRoleBuilder().setId(role);
            }
            send(StreamMessageRequest.newBuilder().setArbitration(update).build());
        }

        /** The next message, which must come. */
        public StreamMessageResponse next() {
            try {
                StreamMessageResponse message = received.poll(SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("no message came; the stream: " + ended);
                }
                return message;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        MasterArbitrationUpdate arbitration() {
            StreamMessageResponse message = next();
            if (!message.hasArbitration()) {
                throw new AssertionError("not an arbitration message: " + message);
            }
            return message.getArbitration();
        }

        boolean silent() {
            return received.isEmpty();
        }

        /** How the stream ended, which it must. */
        public Status end() {
            try {
                return ended.get(SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException | ExecutionException | TimeoutException e) {
                throw new AssertionError("the stream did not end", e);
            }
        }

        void close() {
            requests.onCompleted();
        }
    }

    /** A controller with that election id. */
    public Client(String address, long deviceId, long electionId) {
        channel = NettyChannelBuilder.forTarget(address).usePlaintext().maxInboundMessageSize(64 << 20)
                .maxInboundMetadataSize(8 << 20).build();
        this.deviceId = deviceId;
        this.electionId = low(electionId);
    }

    static Uint128 low(long id) {
        return Uint128.newBuilder().setLow(id).build();
    }

    P4RuntimeGrpc.P4RuntimeBlockingStub calls() {
        return P4RuntimeGrpc.newBlockingStub(channel).withDeadlineAfter(SECONDS, TimeUnit.SECONDS);
    }

    Stream stream() {
        Stream stream = new Stream();
        stream.requests = P4RuntimeGrpc.newStub(channel).streamChannel(stream);
        streams.add(stream);
        return stream;
    }

    /** Keeps a stream that has ended no longer. */
    void forget(Stream stream) {
        streams.remove(stream);
    }

    /** Opens a stream and becomes primary. */
    public Stream primary() {
        Stream stream = stream();
        stream.arbitrate(deviceId, 0, electionId);
        MasterArbitrationUpdate answer = stream.arbitration();
        if (answer.getStatus().getCode() != 0) {
            throw new AssertionError("not primary: " + answer);
        }
        return stream;
    }

    SetForwardingPipelineConfigRequest.Builder setting(SetForwardingPipelineConfigRequest.Action action) {
        return SetForwardingPipelineConfigRequest.newBuilder().setDeviceId(deviceId).setElectionId(electionId)
                .setAction(action);
    }

    /** Sets a pipeline with VERIFY_AND_COMMIT. */
    public void set(ForwardingPipelineConfig config) {
        calls().setForwardingPipelineConfig(
                setting(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT).setConfig(config).build());
    }

    ForwardingPipelineConfig get(GetForwardingPipelineConfigRequest.ResponseType type) {
        return calls().getForwardingPipelineConfig(GetForwardingPipelineConfigRequest.newBuilder()
                .setDeviceId(deviceId).setResponseType(type).build()).getConfig();
    }

    WriteRequest.Builder writing(Update... updates) {
        return WriteRequest.newBuilder().setDeviceId(deviceId).setElectionId(electionId)
                .addAllUpdates(List.of(updates));
    }

    /** Writes updates, which must all succeed. */
    public void write(Update... updates) {
        calls().write(writing(updates).build());
    }

    /** Writes one update; returns the name of its error, or nothing when it succeeds. */
    public String outcome(Update update) {
        try {
            calls().write(writing(update).build());
            return "";
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode() == Status.Code.UNKNOWN ? String.valueOf(details(e)) : e.getMessage();
        }
    }

    /** Writes updates of which some fail: the p4.v1.Error of each. */
    List<P4RuntimeOuterClass.Error> errors(Update... updates) {
        try {
            calls().write(writing(updates).build());
        } catch (StatusRuntimeException e) {
            return details(e);
        }
        throw new AssertionError("nothing was refused");
    }

    static List<P4RuntimeOuterClass.Error> details(StatusRuntimeException e) {
        com.google.rpc.Status status = StatusProto.fromThrowable(e);
        if (e.getStatus().getCode() != Status.Code.UNKNOWN || status == null) {
            throw e;
        }
        List<P4RuntimeOuterClass.Error> errors = new ArrayList<>();
        try {
            for (Any detail : status.getDetailsList()) {
                errors.add(detail.unpack(P4RuntimeOuterClass.Error.class));
            }
        } catch (InvalidProtocolBufferException bad) {
            throw new AssertionError("details are not p4.v1.Error", bad);
        }
        return errors;
    }

    /** Reads what the patterns select. */
    public List<Entity> read(Entity... patterns) {
        List<Entity> found = new ArrayList<>();
        calls().read(ReadRequest.newBuilder().setDeviceId(deviceId).addAllEntities(List.of(patterns)).build())
                .forEachRemaining(response -> found.addAll(response.getEntitiesList()));
        return found;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
