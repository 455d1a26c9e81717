// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.p4runtime.P4InfoText;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.ReadResponse;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Uint128;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/**
 * Does once what every start of a switch does, with a controller in the same process, and ends: so that the JVM can be
 * told to keep the classes that this takes, for later starts (class data sharing, JEP 350).
 */
public final class Rehearsal {
    private static final long ANSWER_SECONDS = 60;
    private static final long DEVICE = 1;
    private static final Uint128 ELECTION = Uint128.newBuilder().setLow(1).build();

    private Rehearsal() {
    }

    /** Takes the JSON that p4c-bm2-ss wrote and its P4Info in text form. */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        if (arguments.length != 2) {
            System.err.println("usage: Rehearsal FILE.json FILE.p4info.txt");
            System.exit(2);
        }
        System.out.println(run(Path.of(arguments[0]), Path.of(arguments[1])) + " entities read");
    }

    /** Runs the program as given on the command line, then as set by a controller; returns how much that one read. */
    static int run(Path json, Path p4Info)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        ForwardingPipelineConfig config = ForwardingPipelineConfig.newBuilder()
                .setP4Info(P4InfoText.parse(Files.readString(p4Info)))
                .setP4DeviceConfig(ByteString.copyFrom(Files.readAllBytes(json))).build();
        try (SoftSwitch device = SoftSwitch.builder().deviceId(DEVICE).cpuPort(255)
                .port("1@udp:127.0.0.1:0/127.0.0.1:9").grpc("127.0.0.1:0").build()) {
            device.program(config);
            device.start();
            ManagedChannel channel = NettyChannelBuilder.forTarget(device.address()).usePlaintext().build();
            try {
                return control(channel, config);
            } finally {
                channel.shutdownNow();
                channel.awaitTermination(ANSWER_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private static int control(ManagedChannel channel, ForwardingPipelineConfig config)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<StreamMessageResponse> answer = new CompletableFuture<>();
        StreamObserver<StreamMessageRequest> stream = P4RuntimeGrpc.newStub(channel).streamChannel(first(answer));
        stream.onNext(StreamMessageRequest.newBuilder().setArbitration(MasterArbitrationUpdate.newBuilder()
                .setDeviceId(DEVICE).setElectionId(ELECTION)).build());
        answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        P4RuntimeGrpc.P4RuntimeBlockingStub stub = P4RuntimeGrpc.newBlockingStub(channel)
                .withDeadlineAfter(ANSWER_SECONDS, TimeUnit.SECONDS);
        stub.setForwardingPipelineConfig(SetForwardingPipelineConfigRequest.newBuilder().setDeviceId(DEVICE)
                .setElectionId(ELECTION).setConfig(config)
                .setAction(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT).build());
        stub.write(WriteRequest.newBuilder().setDeviceId(DEVICE).setElectionId(ELECTION).build());
        int read = 0;
        Iterator<ReadResponse> responses = stub.read(ReadRequest.newBuilder().setDeviceId(DEVICE)
                .addEntities(Entity.newBuilder()
                        .setTableEntry(TableEntry.newBuilder().setIsDefaultAction(true))).build());
        while (responses.hasNext()) {
            read += responses.next().getEntitiesCount();
        }
        stream.onCompleted();
        return read;
    }

    private static StreamObserver<StreamMessageResponse> first(CompletableFuture<StreamMessageResponse> answer) {
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamMessageResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("the switch ended the stream"));
            }
        };
    }
}
