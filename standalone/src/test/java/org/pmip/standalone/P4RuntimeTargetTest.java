// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.device.DeviceService;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleProgrammable;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeterRequest;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterContext;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.entity.DropCounter;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.generated.P4;
import p4.config.v1.P4InfoOuterClass.ControllerPacketMetadata;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * ONOS's services of the host against a P4Runtime target.
 */
class P4RuntimeTargetTest {
    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");

    private final FakeTarget target = new FakeTarget();
    private final List<DeviceEvent> deviceEvents = new CopyOnWriteArrayList<>();
    private int port;
    private StandaloneHost host;
    private FlowRuleService rules;
    private DeviceService devices;
    private ApplicationId app;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Bundles.packaged("org.pmip.pipeconf"), Bundles.REASON);
        port = target.start(0);
        host = StandaloneHost.builder().networkConfig(config(port)).application(List.of("org.pmip.pipeconf")).start();
        rules = host.service(FlowRuleService.class);
        devices = host.service(DeviceService.class);
        devices.addListener(deviceEvents::add);
        app = host.service(CoreService.class).registerApplication("org.pmip.test");
        Await.until("device ready", () -> devices.isAvailable(DEVICE));
    }

    @AfterEach
    void stop() throws Exception {
        if (host != null) {
            host.close();
        }
        target.close();
    }

    static JsonNode config(int port) throws Exception {
        return new ObjectMapper().readTree("{\"devices\": {\"" + DEVICE + "\": {\"basic\": {\"managementAddress\": "
            + "\"grpc://127.0.0.1:" + port + "?device_id=1\", \"driver\": \"bmv2\", "
            + "\"pipeconf\": \"org.pmip.pipeconf\"}}}}");
    }

    private FlowRule rule(int reason) {
        return DropCounter.builder().reason(DropReason.of(reason)).build().toFlowRule(DEVICE, app);
    }

    private Outcome add(FlowRule... added) {
        FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
        for (FlowRule rule : added) {
            operations.add(rule);
        }
        Outcome outcome = new Outcome();
        rules.apply(operations.build(outcome));
        return outcome;
    }

    private List<FlowEntry> entries(FlowEntry.FlowEntryState state) {
        return StreamSupport.stream(rules.getFlowEntries(DEVICE).spliterator(), false)
            .filter(e -> e.state() == state).toList();
    }

    @Test
    void reportsSuccessOnlyAfterTheTargetHasTheEntries() throws Exception {
        assertThat(add(rule(1), rule(2), rule(3)).success()).isTrue();
        assertThat(target.entries()).hasSize(3);
        Await.until("rules added", () -> entries(FlowEntry.FlowEntryState.ADDED).size() == 3);
    }

    @Test
    void refusesWhatTheTargetRefusesAndNothingElse() throws Exception {
        target.limit(P4.Drops.TABLE.id(), 2);
        Outcome outcome = add(rule(1), rule(2), rule(3));
        assertThat(outcome.success()).isFalse();
        assertThat(target.entries()).hasSize(2);
        List<FlowRule> failed = new ArrayList<>();
        outcome.failed().stages().forEach(stage -> stage.stream().map(FlowRuleOperation::rule).forEach(failed::add));
        assertThat(failed).hasSize(1);
        assertThat(List.of(rule(1), rule(2), rule(3))).containsAll(failed);
    }

    @Test
    void triesARefusedRuleAgainUntilItIsRemoved() throws Exception {
        target.limit(P4.Drops.TABLE.id(), 1);
        assertThat(add(rule(1)).success()).isTrue();
        assertThat(add(rule(2)).success()).isFalse();
        // A second wish is not taken for granted because of the first one's failure.
        assertThat(add(rule(2)).success()).isFalse();
        assertThat(entries(FlowEntry.FlowEntryState.PENDING_ADD)).extracting(FlowEntry::id).contains(rule(2).id());
        target.limit(P4.Drops.TABLE.id(), 2);
        Await.until("refused rule tried again", () -> target.entries().size() == 2);
        rules.removeFlowRules(rule(2));
        Await.until("rule removed", () -> target.entries().size() == 1);
        Await.until("rule forgotten", () -> rules.getFlowRuleCount(DEVICE) == 1);
    }

    @Test
    void servesStagesOneAfterTheOther() throws Exception {
        Outcome outcome = new Outcome();
        rules.apply(FlowRuleOperations.builder().add(rule(1)).newStage().add(rule(2)).newStage().remove(rule(1))
            .build(outcome));
        assertThat(outcome.success()).isTrue();
        assertThat(target.entries()).hasSize(1);
        assertThat(target.writes.stream().map(write -> write.getUpdates(0).getType().name()))
            .containsExactly("INSERT", "INSERT", "DELETE");
    }

    @Test
    void doesNotWriteWhatIsThereAlready() throws Exception {
        assertThat(add(rule(1)).success()).isTrue();
        target.writes.clear();
        assertThat(add(rule(1)).success()).isTrue();
        assertThat(target.writes).isEmpty();
    }

    @Test
    void readsCountersFromTheTarget() throws Exception {
        assertThat(add(rule(1)).success()).isTrue();
        target.counter(7, 700);
        Await.until("counters read", () -> entries(FlowEntry.FlowEntryState.ADDED).stream()
            .anyMatch(e -> e.packets() == 7 && e.bytes() == 700));
    }

    @Test
    void removesAllRulesOfAnApplication() throws Exception {
        assertThat(add(rule(1), rule(2)).success()).isTrue();
        rules.removeFlowRulesById(app);
        Await.until("entries removed", () -> target.entries().isEmpty());
        Await.until("rules forgotten", () -> rules.getFlowRuleCount(DEVICE) == 0);
    }

    @Test
    void takesAwayEntriesThatNobodyAskedFor() throws Exception {
        int table = target.table(P4.Drops.TABLE.id()).getPreamble().getId();
        target.add(TableEntry.newBuilder().setTableId(table)
            .addMatch(FieldMatch.newBuilder().setFieldId(1).setExact(FieldMatch.Exact.newBuilder()
                .setValue(ByteString.copyFrom(new byte[] {9}))))
            .setAction(TableAction.newBuilder().setAction(Action.newBuilder().setActionId(
                target.table(P4.Drops.TABLE.id()).getActionRefs(0).getId()))).build());
        Await.until("unknown entry removed", () -> target.entries().isEmpty());
    }

    @Test
    void restoresEntriesThatTheTargetHasLost() throws Exception {
        assertThat(add(rule(1), rule(2)).success()).isTrue();
        Await.until("rules added", () -> entries(FlowEntry.FlowEntryState.ADDED).size() == 2);
        target.dropEntries();
        Await.until("entries restored", () -> target.entries().size() == 2);
    }

    @Test
    void restoresAnEntryThatSomebodyElseHasChanged() throws Exception {
        assertThat(add(home(1)).success()).isTrue();
        Await.until("rule added", () -> entries(FlowEntry.FlowEntryState.ADDED).size() == 1);
        TableEntry own = target.entries().get(0);
        TableEntry.Builder other = own.toBuilder();
        other.getActionBuilder().getActionBuilder().getParamsBuilder(0).setValue(ByteString.copyFrom(new byte[] {99}));
        target.add(other.build());
        Await.until("entry restored", () -> target.entries().equals(List.of(own)));
    }

    @Test
    void hearsOfEachUpdateOfALargeWrite() throws Exception {
        target.limit(P4.HomeNetworks.TABLE.id(), 1);
        FlowRule[] many = new FlowRule[500];
        for (int i = 0; i < many.length; i++) {
            many[i] = home(i + 1);
        }
        Outcome outcome = add(many);
        assertThat(outcome.success()).isFalse();
        assertThat(outcome.failed().stages().stream().mapToInt(Set::size).sum()).isEqualTo(many.length - 1);
    }

    private FlowRule home(int session) {
        return home(session, session);
    }

    private FlowRule home(int number, int session) {
        return HomeNetwork.builder().domain(1).sessionId(session)
            .destination(IpPrefix.valueOf("2001:db8:" + Integer.toHexString(number) + "::/64")).build()
            .toFlowRule(DEVICE, app);
    }

    @Test
    void whoTakesWhatARuleWasForWhatIsThereDoesNotRemoveWhatItHasBecome() throws Exception {
        assertThat(add(home(1, 1)).success()).isTrue();
        assertThat(add(home(1, 2)).success()).isTrue();
        List<TableEntry> changed = target.entries();
        FlowRuleProgrammable driver = devices.getDevice(DEVICE).as(FlowRuleProgrammable.class);
        assertThat(driver.removeFlowRules(List.of(home(1, 1)))).hasSize(1);
        assertThat(target.entries()).isEqualTo(changed);
        assertThat(driver.removeFlowRules(List.of(home(1, 2)))).hasSize(1);
        assertThat(target.entries()).isEmpty();
    }

    @Test
    void restoresPipelineAndEntriesOfARestartedTarget() throws Exception {
        assertThat(add(rule(1), rule(2)).success()).isTrue();
        target.disconnect();
        Await.until("device unavailable", () -> !devices.isAvailable(DEVICE));
        assertThat(host.service(MastershipService.class).isLocalMaster(DEVICE)).isTrue();
        assertThat(add(rule(3)).success()).as("writing to an absent target").isFalse();
        target.forget();
        target.start(port);
        Await.until("device available again", () -> devices.isAvailable(DEVICE));
        Await.until("entries restored", () -> target.entries().size() == 3);
        assertThat(target.pipelinesSet()).isEqualTo(2);
        Await.until("both changes told", () -> deviceEvents.stream()
            .filter(e -> e.type() == DeviceEvent.Type.DEVICE_AVAILABILITY_CHANGED).count() == 2);
    }

    @Test
    void leavesAPipelineThatRunsAlready() throws Exception {
        assertThat(add(rule(1)).success()).isTrue();
        target.disconnect();
        Await.until("device unavailable", () -> !devices.isAvailable(DEVICE));
        target.start(port);
        Await.until("device available again", () -> devices.isAvailable(DEVICE));
        assertThat(target.pipelinesSet()).isEqualTo(1);
        assertThat(target.entries()).hasSize(1);
    }

    @Test
    void standsBackWhenAnotherControllerIsPrimary() {
        target.demote();
        Await.until("device unavailable", () -> !devices.isAvailable(DEVICE));
        assertThat(host.service(MastershipService.class).isLocalMaster(DEVICE)).isFalse();
    }

    @Test
    void bringsPacketsToProcessorsInTheOrderOfTheirPriorities() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        PacketService packets = host.service(PacketService.class);
        packets.addProcessor(context -> seen.add("second, handled " + context.isHandled()),
            PacketProcessor.director(2));
        packets.addProcessor(context -> {
            ByteBuffer frame = context.inPacket().unparsed().duplicate();
            frame.rewind();
            seen.add("first, from port " + context.inPacket().receivedFrom().port() + ", " + frame.remaining()
                + " octets");
            context.block();
        }, PacketProcessor.director(1));
        target.packetIn(PacketIn.newBuilder().setPayload(frame()).addAllMetadata(metadata("packet_in")).build());
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("first, from port 1, 60 octets");
        assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("second, handled true");
    }

    @Test
    void sendsPacketsThroughTheInterpreter() throws Exception {
        host.service(PacketService.class).emit(new DefaultOutboundPacket(DEVICE,
            DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(2)).build(),
            frame().asReadOnlyByteBuffer()));
        PacketOut sent = target.packetsOut.poll(20, TimeUnit.SECONDS);
        assertThat(sent).isNotNull();
        assertThat(sent.getPayload()).isEqualTo(frame());
        assertThat(sent.getMetadataCount()).isPositive();
    }

    private MeterRequest.Builder puntMeter(MeterContext context) {
        return DefaultMeterRequest.builder().forDevice(DEVICE).fromApp(app).withUnit(Meter.Unit.PKTS_PER_SEC)
            .withScope(MeterScope.of(P4.Meters.PUNT_METER.id())).withIndex(1L).withContext(context)
            .withBands(List.of(
                DefaultBand.builder().ofType(Band.Type.MARK_YELLOW).withRate(100).burstSize(20).build(),
                DefaultBand.builder().ofType(Band.Type.MARK_RED).withRate(200).burstSize(40).build()));
    }

    @Test
    void configuresMetersOfThePipeline() throws Exception {
        MeterService meters = host.service(MeterService.class);
        CompletableFuture<MeterRequest> added = new CompletableFuture<>();
        Await.until("meters of the pipeline known", () -> {
            try {
                meters.submit(puntMeter(new Answer(added)).add());
                return true;
            } catch (IllegalArgumentException e) {
                return false;
            }
        });
        added.get(20, TimeUnit.SECONDS);
        Await.until("the meter's configuration written",
            () -> target.meter(1) != null && target.meter(1).getConfig().getCir() == 100);
        assertThat(target.meter(1).getConfig().getPir()).isEqualTo(200);
        assertThat(meters.getMeters(DEVICE)).extracting(Meter::state).containsExactly(MeterState.ADDED);

        CompletableFuture<MeterRequest> removed = new CompletableFuture<>();
        meters.withdraw(puntMeter(new Answer(removed)).remove(), PiMeterCellId.ofIndirect(P4.Meters.PUNT_METER, 1));
        removed.get(20, TimeUnit.SECONDS);
        // ONOS says success when its store has the change; the target hears of it beside that.
        Await.until("the meter's configuration taken back", () -> !target.meter(1).hasConfig());
        Await.until("no meter known", () -> meters.getMeters(DEVICE).isEmpty());
    }

    private record Answer(CompletableFuture<MeterRequest> future) implements MeterContext {
        @Override
        public void onSuccess(MeterRequest operation) {
            future.complete(operation);
        }

        @Override
        public void onError(MeterRequest operation, MeterFailReason reason) {
            future.completeExceptionally(new AssertionError(reason));
        }
    }

    private static ByteString frame() {
        byte[] frame = new byte[60];
        frame[12] = (byte) 0x86;
        frame[13] = (byte) 0xdd;
        return ByteString.copyFrom(frame);
    }

    /** The fields of the header, each with the value 1: the port, and a class that the application knows. */
    private List<PacketMetadata> metadata(String header) {
        P4Info p4Info = target.p4Info();
        ControllerPacketMetadata wanted = p4Info.getControllerPacketMetadataList().stream()
            .filter(m -> m.getPreamble().getName().equals(header)).findFirst().orElseThrow();
        return wanted.getMetadataList().stream().map(field -> PacketMetadata.newBuilder()
            .setMetadataId(field.getId())
            .setValue(ByteString.copyFrom(new byte[] {1}))
            .build()).toList();
    }
}
