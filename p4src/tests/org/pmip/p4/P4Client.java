// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.pi.runtime.PiExactFieldMatch;
import org.onosproject.net.pi.runtime.PiFieldMatch;
import org.onosproject.net.pi.runtime.PiLpmFieldMatch;
import org.onosproject.net.pi.runtime.PiTernaryFieldMatch;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.PuntRule;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Table;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Uint128;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** As much of a P4Runtime controller as the tests need; the switch is programmed through the entities of pipeconf. */
final class P4Client implements AutoCloseable {
    private static final long DEVICE = 1;
    private static final Uint128 ELECTION = Uint128.newBuilder().setLow(1).build();

    private final ManagedChannel channel;
    private final P4RuntimeGrpc.P4RuntimeBlockingStub stub;
    private final StreamObserver<StreamMessageRequest> stream;
    private final BlockingQueue<StreamMessageResponse> arbitration = new LinkedBlockingQueue<>();
    private final BlockingQueue<PacketIn> packetIns = new LinkedBlockingQueue<>();
    private final P4Info p4info;
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, p4.config.v1.P4InfoOuterClass.Action> actions = new HashMap<>();

    P4Client(Target target, Path build) throws IOException, InterruptedException {
        P4Info.Builder info = P4Info.newBuilder();
        TextFormat.merge(Files.readString(build.resolve("pmip.p4info.txtpb")), info);
        p4info = info.build();
        p4info.getTablesList().forEach(table -> tables.put(table.getPreamble().getName(), table));
        p4info.getActionsList().forEach(action -> actions.put(action.getPreamble().getName(), action));
        channel = target.channel();
        stub = P4RuntimeGrpc.newBlockingStub(channel).withMaxInboundMessageSize(64 << 20);
        stream = P4RuntimeGrpc.newStub(channel).streamChannel(new Incoming());
        stream.onNext(StreamMessageRequest.newBuilder().setArbitration(MasterArbitrationUpdate.newBuilder()
                .setDeviceId(DEVICE).setElectionId(ELECTION)).build());
        StreamMessageResponse answer = arbitration.poll(30, TimeUnit.SECONDS);
        if (answer == null || answer.getArbitration().getStatus().getCode() != 0) {
            throw new IOException("Not the primary controller of " + target.name() + ": " + answer);
        }
        stub.setForwardingPipelineConfig(SetForwardingPipelineConfigRequest.newBuilder()
                .setDeviceId(DEVICE).setElectionId(ELECTION)
                .setAction(SetForwardingPipelineConfigRequest.Action.VERIFY_AND_COMMIT)
                .setConfig(ForwardingPipelineConfig.newBuilder().setP4Info(p4info)
                        .setP4DeviceConfig(ByteString.copyFrom(Files.readAllBytes(build.resolve("pmip.json")))))
                .build());
    }

    void insert(Collection<? extends PipelineEntity> entities) {
        write(Update.Type.INSERT, entities);
    }

    void modify(Collection<? extends PipelineEntity> entities) {
        write(Update.Type.MODIFY, entities);
    }

    void delete(Collection<? extends PipelineEntity> entities) {
        write(Update.Type.DELETE, entities);
    }

    private void write(Update.Type type, Collection<? extends PipelineEntity> entities) {
        WriteRequest.Builder request = WriteRequest.newBuilder().setDeviceId(DEVICE).setElectionId(ELECTION);
        for (PipelineEntity entity : entities) {
            request.addUpdates(Update.newBuilder().setType(type)
                    .setEntity(Entity.newBuilder().setTableEntry(entry(entity))));
        }
        stub.write(request.build());
    }

    /** Packets and octets counted by an entry. */
    CounterData counter(PipelineEntity entity) {
        return read(List.of(entity)).get(0).getCounterData();
    }

    /** Packets counted by each of some entries of one table. */
    List<Long> counters(List<? extends PipelineEntity> entities) {
        return read(entities).stream().map(entry -> entry.getCounterData().getPacketCount()).toList();
    }

    private List<TableEntry> read(List<? extends PipelineEntity> entities) {
        ReadRequest.Builder request = ReadRequest.newBuilder().setDeviceId(DEVICE);
        List<TableEntry> keys = entities.stream().map(entity -> entry(entity).toBuilder().clearAction().build())
                .toList();
        keys.forEach(key -> request.addEntities(Entity.newBuilder()
                .setTableEntry(key.toBuilder().setCounterData(CounterData.getDefaultInstance()))));
        Map<List<FieldMatch>, TableEntry> found = new HashMap<>();
        stub.read(request.build()).forEachRemaining(response -> response.getEntitiesList()
                .forEach(each -> found.put(each.getTableEntry().getMatchList(), each.getTableEntry())));
        return keys.stream().map(key -> found.get(key.getMatchList())).toList();
    }

