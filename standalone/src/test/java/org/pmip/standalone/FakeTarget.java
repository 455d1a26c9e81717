// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.google.protobuf.Any;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Table;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.GetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.ReadResponse;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigResponse;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;
import p4.v1.P4RuntimeOuterClass.WriteResponse;

/**
 * A P4Runtime server with tables and nothing behind them, whose limits and counters a test can set.
 */
final class FakeTarget extends P4RuntimeGrpc.P4RuntimeImplBase implements AutoCloseable {
    final BlockingQueue<PacketOut> packetsOut = new LinkedBlockingQueue<>();
    final BlockingQueue<WriteRequest> writes = new LinkedBlockingQueue<>();
    private final Map<TableEntry, TableEntry> entries = new LinkedHashMap<>();
    private final Map<Long, MeterEntry> meters = new LinkedHashMap<>();
    private final Map<Integer, Long> limits = new LinkedHashMap<>();
    private Server server;
    private ForwardingPipelineConfig pipeline;
    private StreamObserver<StreamMessageResponse> stream;
    private CounterData counter = CounterData.getDefaultInstance();
    private int pipelinesSet;

    int start(int port) throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1",
            port)).addService(this).build().start();
        return server.getPort();
    }

    /** Stops the server; what it knows stays, as in a switch that loses its management network. */
    void disconnect() throws InterruptedException {
        server.shutdownNow();
        server.awaitTermination(5, TimeUnit.SECONDS);
    }

    /** Forgets all, as a switch that restarts. */
    synchronized void forget() {
        entries.clear();
        pipeline = null;
    }

    synchronized int pipelinesSet() {
        return pipelinesSet;
    }

    synchronized List<TableEntry> entries() {
        return List.copyOf(entries.values());
    }

    synchronized MeterEntry meter(long index) {
        return meters.get(index);
    }

    synchronized void limit(String table, long size) {
        limits.put(table(table).getPreamble().getId(), size);
    }

    synchronized void counter(long packets, long octets) {
        counter = CounterData.newBuilder().setPacketCount(packets).setByteCount(octets).build();
    }

    synchronized void add(TableEntry entry) {
        entries.put(key(entry), entry);
    }

    synchronized void dropEntries() {
        entries.clear();
    }

    synchronized Table table(String name) {
        return pipeline.getP4Info().getTablesList().stream().filter(t -> t.getPreamble().getName().equals(name))
            .findFirst().orElseThrow();
    }

    synchronized P4Info p4Info() {
        return pipeline.getP4Info();
    }

    synchronized void packetIn(PacketIn packet) {
        stream.onNext(StreamMessageResponse.newBuilder().setPacket(packet).build());
    }

    /** Tells the controller that another one is primary now. */
    synchronized void demote() {
        stream.onNext(StreamMessageResponse.newBuilder().setArbitration(MasterArbitrationUpdate.newBuilder()
            .setStatus(com.google.rpc.Status.newBuilder().setCode(Status.Code.ALREADY_EXISTS.value())
                .setMessage("another is primary"))).build());
    }

    private static TableEntry key(TableEntry entry) {
        return TableEntry.newBuilder().setTableId(entry.getTableId()).addAllMatch(entry.getMatchList())
            .setPriority(entry.getPriority()).build();
    }

    @Override
    public StreamObserver<StreamMessageRequest> streamChannel(StreamObserver<StreamMessageResponse> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(StreamMessageRequest request) {
                if (request.hasPacket()) {
                    packetsOut.add(request.getPacket());
                    return;
                }
                synchronized (FakeTarget.this) {
                    stream = responses;
                }
                responses.onNext(StreamMessageResponse.newBuilder().setArbitration(request.getArbitration()).build());
            }

            @Override
            public void onError(Throwable error) {
                // The controller is gone.
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    @Override
    public synchronized void getForwardingPipelineConfig(GetForwardingPipelineConfigRequest request,
                                                         StreamObserver<GetForwardingPipelineConfigResponse> reply) {
        if (pipeline == null) {
            reply.onError(Status.FAILED_PRECONDITION.withDescription("no pipeline").asRuntimeException());
            return;
        }
        reply.onNext(GetForwardingPipelineConfigResponse.newBuilder().setConfig(ForwardingPipelineConfig.newBuilder()
            .setCookie(pipeline.getCookie())).build());
        reply.onCompleted();
    }

    @Override
    public synchronized void setForwardingPipelineConfig(SetForwardingPipelineConfigRequest request,
                                                         StreamObserver<SetForwardingPipelineConfigResponse> reply) {
        pipeline = request.getConfig();
        entries.clear();
        pipelinesSet++;
        reply.onNext(SetForwardingPipelineConfigResponse.getDefaultInstance());
        reply.onCompleted();
    }

    @Override
    public synchronized void write(WriteRequest request, StreamObserver<WriteResponse> reply) {
        writes.add(request);
        List<p4.v1.P4RuntimeOuterClass.Error> errors = new ArrayList<>();
        boolean failed = false;
        for (Update update : request.getUpdatesList()) {
            Status status = apply(update);
            failed |= !status.isOk();
            errors.add(p4.v1.P4RuntimeOuterClass.Error.newBuilder().setCanonicalCode(status.getCode().value())
                .setMessage(status.isOk() ? "" : status.getCode().name()).build());
        }
        if (failed) {
            com.google.rpc.Status.Builder whole = com.google.rpc.Status.newBuilder()
                .setCode(Status.Code.UNKNOWN.value());
            errors.forEach(error -> whole.addDetails(Any.pack(error)));
            reply.onError(StatusProto.toStatusRuntimeException(whole.build()));
        } else {
            reply.onNext(WriteResponse.getDefaultInstance());
            reply.onCompleted();
        }
    }

    private Status apply(Update update) {
        if (update.getEntity().hasMeterEntry()) {
            MeterEntry meter = update.getEntity().getMeterEntry();
            meters.put(meter.getIndex().getIndex(), meter);
            return Status.OK;
        }
        TableEntry entry = update.getEntity().getTableEntry();
        TableEntry key = key(entry);
        switch (update.getType()) {
            case INSERT -> {
                if (entries.containsKey(key)) {
                    return Status.ALREADY_EXISTS;
                }
                long limit = limits.getOrDefault(entry.getTableId(), Long.MAX_VALUE);
                if (entries.keySet().stream().filter(k -> k.getTableId() == entry.getTableId()).count() >= limit) {
                    return Status.RESOURCE_EXHAUSTED;
                }
                entries.put(key, entry);
            }
            case MODIFY -> {
                if (!entries.containsKey(key)) {
                    return Status.NOT_FOUND;
                }
                entries.put(key, entry);
            }
            default -> {
                if (entries.remove(key) == null) {
                    return Status.NOT_FOUND;
                }
            }
        }
        return Status.OK;
    }

    @Override
    public synchronized void read(ReadRequest request, StreamObserver<ReadResponse> reply) {
        ReadResponse.Builder response = ReadResponse.newBuilder();
        for (Entity pattern : request.getEntitiesList()) {
            if (pattern.hasMeterEntry()) {
                long index = pattern.getMeterEntry().getIndex().getIndex();
                response.addEntities(Entity.newBuilder().setMeterEntry(
                    meters.getOrDefault(index, pattern.getMeterEntry())));
                continue;
            }
            TableEntry wanted = pattern.getTableEntry();
            entries.values().stream().filter(e -> e.getTableId() == wanted.getTableId()).forEach(e ->
                response.addEntities(Entity.newBuilder().setTableEntry(wanted.hasCounterData()
                    ? e.toBuilder().setCounterData(counter).build() : e)));
        }
        reply.onNext(response.build());
        reply.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
