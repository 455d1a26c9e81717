// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.packet.PacketProcessor;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.Bus;
import org.pmip.onos.ManagerContract;
import org.pmip.onos.Surroundings;
import org.pmip.onos.lma.CommonTime;
import org.pmip.onos.lma.Deactivation;
import org.pmip.onos.lma.FakeLma;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.HandoffContext;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.packet.SignallingPacket;

/** The component: from one configuration to the next, also where that does not work at once. */
class MagManagerTest extends ManagerContract {

    private static final Ip6Address CARE_OF = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    private static final ConnectPoint PORT = ConnectPoint.deviceConnectPoint("device:mag1/2");

    private final MagManager manager = new MagManager();

    private static String configuration(String device, String address) {
        return "{'mag': {'gateways': [{'name': 'mag1', 'device': 'device:" + device + "', 'address': '" + address
                + "'}], 'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}],"
                + "'otherNodes': {'anchor': 'lma'}},"
                + "'switches': {'device:" + device + "': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11', 'addresses': ['" + address + "']},"
                + "{'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]}}}";
    }

    @Override
    protected void bind() {
        onos.bind(manager);
        manager.lmaService = new FakeLma();
        manager.variables = new ProtocolVariables();
        manager.desk = new IdentityDesk();
        manager.time = new CommonTime();
        manager.deactivation = new Deactivation();
        manager.events = new UpdateListEvents();
        manager.events.eventDispatcher = new Bus();
        manager.events.activate();
    }

    @Override
    protected void activate() {
        manager.activate();
    }

    @Override
    protected void deactivate() {
        manager.deactivate();
    }

    @Override
    protected boolean ready() {
        return manager.ready();
    }

    @Override
    protected ArrayNode gateways() {
        return manager.gateways();
    }

    @Override
    protected String configuration() {
        return configuration("one", CARE_OF.toString());
    }

    private String address() {
        return gateway("address");
    }

    @Test
    void aStoreThatIsAwayWhenTheComponentStartsIsOpenedLater() {
        onos.closed = true;
        onos.configure(configuration("mag1", "2001:db8:0:11::1"));
        start();
        assertThat(onos.denied).hasPositiveValue();
        assertThat(manager.lists()).isEmpty();
        assertThat(manager.list("mn")).isEmpty();
        assertThat(manager.delete("mn", 1)).isCompletedExceptionally();
        assertThat(manager.ready()).isFalse();
        onos.away = true;
        onos.closed = false;
        int refused = onos.denied.get();
        Surroundings.until("the counters are refused", () -> onos.denied.get() > refused);
        onos.configure(configuration("mag1", "2001:db8:0:12::1"));
        onos.away = false;
        isReady();
        assertThat(address()).isEqualTo("2001:db8:0:12::1");
    }

    @Test
    void gatewaysThatStartedHalfAreReplaced() {
        onos.refused = 1;
        startWith(configuration("mag1", "2001:db8:0:11::1"));
        assertThat(onos.processors).hasSize(2);
        assertThat(onos.rules("device:mag1")).isPositive();
    }

    @Test
    void aSwitchThatIsNoGatewayAnyMoreIsClearedAfterWhatWasOnItsWay() {
        startWith(configuration("mag1", "2001:db8:0:11::1"));
        onos.silent = true;
        onos.configure(configuration("mag1", "2001:db8:0:12::1"));
        Surroundings.until("the next ones are at work", () -> address().equals("2001:db8:0:12::1"));
        onos.configure(configuration("mag2", "2001:db8:0:13::1"));
        Surroundings.until("the third ones are at work", () -> address().equals("2001:db8:0:13::1"));
        onos.speak();
        Surroundings.until("it is cleared", () -> onos.rules("device:mag1") == 0);
        isReady();
        assertThat(onos.rules("device:mag2")).isPositive();
        onos.configure(null);
        Surroundings.until("all is cleared", () -> onos.rules("device:mag2") == 0);
        assertThat(onos.processors).isEmpty();
    }

    @Test
    void switchesAreComparedOnAnOperatorsWord() {
        assertThatThrownBy(() -> manager.reconcile(Optional.empty()))
                .hasMessage("no gateway is configured");
        startWith(configuration("mag1", "2001:db8:0:11::1"));
        assertThat(manager.reconcile(Optional.of("mag1")).orTimeout(60, TimeUnit.SECONDS).join()).isZero();
        assertThat(manager.reconcile(Optional.empty()).orTimeout(60, TimeUnit.SECONDS).join()).isZero();
        assertThatThrownBy(() -> manager.reconcile(Optional.of("mag7")))
                .hasMessage("gateway: there is none of the name 'mag7'");
        assertThat(manager.gateways().get(0).at("/reconciliation/going").asBoolean()).isFalse();
        assertThat(manager.gateways().get(0).get("ready").asBoolean()).isTrue();
    }

    /** What the request for a node that comes now asks for, in units of 4 s. */
    private int lifetimeAskedFor(int number) {
        MobileNodeIdentifier node = MobileNodeIdentifier.ofNai("node" + number + "@example.net");
        manager.attach(PORT, 0, MacAddress.valueOf(0x020000000000L + number), 4, Optional.of(node));
        Surroundings.until("it is asked for", () -> request(node).isPresent());
        return request(node).orElseThrow().lifetime();
    }