    void limit(String meter, int index, long packetsPerSecond, long burst) {
        int id = p4info.getMetersList().stream().filter(m -> m.getPreamble().getName().equals(meter))
                .findFirst().orElseThrow().getPreamble().getId();
        MeterConfig config = MeterConfig.newBuilder().setCir(packetsPerSecond).setCburst(burst)
                .setPir(packetsPerSecond).setPburst(burst).build();
        MeterEntry entry = MeterEntry.newBuilder().setMeterId(id).setIndex(Index.newBuilder().setIndex(index))
                .setConfig(config).build();
        stub.write(WriteRequest.newBuilder().setDeviceId(DEVICE).setElectionId(ELECTION)
                .addUpdates(Update.newBuilder().setType(Update.Type.MODIFY)
                        .setEntity(Entity.newBuilder().setMeterEntry(entry))).build());
    }

    /** Codes of the failed updates of a write. */
    static List<Integer> errorCodes(StatusRuntimeException failure) {
        try {
            List<Integer> codes = new ArrayList<>();
            for (Any detail : StatusProto.fromThrowable(failure).getDetailsList()) {
                int code = detail.unpack(P4RuntimeOuterClass.Error.class).getCanonicalCode();
                if (code != 0) {
                    codes.add(code);
                }
            }
            return codes;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("Not the details of a write", e);
        }
    }

    /** Makes a multicast group; each member is a port and an instance. */
    void group(int id, Map<Integer, Integer> instancesByPort) {
        MulticastGroupEntry.Builder group = MulticastGroupEntry.newBuilder().setMulticastGroupId(id);
        instancesByPort.forEach((port, instance) ->
                group.addReplicas(Replica.newBuilder().setEgressPort(port).setInstance(instance)));
        stub.write(WriteRequest.newBuilder().setDeviceId(DEVICE).setElectionId(ELECTION)
                .addUpdates(Update.newBuilder().setType(Update.Type.INSERT).setEntity(Entity.newBuilder()
                        .setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                                .setMulticastGroupEntry(group)))).build());
    }

    void packetOut(int port, boolean throughPipeline, int domain, byte[] frame) {
        stream.onNext(StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder()
                .setPayload(ByteString.copyFrom(frame))
                .addMetadata(metadata(1, port)).addMetadata(metadata(2, throughPipeline ? 1 : 0))
                .addMetadata(metadata(3, 0)).addMetadata(metadata(4, domain))).build());
    }

    private static PacketMetadata metadata(int id, long value) {
        return PacketMetadata.newBuilder().setMetadataId(id)
                .setValue(canonical(ImmutableByteSequence.copyFrom(value))).build();
    }

    BlockingQueue<PacketIn> packetIns() {
        return packetIns;
    }

    private TableEntry entry(PipelineEntity entity) {
        Table table = tables.get(entity.table().id());
        TableEntry.Builder entry = TableEntry.newBuilder().setTableId(table.getPreamble().getId());
        for (PiFieldMatch match : entity.matchKey().fieldMatches()) {
            int id = table.getMatchFieldsList().stream().filter(f -> f.getName().equals(match.fieldId().id()))
                    .findFirst().orElseThrow().getId();
            entry.addMatch(match(match).setFieldId(id));
        }
        if (entity instanceof PuntRule) {
            entry.setPriority(entity.priority());
        }
        p4.config.v1.P4InfoOuterClass.Action model = actions.get(entity.action().id().id());
        Action.Builder action = Action.newBuilder().setActionId(model.getPreamble().getId());
        entity.action().parameters().forEach(parameter -> action.addParams(Action.Param.newBuilder()
                .setParamId(model.getParamsList().stream().filter(p -> p.getName().equals(parameter.id().id()))
                        .findFirst().orElseThrow().getId())
                .setValue(canonical(parameter.value()))));
        entry.getActionBuilder().setAction(action);
        return entry.build();
    }

    private static FieldMatch.Builder match(PiFieldMatch match) {
        FieldMatch.Builder field = FieldMatch.newBuilder();
        if (match instanceof PiExactFieldMatch exact) {
            field.getExactBuilder().setValue(canonical(exact.value()));
        } else if (match instanceof PiLpmFieldMatch lpm) {
            field.getLpmBuilder().setValue(canonical(lpm.value())).setPrefixLen(lpm.prefixLength());
        } else if (match instanceof PiTernaryFieldMatch ternary) {
            field.getTernaryBuilder().setValue(canonical(ternary.value())).setMask(canonical(ternary.mask()));
        } else {
            throw new IllegalArgumentException("No such match in this pipeline: " + match);
        }
        return field;
    }

    private static ByteString canonical(ImmutableByteSequence value) {
        byte[] octets = value.asArray();
        int first = 0;
        while (first < octets.length - 1 && octets[first] == 0) {
            first++;
        }
        return ByteString.copyFrom(octets, first, octets.length - first);
    }

    @Override
    public void close() throws InterruptedException {
        stream.onCompleted();
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
    }

    private final class Incoming implements StreamObserver<StreamMessageResponse> {
        @Override
        public void onNext(StreamMessageResponse message) {
            if (message.hasArbitration()) {
                arbitration.add(message);
            } else if (message.hasPacket()) {
                packetIns.add(message.getPacket());
            }
        }

        @Override
        public void onError(Throwable failure) {
            // Whoever waits for an answer notices its absence; a stream that ends with the test is nothing to report.
        }

        @Override
        public void onCompleted() {
            // As above.
        }
    }
}
