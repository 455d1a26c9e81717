// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.ReadResponse;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.Uint128;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;
import p4.v1.P4RuntimeOuterClass.WriteResponse;

/**
 * One connection to one P4Runtime target (P4Runtime 1.3): its stream channel with arbitration, and the calls that
 * go with it. A session whose stream has ended is not used again; a new one is made.
 *
 * <p>All calls are asynchronous and time out. Safe for use by many threads.
 */
final class P4RuntimeSession implements AutoCloseable {
    private static final int MAX_MESSAGE_OCTETS = 64 * 1024 * 1024;
    /** A write is answered with a word on each of its updates, in the metadata, for which gRPC has 8192 octets. */
    private static final int MAX_METADATA_OCTETS = 1024 * 1024;
    private static final long CALL_SECONDS = 10;
    private static final long PIPELINE_SECONDS = 30;
    private static final int OK = 0;

    private final TargetAddress address;
    private final Uint128 electionId;
    private final ManagedChannel channel;
    private final P4RuntimeGrpc.P4RuntimeStub stub;
    private final Listener listener;
    private volatile ClientCallStreamObserver<StreamMessageRequest> stream;
    private volatile boolean left;

    /**
     * What happens on the stream. Called by one thread at a time, in the order of the messages.
     */
    interface Listener {
        /**
         * The target has said who is primary.
         *
         * @param primary true when it is this session
         * @param message what the target adds
         */
        void arbitrated(boolean primary, String message);

        /**
         * A packet came from the data plane.
         *
         * @param packet with its metadata
         */
        void packetIn(PacketIn packet);

        /**
         * The stream has ended; nothing follows.
         *
         * @param reason for people
         */
        void closed(String reason);
    }

    /**
     * Prepares a session; {@link #open} begins it.
     *
     * @param address of the target
     * @param electionId greater ones win the right to write
     * @param threads that carry the connection
     * @param listener of the stream
     */
    public P4RuntimeSession(TargetAddress address, long electionId, Threads threads, Listener listener) {
        this.address = address;
        this.electionId = Uint128.newBuilder().setLow(electionId).build();
        this.listener = listener;
        channel = NettyChannelBuilder.forAddress(address.host(), address.port()).usePlaintext()
            .maxInboundMessageSize(MAX_MESSAGE_OCTETS).maxInboundMetadataSize(MAX_METADATA_OCTETS)
            .eventLoopGroup(threads.io()).channelType(NioSocketChannel.class)
            .executor(threads.callbacks()).offloadExecutor(threads.callbacks()).build();
        stub = P4RuntimeGrpc.newStub(channel);
    }

    /** Opens the stream and stands for election. */
    public void open() {
        StreamObserver<StreamMessageRequest> requests = stub.streamChannel(new StreamReader());
        requests.onNext(StreamMessageRequest.newBuilder().setArbitration(MasterArbitrationUpdate.newBuilder()
            .setDeviceId(address.deviceId()).setElectionId(electionId)).build());
    }

    /** Reads the stream; also the way to learn whether the transport takes more packets. */
    private final class StreamReader implements ClientResponseObserver<StreamMessageRequest, StreamMessageResponse> {
        @Override
        public void beforeStart(ClientCallStreamObserver<StreamMessageRequest> requestStream) {
            stream = requestStream;
        }

        @Override
        public void onNext(StreamMessageResponse message) {
            switch (message.getUpdateCase()) {
                case ARBITRATION -> {
                    MasterArbitrationUpdate update = message.getArbitration();
                    listener.arbitrated(update.getStatus().getCode() == OK, update.getStatus().getMessage());
                }
                case PACKET -> listener.packetIn(message.getPacket());
                default -> {
                    // Digests, idle timeouts and stream errors belong to requests that are never made here.
                }
            }
        }

        @Override
        public void onError(Throwable error) {
            stream = null;
            if (!left) {
                listener.closed(describe(error));
            }
        }

        @Override
        public void onCompleted() {
            stream = null;
            if (!left) {
                listener.closed("the target ended the stream");
            }
        }
    }

    /**
     * Sends a packet into the data plane.
     *
     * @param packet with its metadata
     * @return false when the stream is down, so that the packet is lost
     */
    public boolean packetOut(PacketOut packet) {
        ClientCallStreamObserver<StreamMessageRequest> open = stream;
        if (open == null) {
            return false;
        }
        StreamMessageRequest message = StreamMessageRequest.newBuilder().setPacket(packet).build();
        // A request stream takes one message at a time.
        synchronized (open) {
            try {
                open.onNext(message);
            } catch (IllegalStateException e) {
                // The stream was cancelled between the look and the leap.
                return false;
            }
        }
        return true;
    }

