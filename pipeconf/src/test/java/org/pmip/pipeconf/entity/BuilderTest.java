// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiTableId;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiLpmFieldMatch;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import org.pmip.pipeconf.generated.P4;

/** What builders refuse, and in which words; and what the readers of flow rules refuse. */
class BuilderTest {
    private static final IpAddress LMA = IpAddress.valueOf("2001:db8:0:1::1");
    private static final IpAddress MAG = IpAddress.valueOf("2001:db8:0:11::1");
    /** ::ffff:10.0.0.7, from octets, because the text would become an IPv4 address. */
    private static final IpAddress MAPPED = IpAddress.valueOf(IpAddress.Version.INET6,
            new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 10, 0, 0, 7});
    private static final IpPrefix PREFIX = IpPrefix.valueOf("2001:db8:100:1::/64");
    private static final MacAddress MAC = MacAddress.valueOf("00:00:5e:00:53:01");
    private static final PortNumber PORT = PortNumber.portNumber(1);

    private static Arguments wrong(String message, ThrowingCallable build) {
        return Arguments.of(message, build);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                wrong("port is missing; give it a value",
                        () -> NetworkInterface.builder().role(Role.TRANSPORT).domain(0).build()),
                wrong("port 511 is not a port of the switch; give a number from 1 to 510", () -> Station.builder()
                        .port(PortNumber.portNumber(511)).mac(MAC).build()),
                wrong("port FLOOD is not a port of the switch; give a number from 1 to 510",
                        () -> Station.builder().port(PortNumber.FLOOD).mac(MAC).build()),
                wrong("vlanId (0: untagged) 4095 is out of range; give a number from 0 to 4094",
                        () -> NetworkInterface.builder().port(PORT).vlanId(4095).role(Role.TRANSPORT).domain(0)
                                .build()),
                wrong("role is missing; give it a value",
                        () -> NetworkInterface.builder().port(PORT).domain(0).build()),
                wrong("domain 65536 is out of range; give a number from 0 to 65535",
                        () -> LocalAddress.builder().domain(65536).address(LMA).build()),
                wrong("domain is missing; give it a value", () -> LocalAddress.builder().address(LMA).build()),
                wrong("address :: names no host; give a unicast address",
                        () -> LocalAddress.builder().domain(0).address(IpAddress.valueOf("::")).build()),
                wrong("address ff02::1 names no host; give a unicast address",
                        () -> LocalAddress.builder().domain(0).address(IpAddress.valueOf("ff02::1")).build()),
                wrong("address ::ffff:a00:7 is an IPv4 address in disguise; give it as an IPv4 address",
                        () -> LocalAddress.builder().domain(0).address(MAPPED).build()),
                wrong("mac 01:00:5E:00:53:01 is not a station's; give a unicast address", () -> Station.builder()
                        .port(PORT).mac(MacAddress.valueOf("01:00:5e:00:53:01")).build()),
                wrong("outerSource 2001:db8:0:11::1 and outerDestination 192.0.2.1 are of different families; "
                        + "give both as IPv6 or both as IPv4 addresses", () -> Tunnel.builder().outerSource(MAG)
                        .outerDestination(IpAddress.valueOf("192.0.2.1")).tunnelId(1).domain(1).build()),
                wrong("tunnelId 0 is out of range; give a number from 1 to 4294967295", () -> Tunnel.builder()
                        .outerSource(MAG).outerDestination(LMA).tunnelId(0).domain(1).build()),
                wrong("key 4294967296 is out of range; give a number from 0 to 4294967295",
                        () -> UplinkKey.builder().localAddress(LMA).key(1L << 32).domain(1).build()),
                wrong("key 5 has no place in GRE; leave it out or use an encapsulation with key",
                        () -> UplinkSource.builder().domain(1).source(PREFIX).sessionId(1).tunnelId(1)
                                .encapsulation(Encapsulation.GRE).key(5).build()),
                wrong("source ::ffff:a00:7/128 is an IPv4 prefix in disguise; give it as an IPv4 prefix",
                        () -> UplinkSource.builder().domain(1).source(IpPrefix.valueOf(MAPPED, 128))
                                .sessionId(1).tunnelId(1).encapsulation(Encapsulation.IP).build()),
                wrong("sessionId (or noBinding()) is missing; give it a value",
                        () -> HomeNetwork.builder().domain(1).destination(PREFIX).build()),
                wrong("sessionId 3 has no place beside noBinding(); leave one of them out",
                        () -> HomeNetwork.builder().domain(1).destination(PREFIX).sessionId(3).noBinding().build()),
                wrong("encapsulation (or discard()) is missing; give it a value",
                        () -> DownlinkSession.builder().sessionId(1).tunnelId(1).build()),
                wrong("tunnelId is missing; give it a value",
                        () -> DownlinkSession.builder().sessionId(1).encapsulation(Encapsulation.IP).build()),
                wrong("tunnelId 1 has no place beside discard(); leave one of them out",
                        () -> DownlinkSession.builder().sessionId(1).tunnelId(1).discard().build()),
                wrong("mtu (octets, outer header included) 575 is out of range; give a number from 576 to 65535",
                        () -> TunnelEndpoints.builder().tunnelId(1).source(LMA).destination(MAG).mtu(575).build()),
                wrong("hopLimit 0 is out of range; give a number from 1 to 255", () -> TunnelEndpoints.builder()
                        .tunnelId(1).source(LMA).destination(MAG).hopLimit(0).build()),
                wrong("nextHopId 7 has no place beside unreachable(); leave one of them out",
                        () -> Route.builder().domain(1).destination(PREFIX).nextHopId(7).unreachable().build()),
                wrong("icmpType 256 is out of range; give a number from 0 to 255",
                        () -> PuntRule.builder().icmpType(256).puntClass(PuntClass.ICMP).build()),
                wrong("report() has no place beside reason MALFORMED; leave it out, or give one of "
                        + "[NO_BINDING, HOP_LIMIT, TOO_BIG, NO_ROUTE, UNKNOWN_NODE, UNKNOWN_STATION]",
                        () -> DropCounter.builder().reason(DropReason.MALFORMED).report().build()),
                wrong("A rule for every packet is none; set one field at least",
                        () -> PuntRule.builder().puntClass(PuntClass.ICMP).build()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongValues")
    void namesTheFieldAndTheFix(String message, ThrowingCallable build) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void readsAsItIsMeant() {
        assertThat(UplinkSource.builder().domain(1).source(PREFIX).sessionId(3).tunnelId(4)
                .encapsulation(Encapsulation.GRE_KEY).key(0x1003).build())
                .hasToString("UplinkSource{domain=1, source=2001:db8:100:1::/64, sessionId=3, tunnelId=4, "
                        + "encapsulation=GRE_KEY, key=4099}");
        assertThat(HomeNetwork.builder().domain(1).destination(IpPrefix.valueOf("10.0.0.0/16")).noBinding().build())
                .hasToString("HomeNetwork{domain=1, destination=10.0.0.0/16, noBinding}");
        assertThat(DownlinkSession.builder().sessionId(3).discard().build())
                .hasToString("DownlinkSession{sessionId=3, discard}");
        assertThat(PuntRule.builder().etherType(0x86DD).toLocal(true).puntClass(PuntClass.ICMP).build())
                .hasToString("PuntRule{priority=100, etherType=0x86dd, toLocal=true, puntClass=ICMP}");
    }

    @Test
    void addressesOfBothFamiliesAreWideAndDefaultRoutesAreLeftOut() {
        Route four = Route.builder().domain(1).destination(IpPrefix.valueOf("10.0.0.0/8")).nextHopId(1).build();
        PiLpmFieldMatch match = (PiLpmFieldMatch) four.matchKey().fieldMatch(P4.Routes.DESTINATION).orElseThrow();
        assertThat(match.prefixLength()).isEqualTo(96 + 8);
        assertThat(match.value().asArray()).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 10, 0, 0, 0);
        Route anyFour = Route.builder().domain(1).destination(IpPrefix.valueOf("0.0.0.0/0")).nextHopId(1).build();
        assertThat(anyFour.matchKey().fieldMatch(P4.Routes.DESTINATION)).isPresent();
        Route anySix = Route.builder().domain(1).destination(IpPrefix.valueOf("::/0")).nextHopId(1).build();
        assertThat(anySix.matchKey().fieldMatch(P4.Routes.DESTINATION)).isEmpty();
        assertThat(anySix.hasKeyOf(anyFour)).isFalse();
    }

    @Test
    void handoffKeepsTheKey() {
        DownlinkSession before = DownlinkSession.builder().sessionId(3).encapsulation(Encapsulation.IP).tunnelId(1)
                .build();
        DownlinkSession after = DownlinkSession.builder().sessionId(3).encapsulation(Encapsulation.GRE).tunnelId(2)
                .build();
        assertThat(after.hasKeyOf(before)).isTrue();
        assertThat(after).isNotEqualTo(before);
    }

    @Test
    void refusesForeignRules() {
        UplinkKey key = UplinkKey.builder().localAddress(LMA).key(1).domain(1).build();
        FlowRule rule = key.toFlowRule(DeviceId.deviceId("device:lma1"), new DefaultApplicationId(7, "org.pmip"));
        assertThatThrownBy(() -> Tunnel.fromFlowRule(rule)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("uplink_keys");
        assertThatThrownBy(() -> PipelineEntities.fromFlowRule(rule(PiTableId.of("other"), key.action())))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("Table other is none of the pipeline's");
        PiAction unknown = PiAction.builder().withId(PiActionId.of("other")).build();
        for (PiTableId table : List.of(P4.UplinkKeys.TABLE, P4.Routes.TABLE)) {
            assertThatThrownBy(() -> PipelineEntities.fromFlowRule(rule(table, unknown)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(table.id());
        }
    }

    private static FlowRule rule(PiTableId table, PiAction action) {
        Route route = Route.builder().domain(1).destination(PREFIX).nextHopId(1).build();
        return DefaultFlowRule.builder().forDevice(DeviceId.deviceId("device:lma1")).forTable(table)
                .fromApp(new DefaultApplicationId(7, "org.pmip")).withPriority(1).makePermanent()
                .withSelector(DefaultTrafficSelector.builder().matchPi(route.matchKey()).build())
                .withTreatment(DefaultTrafficTreatment.builder().piTableAction(action).build()).build();
    }
}
