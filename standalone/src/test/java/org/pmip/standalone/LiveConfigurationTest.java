// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip4Prefix;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.MeterService;
import org.pmip.pipeconf.entity.LocalAddress;
import org.pmip.pipeconf.entity.NetworkInterface;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.MobilityOption;

/**
 * What a change of the configuration of an anchor at work means for sessions that stand, key by key, as
 * docs/configuration.md says. One application serves all tests; each changes what the file says in the one place that
 * it is about and uses mobile nodes of its own.
 */
class LiveConfigurationTest extends LiveAnchorBed {

    @Test
    void sessionsKeepPrefixesOfPoolsThatAreGone() throws Exception {
        Ip6Prefix prefix = attach("pool1@example.net", true);
        change(pmip -> ((ObjectNode) pmip.at("/lma/pools/0")).put("prefix", "2001:db8:200::/40"));
        reaches(prefix);
        assertThat(extend("pool1@example.net", prefix, true).status()).isZero();
        assertThat(Ip6Prefix.valueOf("2001:db8:200::/40").contains(attach("pool2@example.net", true))).isTrue();
        change(pmip -> { });
        assertThat(attach("pool3@example.net", true)).as("still claimed").isNotEqualTo(prefix);
    }

    @Test
    void sessionsOfAGatewayThatIsGoneStandUntilTheyExpire() throws Exception {
        Ip6Prefix prefix = attach("gone@example.net", true);
        change(pmip -> without((ArrayNode) pmip.at("/lma/mags"), "mag1"));
        reaches(prefix);
        assertThat(extend("gone@example.net", prefix, true).status())
            .isEqualTo(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(lma.bindings("gone@example.net")).as("what it asks ends nothing").isPresent();
        change(pmip -> { });
        assertThat(extend("gone@example.net", prefix, true).status()).isZero();
    }

    @Test
    void nodesThatLoseTheServiceAreRefusedWhenTheirGatewayAsks() throws Exception {
        Ip6Prefix prefix = attach("lost@example.net", true);
        change(pmip -> profile(pmip, "lost@example.net").put("mobilityService", false));
        reaches(prefix);
        assertThat(extend("lost@example.net", prefix, true).status()).isEqualTo(Status.PROXY_REG_NOT_ENABLED);
        change(pmip -> ((ObjectNode) pmip.get("lma")).put("unknownMobileNodes", "refuse"));
        assertThat(extend("lost@example.net", prefix, true).status())
            .isEqualTo(Status.NOT_LMA_FOR_THIS_MOBILE_NODE);
        change(pmip -> { });
    }

    @Test
    void capsCountForWhatComes() throws Exception {
        Ip6Prefix prefix = attach("capped@example.net", true);
        change(pmip -> mag(pmip, "mag1").put("sessionCap", 1));
        assertThat(extend("capped@example.net", prefix, true).status()).isZero();
        assertThat(ask("late@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true).status())
            .isEqualTo(Status.INSUFFICIENT_RESOURCES);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void sessionsKeepTheirKeysWhenOthersAreAssigned() throws Exception {
        Ip6Prefix prefix = attach("key1@example.net", true);
        long key = binding("key1@example.net").uplinkKey();
        change(pmip -> ((ObjectNode) pmip.get("lma")).putObject("uplinkKeys").put("first", 5_000_000)
            .put("last", 6_000_000));
        assertThat(extend("key1@example.net", prefix, true).status()).isZero();
        assertThat(binding("key1@example.net").uplinkKey()).as("survives").isEqualTo(key);
        attach("key2@example.net", true);
        assertThat(binding("key2@example.net").uplinkKey()).isBetween(5_000_000L, 6_000_000L);
        change(pmip -> { });
    }

    @Test
    void theGrePolicyIsThatOfTheNextRequest() throws Exception {
        Ip6Prefix prefix = attach("plain@example.net", false);
        change(pmip -> ((ObjectNode) pmip.get("lma")).put("grePolicy", "keys"));
        reaches(prefix);
        assertThat(extend("plain@example.net", prefix, false).status()).isEqualTo(Status.GRE_KEY_OPTION_REQUIRED);
        reaches(prefix);
        assertThat(extend("plain@example.net", prefix, true).status()).isZero();
        assertThat(binding("plain@example.net").downlinkKey()).isEqualTo(DOWNLINK_KEY);
        change(pmip -> { });
    }

    @Test
    void whatIsSetAsideForANodeIsItsWhenItComesAnew() throws Exception {
        Ip6Prefix prefix = attach("fixed@example.net", true);
        change(pmip -> profile(pmip, "fixed@example.net").put("operator", 1).putArray("prefixes")
            .add("2001:db8:300::/64"));
        assertThat(extend("fixed@example.net", prefix, true).status()).isZero();
        assertThat(binding("fixed@example.net").prefixes()).containsExactly(prefix);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void sessionsStayAtTheAddressWhereTheyWereRegistered() throws Exception {
        Ip6Prefix prefix = attach("moved@example.net", true);
        Ip6Address next = Ip6Address.valueOf("2001:db8:0:1::2");
        change(pmip -> {
            ((ObjectNode) pmip.get("lma")).put("address", next.toString());
            ((ArrayNode) pmip.at("/switches/device:lma1/interfaces/0/addresses")).add(next.toString());
        });
        assertThat(Ip6Address.valueOf(Arrays.copyOfRange(reaches(prefix), 22, 38))).isEqualTo(ANCHOR);
        anchor = next;
        assertThat(extend("moved@example.net", prefix, true).status()).isZero();
        assertThat(Ip6Address.valueOf(Arrays.copyOfRange(reaches(prefix), 22, 38))).isEqualTo(next);
        anchor = ANCHOR;
        change(pmip -> { });
    }

    @Test
    void theOperatorOfASessionIsThatOfItsBegin() throws Exception {
        Ip6Prefix prefix = attach("operator@example.net", true);
        change(pmip -> profile(pmip, "operator@example.net").put("operator", 2));
        reaches(prefix);
        assertThat(extend("operator@example.net", prefix, true).status()).isZero();
        assertThat(binding("operator@example.net").operator()).isEqualTo(1);
        reaches(prefix);
        change(pmip -> { });
    }

    @Test
    void whatAGatewayMayRegisterCountsForWhatItAsksFromNowOn() throws Exception {
        Ip6Prefix prefix = attach("bounds@example.net", true);
        change(pmip -> mag(pmip, "mag1").putArray("prefixes").add("2001:db8:777::/48"));
        reaches(prefix);
        assertThat(extend("bounds@example.net", prefix, true).status())
            .isEqualTo(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        change(pmip -> mag(pmip, "mag1").putArray("mobileNodes").add("other@example.net"));
        reaches(prefix);
        assertThat(extend("bounds@example.net", prefix, true).status())
            .isEqualTo(Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        change(pmip -> { });
        assertThat(extend("bounds@example.net", prefix, true).status()).isZero();
    }

    @Test
    void theRateCountsForNewSessionsAlone() throws Exception {
        Ip6Prefix prefix = attach("paced@example.net", true);
        change(pmip -> mag(pmip, "mag1").put("messageRate", 1));
        int refused = 0;
        for (int number = 0; refused == 0 && number < 100; number++) {
            // Two in a second are more than one, however slow the machine is at times.
            refused = ask("paced" + number + "@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true)
                .status();
        }
        assertThat(refused).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        assertThat(extend("paced@example.net", prefix, true).status()).isZero();
        reaches(prefix);
        change(pmip -> { });
    }

    private <T extends PipelineEntity> Stream<T> entities(Class<T> type) {
        return StreamSupport.stream(host.service(FlowRuleService.class)
            .getFlowEntries(DeviceId.deviceId(Samples.DEVICE)).spliterator(), false)
            .map(PipelineEntities::fromFlowRule).filter(type::isInstance).map(type::cast);
    }

    @Test
    void theOperatorOfAGatewayIsThatOfItsTunnelsAtOnce() throws Exception {
        Ip6Prefix prefix = attach("domain@example.net", true);
        assertThat(entities(Tunnel.class)).allMatch(tunnel -> tunnel.domain() == 1);
        change(pmip -> mag(pmip, "mag1").put("operator", 2));
        Await.until("the tunnel is in the other domain", () ->
            entities(Tunnel.class).anyMatch(tunnel -> tunnel.domain() == 2));
        reaches(prefix);
        change(pmip -> { });
        Await.until("it is back", () -> entities(Tunnel.class).allMatch(tunnel -> tunnel.domain() == 1));
    }

    @Test
    void whoLosesAServiceIsRefusedItWhenItsGatewayAsks() throws Exception {
        Ip6Prefix prefix = attach("served@example.net", true);
        change(pmip -> {
            addresses(pmip, "10.9.0.0/24");
            profile(pmip, "served@example.net").put("ipv6Service", false).put("ipv4Service", true);
        });
        reaches(prefix);
        assertThat(extend("served@example.net", prefix, true).status())
            .isEqualTo(Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE);
        assertThat(binding("served@example.net").prefixes()).as("until its lifetime ends").containsExactly(prefix);
        reaches(prefix);
        change(pmip -> { });
        assertThat(extend("served@example.net", prefix, true).status()).isZero();
    }

    private static void addresses(ObjectNode pmip, String subnet) {
        ((ObjectNode) pmip.get("lma")).put("ipv4Service", true).putArray("ipv4Pools").addObject().put("name", "four")
            .put("subnet", subnet).put("defaultRouter", subnet.replace(".0/24", ".1"));
    }

    private Ip4Address addressOf(String node) {
        return binding(node).ipv4Home().orElseThrow().address();
    }

    @Test
    void sessionsKeepAddressesOfPoolsThatAreGone() throws Exception {
        MobilityOption wish = Ipv4HomeAddressRequest.of(0, Ip4Address.ZERO);
        change(pmip -> addresses(pmip, "10.1.0.0/24"));
        Ip6Prefix prefix = ask("four1@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true, wish)
            .first(HomeNetworkPrefix.class).orElseThrow().prefix();
        Ip4Address address = addressOf("four1@example.net");
        assertThat(Ip4Prefix.valueOf("10.1.0.0/24").contains(address)).isTrue();
        change(pmip -> {
            addresses(pmip, "10.2.0.0/24");
            profile(pmip, "four3@example.net").put("ipv4HomeAddress", "10.2.0.77");
        });
        reaches(prefix);
        assertThat(ask("four1@example.net", HandoffIndicator.UNCHANGED, Optional.of(prefix), true,
            Ipv4HomeAddressRequest.of(32, address)).status()).isZero();
        assertThat(addressOf("four1@example.net")).isEqualTo(address);
        ask("four2@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true, wish);
        assertThat(Ip4Prefix.valueOf("10.2.0.0/24").contains(addressOf("four2@example.net"))).isTrue();
        ask("four3@example.net", HandoffIndicator.NEW_INTERFACE, Optional.empty(), true, wish);
        assertThat(addressOf("four3@example.net")).isEqualTo(Ip4Address.valueOf("10.2.0.77"));
        change(pmip -> { });
    }

    @Test
    void anAddressForIpv4GatewaysComesAndGoesWithoutASession() throws Exception {
        Ip6Prefix prefix = attach("both@example.net", true);
        change(pmip -> {
            ((ObjectNode) pmip.get("lma")).put("ipv4Address", "192.0.2.1");
            ((ArrayNode) pmip.at("/switches/device:lma1/interfaces/0/addresses")).add("192.0.2.1");
        });
        Ip4Address own = Ip4Address.valueOf("192.0.2.1");
        Await.until("the switch has it", () ->
            entities(LocalAddress.class).anyMatch(one -> own.equals(one.address())));
        reaches(prefix);
        change(pmip -> { });
        Await.until("it is gone", () -> entities(LocalAddress.class).noneMatch(one -> own.equals(one.address())));
        assertThat(extend("both@example.net", prefix, true).status()).isZero();
    }

    @Test
    void theCapOfANodesLifetimeCountsFromItsNextRequest() throws Exception {
        Ip6Prefix prefix = attach("capped-life@example.net", true);
        change(pmip -> profile(pmip, "capped-life@example.net").put("lifetimeCap", 40));
        assertThat(binding("capped-life@example.net").lifetime()).isEqualTo(100);
        assertThat(extend("capped-life@example.net", prefix, true).status()).isZero();
        assertThat(binding("capped-life@example.net").lifetime()).isEqualTo(10);
        change(pmip -> { });
    }

    @Test
    void interfacesChangeAtOnce() throws Exception {
        Ip6Prefix prefix = attach("wired@example.net", true);
        homeMac = MacAddress.valueOf("00:00:5e:00:53:42");
        change(pmip -> ((ObjectNode) pmip.at("/switches/device:lma1/interfaces/1")).put("mac", homeMac.toString()));
        reaches(prefix);
        change(pmip -> {
            ((ArrayNode) pmip.at("/switches/device:lma1/interfaces")).remove(1);
            ((ArrayNode) pmip.at("/switches/device:lma1/routes")).remove(1);
        });
        Await.until("the port is closed", () ->
            entities(NetworkInterface.class).noneMatch(one -> one.port().toLong() == 2));
        homeMac = MacAddress.valueOf("00:00:5e:00:53:02");
        change(pmip -> { });
        reaches(prefix);
    }

    @Test
    void theLimitOfPuntedPacketsChangesAtOnce() throws Exception {
        change(pmip -> ((ObjectNode) pmip.at("/switches/device:lma1")).put("puntLimit", 4_321));
        Await.until("the meters have it", () -> limits().equals(Set.of(4_321L)));
        change(pmip -> { });
        Await.until("they have the former one", () -> limits().equals(Set.of(10_000L)));
    }

    private Set<Long> limits() {
        return host.service(MeterService.class).getMeters(DeviceId.deviceId(Samples.DEVICE)).stream()
            .flatMap(meter -> meter.bands().stream()).map(Band::rate).collect(Collectors.toSet());
    }

    @Test
    void routesAndPortsChangeAtOnce() throws Exception {
        Ip6Prefix prefix = attach("routed@example.net", true);
        change(pmip -> ((ObjectNode) pmip.at("/switches/device:lma1/routes/0")).put("nextHop", "00:00:5e:00:53:77"));
        assertThat(MacAddress.valueOf(Arrays.copyOf(reaches(prefix), 6))).hasToString("00:00:5E:00:53:77");
        change(pmip -> { });
        assertThat(extend("routed@example.net", prefix, true).status()).isZero();
    }
}