    /**
     * Writes a batch, entry by entry: what fails does not hinder the rest (CONTINUE_ON_ERROR).
     *
     * @param updates in the order wanted
     * @return one status for each update in its place; it never fails, a lost connection is a status too
     */
    public CompletableFuture<List<UpdateStatus>> write(List<Update> updates) {
        WriteRequest request = WriteRequest.newBuilder().setDeviceId(address.deviceId()).setElectionId(electionId)
            .addAllUpdates(updates).build();
        Single<WriteResponse> reply = new Single<>();
        timed(CALL_SECONDS).write(request, reply);
        return reply.future().handle((response, error) -> error == null
            ? UpdateStatus.allOk(updates.size())
            : UpdateStatus.of(error, updates.size()));
    }

    /**
     * Reads entities.
     *
     * @param patterns with wildcards as the specification has them
     * @return what the target has
     */
    public CompletableFuture<List<Entity>> read(List<Entity> patterns) {
        ReadRequest request = ReadRequest.newBuilder().setDeviceId(address.deviceId()).addAllEntities(patterns).build();
        CompletableFuture<List<Entity>> future = new CompletableFuture<>();
        List<Entity> entities = new ArrayList<>();
        timed(PIPELINE_SECONDS).read(request, new StreamObserver<ReadResponse>() {
            @Override
            public void onNext(ReadResponse response) {
                entities.addAll(response.getEntitiesList());
            }

            @Override
            public void onError(Throwable error) {
                future.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                future.complete(entities);
            }
        });
        return future;
    }

    /**
     * Asks which pipeline the target runs.
     *
     * @return the cookie of the pipeline, empty when none is set
     */
    public CompletableFuture<OptionalLong> pipelineCookie() {
        Single<GetForwardingPipelineConfigResponse> reply = new Single<>();
        timed(CALL_SECONDS).getForwardingPipelineConfig(GetForwardingPipelineConfigRequest.newBuilder()
            .setDeviceId(address.deviceId())
            .setResponseType(GetForwardingPipelineConfigRequest.ResponseType.COOKIE_ONLY).build(), reply);
        return reply.future().handle((response, error) -> {
            if (error == null) {
                return response.getConfig().hasCookie()
                    ? OptionalLong.of(response.getConfig().getCookie().getCookie())
                    : OptionalLong.empty();
            }
            Status.Code code = Status.fromThrowable(error).getCode();
            if (code == Status.Code.FAILED_PRECONDITION || code == Status.Code.NOT_FOUND) {
                return OptionalLong.empty();
            }
            throw new IllegalStateException(describe(error), error);
        });
    }

    /**
     * Makes the target run a pipeline, without any entry.
     *
     * @param p4Info of the program
     * @param deviceConfig compiled program
     * @param cookie by which the pipeline is known again
     * @return completed when the target runs it
     */
    public CompletableFuture<Void> setPipeline(P4Info p4Info, ByteString deviceConfig, long cookie) {
        Single<SetForwardingPipelineConfigResponse> reply = new Single<>();
        timed(PIPELINE_SECONDS).setForwardingPipelineConfig(SetForwardingPipelineConfigRequest.newBuilder()
            .setDeviceId(address.deviceId()).setElectionId(electionId)
            .setAction(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT)
            .setConfig(ForwardingPipelineConfig.newBuilder().setP4Info(p4Info).setP4DeviceConfig(deviceConfig)
                .setCookie(ForwardingPipelineConfig.Cookie.newBuilder().setCookie(cookie))).build(), reply);
        return reply.future().thenApply(response -> null);
    }

    private P4RuntimeGrpc.P4RuntimeStub timed(long seconds) {
        return stub.withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    /**
     * Tells what went wrong in words that help.
     *
     * @param error of a call
     * @return one line
     */
    static String describe(Throwable error) {
        Status status = Status.fromThrowable(error);
        Throwable root = status.getCause();
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        String text = root != null && root.getMessage() != null ? root.getMessage() : status.getDescription();
        return status.getCode() + (text == null ? "" : ": " + text);
    }

    /** Ends the connection, of which the listener hears nothing more. */
    @Override
    public void close() {
        left = true;
        channel.shutdownNow();
    }

    /** Reply of a call that has one. */
    private static final class Single<T> implements StreamObserver<T> {
        private final CompletableFuture<T> future = new CompletableFuture<>();

        private CompletableFuture<T> future() {
            return future;
        }

        @Override
        public void onNext(T value) {
            future.complete(value);
        }

        @Override
        public void onError(Throwable error) {
            future.completeExceptionally(error);
        }

        @Override
        public void onCompleted() {
            // The value has come before.
        }
    }
}