    private Optional<BindingUpdate> request(MobileNodeIdentifier node) {
        return onos.sent.stream().map(packet -> packet.data().array()).filter(frame ->
                (frame[20] & 0xff) == MobilityHeaderCodec.NEXT_HEADER).map(frame -> {
            try {
                return (BindingUpdate) MobilityHeaderCodec.decode(SignallingPacket.decode(frame).mobilityHeader(),
                        CARE_OF, ANCHOR);
            } catch (DecodeException e) {
                throw new IllegalStateException(e);
            }
        }).filter(update -> update.first(MobileNodeIdentifier.class).filter(node::equals).isPresent()).findFirst();
    }

    @Test
    void protocolVariablesReachTheGatewaysAtWork() {
        String before = configuration("mag1", CARE_OF.toString());
        onos.configure(before.replace("'otherNodes'", "'parameters': {'lifetime': 400}, 'otherNodes'"));
        start();
        isReady();
        List<PacketProcessor> atWork = List.copyOf(onos.processors);
        assertThat(lifetimeAskedFor(0)).isEqualTo(100);
        onos.configure(before.replace("'otherNodes'", "'parameters': {'lifetime': 800}, 'otherNodes'"));
        int number = 1;
        while (lifetimeAskedFor(number) != 200) {
            assertThat(number++).as("configurations are put in force soon").isLessThan(1_000);
        }
        assertThat(onos.processors).as("the gateways at work go on").containsExactlyElementsOf(atWork);
    }

    @Test
    void eventsAreToldOfWhatChangesFromNowOn() {
        List<String> told = new CopyOnWriteArrayList<>();
        manager.events.addListener(event -> told.add(event.type() + " " + event.subject().attachment().gateway()));
        startWith(configuration("mag1", "2001:db8:0:11::1"));
        manager.attach(PORT, 0, NODE, 4, Optional.of(MobileNodeIdentifier.ofNai("anna@example.net")));
        Surroundings.until("it is told", () -> told.contains("REGISTERING mag1"));
    }

    private BindingUpdateListEntry told(MacAddress mac, HandoffContext context) {
        String name = "mn" + mac.toLong() + "@example.net";
        manager.attach(PORT, 0, mac, Handoff.of(3, context), Optional.of(MobileNodeIdentifier.ofNai(name)));
        Surroundings.until("it is registered", () -> manager.list(name).isPresent());
        return manager.list(name).orElseThrow().entries().get(0);
    }

    @Test
    @Requirement({"PMIP10-6.2-2", "R5845-3.3.2-6", "R5845-3.3.2-7"})
    void whatAnotherClusterTellsIsAskedForButForKeysThatMayBeGivenToOthersHere() {
        onos.configure(configuration("mag1", "2001:db8:0:11::1").replace("'otherNodes'",
                "'downlinkKeys': {'first': 1000, 'last': 1999}, 'otherNodes'"));
        start();
        isReady();
        HandoffContext context = HandoffContext.builder().anchor(Ip6Address.valueOf("2001:db8:0:1::1"))
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:100:7::/64"))).downlinkKey(OptionalLong.of(77)).build();
        BindingUpdateListEntry first = told(NODE, context);
        assertThat(first.registration()).get().satisfies(request -> {
            assertThat(request.handoffIndicator()).isEqualTo(3);
            assertThat(request.prefixes()).contains(context.prefixes());
        });
        assertThat(first.downlinkKey()).hasValue(77);
        assertThat(told(MacAddress.valueOf("00:00:5e:00:53:42"), context).downlinkKey().getAsLong())
                .as("another's here").isBetween(1_000L, 1_999L);
        assertThat(told(MacAddress.valueOf("00:00:5e:00:53:43"), context.toBuilder()
                .downlinkKey(OptionalLong.of(1_999)).build()).downlinkKey().getAsLong())
                .as("of this cluster's range").isBetween(1_000L, 1_998L);

        HandoffContext elsewhere = HandoffContext.builder().anchor(Ip6Address.valueOf("2001:db8::9")).build();
        assertThatThrownBy(() -> told(MacAddress.valueOf("00:00:5e:00:53:44"), elsewhere)).hasMessage(
                "context/lmaAddress: 2001:db8::9 is not 2001:db8:0:1::1, by which anchor lma serves the node here; name"
                + " the other one as anchor in the node's profile, or leave lmaAddress out if both are one anchor's");
    }

    @Test
    void whoIsNamedLaterIsCalledInByTheGatewaysThatThenAreAtWork() {
        CompletableFuture<Optional<MobileNodeIdentifier>> answer = new CompletableFuture<>();
        manager.desk.put(1, sighting -> answer);
        onos.configure(configuration("mag1", "2001:db8:0:11::1"));
        start();
        assertThatThrownBy(() -> manager.attach(PORT, 0, NODE, 4, Optional.empty()))
                .hasMessageContaining("nobody is known to have the interface");
        onos.configure(configuration("mag1", "2001:db8:0:12::1"));
        Surroundings.until("the next ones are at work", () -> address().equals("2001:db8:0:12::1"));
        answer.complete(Optional.of(MobileNodeIdentifier.ofNai("anna@example.net")));
        Surroundings.until("it is registered", () -> manager.list("anna@example.net").isPresent());
        assertThat(manager.list("anna@example.net").orElseThrow().entries()).singleElement()
                .matches(entry -> entry.careOf().toString().equals("2001:db8:0:12::1"));
    }
}
