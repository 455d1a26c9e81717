// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.MeterService;
import org.pmip.pipeconf.entity.AccessNode;
import org.pmip.pipeconf.entity.NextHop;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/**
 * What a change of the configuration of gateways at work means for sessions that stand, key by key, as
 * docs/configuration.md says. Protocol variables and what the engine alone decides have tests of its own.
 */
class LiveGatewaysTest extends LiveGatewaysBed {
    /** Of 3600 s, in units of 4 s. */
    private static final int LIFETIME = 900;

    private static ObjectNode gateway(ObjectNode pmip, int number) {
        return (ObjectNode) pmip.at("/mag/gateways/" + (number - 1));
    }

    private static ObjectNode anchor(ObjectNode pmip) {
        return (ObjectNode) pmip.at("/mag/anchors/0");
    }

    private static ObjectNode mag(ObjectNode pmip) {
        return (ObjectNode) pmip.get("mag");
    }

    private void isDeregistered(Guest guest) {
        RoamTest.until("the list is empty", () -> mag.list(guest.id).isEmpty());
        RoamTest.until("nothing is left at the anchor", () -> guest.atAnchor().isEmpty());
        RoamTest.until("the prefix is withdrawn", () -> !guest.host.addressValid());
    }

    @Test
    void whoLosesTheServiceIsDeregistered() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        change(pmip -> guest.profile(pmip).put("mobilityService", false));
        isDeregistered(guest);
        change(pmip -> { });
        guest.registered().carries();
    }

    @Test
    void whoHasNoProfileAnyMoreIsDeregistered() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        change(pmip -> guest.profile(pmip).put("id", "other@example.net"));
        isDeregistered(guest);
    }

    @Test
    void anInterfaceBecomesAnotherNodes() {
        Guest guest = guest().goesTo(1).registered();
        Guest other = guest();
        change(pmip -> guest.profile(pmip).remove("interfaces"));
        guest.carries();
        change(pmip -> {
            guest.profile(pmip).remove("interfaces");
            other.profile(pmip).putArray("interfaces").add(guest.host.mac().toString());
        });
        RoamTest.until("the list is empty", () -> mag.list(guest.id).isEmpty());
        RoamTest.until("it is registered as the other", guest.host::solicit, () -> other.isAt("mag1"));
        RoamTest.until("nothing is left at the anchor", () -> guest.atAnchor().isEmpty());
    }

    @Test
    void whatAnAnchorHadRefusedIsAskedForAgain() {
        Guest guest = guest().goesTo(1);
        change(pmip -> ((ArrayNode) pmip.at("/lma/mobileNodes")).addObject().put("id", guest.id)
            .put("mobilityService", false));
        RoamTest.until("it is denied", guest.host::solicit, () -> mag.list(guest.id)
            .flatMap(list -> list.first(entry -> entry.state() == State.DENIED)).isPresent());
        change(pmip -> { });
        RoamTest.until("asked again without a word of the node", () -> guest.isAt("mag1"));
        guest.registered().carries();
    }

    @Test
    void aGatewayThatIsGoneIsClearedAndItsNodesGoElsewhere() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        Ip6Address address = guest.host.address();
        change(pmip -> ((ArrayNode) pmip.at("/mag/gateways")).remove(0));
        RoamTest.until("its switch is cleared", () -> rules("device:mag1").findAny().isEmpty());
        assertThat(rules("device:mag2").findAny()).isPresent();
        assertThat(guest.atAnchor()).as("the anchor has not been asked").hasSize(1);
        guest.goesTo(2).registered();
        assertThat(guest.host.address()).isEqualTo(address);
        guest.carries();
    }

    @Test
    void sessionsFollowTheirAnchorToItsOtherAddress() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        Ip6Address address = guest.host.address();
        change(pmip -> anchor(pmip).put("ipv4Address", "198.51.100.1").remove("address"));
        RoamTest.until("registered over IPv4", () -> guest.session().filter(entry ->
            entry.careOf().toString().equals("203.0.113.11")).isPresent());
        guest.registered();
        assertThat(guest.host.address()).isEqualTo(address);
        guest.carries();
    }

    @Test
    void whoGetsAnotherAnchorIsRegisteredThere() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        change(pmip -> guest.profile(pmip).put("anchor", "lma4"));
        RoamTest.until("registered there", () -> guest.session().filter(entry ->
            entry.anchor().name().equals("lma4")).isPresent());
        guest.registered().carries();
        RoamTest.until("no more than one session", () -> guest.atAnchor().size() == 1);
    }

    @Test
    void sessionsFollowTheirGatewayToItsOtherAddress() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        change(pmip -> {
            gateway(pmip, 1).put("address", "2001:db8:0:11::2");
            ((ObjectNode) pmip.at("/lma/mags/0")).put("address", "2001:db8:0:11::2");
            ((ArrayNode) pmip.at("/switches/device:mag1/interfaces/0/addresses")).add("2001:db8:0:11::2");
        });
        RoamTest.until("registered from the other address", guest.host::solicit, () -> guest.session().filter(entry ->
            entry.careOf().toString().equals("2001:db8:0:11::2")).isPresent());
        guest.registered().carries();
    }

    @Test
    void policyAndLifetimeCountFromTheNextRegistration() {
        Guest guest = guest().goesTo(1).registered();
        long session = guest.entry().sessionId();
        change(pmip -> guest.profile(pmip).put("grePolicy", "none").put("lifetime", 240));
        guest.carries();
        assertThat(guest.entry().sessionId()).isEqualTo(session);
        assertThat(guest.binding().gre()).isEqualTo(GreMode.KEYS);
        assertThat(guest.binding().lifetime()).isEqualTo(LIFETIME);
        guest.comesAnew();
        assertThat(guest.binding().gre()).isEqualTo(GreMode.NONE);
        assertThat(guest.binding().lifetime()).isEqualTo(60);
        guest.carries();
    }

    @Test
    void aServiceIsGivenWithTheNextRegistrationAndTakenWithTheNextSession() {
        Guest guest = guest().goesTo(1).registered();
        change(pmip -> guest.profile(pmip).put("ipv4Service", true));
        guest.carries();
        assertThat(guest.binding().ipv4Home()).isEmpty();
        guest.goesTo(2).registered();
        assertThat(guest.binding().ipv4Home()).isPresent();
        guest.carriesIpv4();
        change(pmip -> { });
        guest.carriesIpv4();
        guest.goesTo(1).registered();
        assertThat(guest.binding().ipv4Home()).as("the session goes on").isPresent();
        guest.carries();
        guest.comesAnew();
        assertThat(guest.binding().ipv4Home()).isEmpty();
        assertThat(guest.atAnchor()).singleElement().matches(entry -> entry.ipv4Home().isEmpty());
        guest.leaves();
        RoamTest.until("nothing is left at the anchor", () -> guest.atAnchor().isEmpty());
    }

    @Test
    void namedPrefixesAndAddressesAreThoseOfTheNextSession() {
        Guest guest = guest().goesTo(1).registered();
        Ip6Prefix own = Ip6Prefix.valueOf("2001:db8:100:7777::/64");
        change(pmip -> guest.profile(pmip).put("ipv4HomeAddress", "10.1.77.77").putArray("prefixes")
            .add(own.toString()));
        guest.carries();
        assertThat(guest.binding().prefixes()).doesNotContain(own);
        guest.comesAnew();
        assertThat(guest.binding().prefixes()).containsExactly(own);
        assertThat(guest.binding().ipv4Home().orElseThrow().address()).isEqualTo(Ip4Address.valueOf("10.1.77.77"));
        guest.carries();
    }

    @Test
    void whatNodesFindOnTheirLinksChangesAtOnce() {
        Guest guest = guest().goesTo(1);
        change(pmip -> guest.profile(pmip).put("ipv4Service", true));
        guest.registered().leases();
        assertThat(lease(guest)).isGreaterThan(600);
        change(pmip -> {
            guest.profile(pmip).put("ipv4Service", true);
            mag(pmip).putObject("homeLink").put("routerLifetime", 60).put("stateful", true).put("prefixLifetime", 500)
                .put("mtu", 1400).put("dhcpLease", 300).put("probeInterval", 500);
        });
        int asked = guest.host.probesAnswered();
        RoamTest.until("told unasked", () -> guest.host.told().stream().anyMatch(one -> one.routerLifetime() == 60
            && one.managed() && one.mtu().orElse(1400) < 1400
            && one.prefixes().stream().allMatch(prefix -> prefix.valid() <= 500)));
        RoamTest.until("asked more often than each 30 s", () -> guest.host.probesAnswered() >= asked + 4);
        RoamTest.until("a lease of the new length", guest.host::request, () -> lease(guest) == 300);
        guest.carries();
    }

    private static int lease(Guest guest) {
        return ByteBuffer.wrap(guest.host.leaseTime()).getInt();
    }

    @Test
    void anotherAccessTechnologyMakesAnotherInterfaceOfIt() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        long session = guest.entry().sessionId();
        change(pmip -> mag(pmip).putObject("homeLink").put("accessTechnology", 4));
        RoamTest.until("registered anew", guest.host::solicit, () -> guest.session().filter(entry ->
            entry.sessionId() != session && entry.attachment().accessTechnology() == 4).isPresent());
        guest.registered().carries();
        RoamTest.until("the former session is over", () -> guest.atAnchor().size() == 1);
        assertThat(guest.atAnchor()).extracting(BindingCacheEntry::accessTechnology).containsExactly(4);
    }

    @Test
    void regularAccessThatIsTakenAwayEndsAtOnce() {
        Guest guest = guest().goesTo(1);
        change(pmip -> guest.profile(pmip).put("mobilityService", false).put("plainAccess", true));
        RoamTest.until("a visited prefix", guest.host::solicit, guest.host::addressValid);
        assertThat(Ip6Prefix.valueOf("2001:db8:901::/56").contains(guest.host.address())).isTrue();
        change(pmip -> guest.profile(pmip).put("mobilityService", false));
        RoamTest.until("it is withdrawn", () -> !guest.host.addressValid());
        change(pmip -> guest.profile(pmip).put("mobilityService", false).put("plainAccess", true));
        RoamTest.until("it is back", guest.host::solicit, guest.host::addressValid);
        change(pmip -> {
            guest.profile(pmip).put("mobilityService", false).put("plainAccess", true);
            ((ObjectNode) gateway(pmip, 1).get("plainAccess")).put("prefix", "2001:db8:903::/56");
        });
        RoamTest.until("it is another one", guest.host::solicit, () -> guest.host.addressValid()
            && Ip6Prefix.valueOf("2001:db8:903::/56").contains(guest.host.address()));
    }

    @Test
    void strangersLoseTheirAccessAtOnce() {
        ScriptedNode stranger = new ScriptedNode(MacAddress.valueOf("00:00:5e:00:53:f7"));
        stranger.goTo(bed.cell(1));
        change(pmip -> mag(pmip).put("unknownInterfaces", "plain"));
        RoamTest.until("a visited prefix", stranger::solicit, stranger::addressValid);
        change(pmip -> { });
        RoamTest.until("it is withdrawn", () -> !stranger.addressValid());
        stranger.switchOff();
    }

    @Test
    void localRoutingChangesAtOnce() {
        Guest guest = guest().goesTo(1).registered();
        long session = guest.entry().sessionId();
        assertThat(isRoutedLocally(guest)).isFalse();
        change(pmip -> mag(pmip).put("enableMagLocalRouting", true));
        RoamTest.until("the switch does so", () -> isRoutedLocally(guest));
        guest.carries();
        change(pmip -> {
            mag(pmip).put("enableMagLocalRouting", true);
            anchor(pmip).put("enableMagLocalRouting", false);
        });
        RoamTest.until("the anchor objects", () -> !isRoutedLocally(guest));
        change(pmip -> guest.profile(pmip).put("enableMagLocalRouting", true));
        RoamTest.until("by the node's own word", () -> isRoutedLocally(guest));
        change(pmip -> { });
        RoamTest.until("as it was", () -> !isRoutedLocally(guest));
        guest.carries();
        assertThat(guest.entry().sessionId()).isEqualTo(session);
    }

    private boolean isRoutedLocally(Guest guest) {
        return entities("device:mag1", AccessNode.class)
            .anyMatch(one -> one.mac().equals(guest.host.mac()) && one.localRouting());
    }

    @Test
    void aLinkThatIsNoneAnyMoreCarriesNothing() {
        Guest guest = guest().goesTo(1).registered();
        guest.carries();
        change(pmip -> ((ObjectNode) pmip.at("/switches/device:mag1/interfaces/1")).putArray("vlans").add(7));
        RoamTest.until("its entries are gone", () ->
            entities("device:mag1", AccessNode.class).noneMatch(one -> one.mac().equals(guest.host.mac())));
        change(pmip -> { });
        guest.carries();
    }

    @Test
    void routesAndLimitsChangeAtOnce() {
        Guest guest = guest().goesTo(1).registered();
        MacAddress other = MacAddress.valueOf("00:00:5e:00:53:77");
        change(pmip -> {
            ObjectNode own = (ObjectNode) pmip.at("/switches/device:mag1");
            own.put("puntLimit", 4_321);
            ((ArrayNode) own.get("routes")).addObject().put("prefix", "2001:db8:fffe::/64").put("port", 1)
                .put("nextHop", other.toString());
        });
        RoamTest.until("the switch has the route", () -> entities("device:mag1", NextHop.class)
            .anyMatch(one -> one.destinationMac().equals(other)));
        RoamTest.until("the meters have the limit", () -> limits().equals(Set.of(4_321L)));
        guest.carries();
        change(pmip -> { });
        RoamTest.until("both are gone", () -> limits().equals(Set.of(10_000L))
            && entities("device:mag1", NextHop.class).noneMatch(one -> one.destinationMac().equals(other)));
        guest.carries();
    }

    private Set<Long> limits() {
        return bed.host().service(MeterService.class).getMeters(DeviceId.deviceId("device:mag1")).stream()
            .flatMap(meter -> meter.bands().stream()).map(Band::rate).collect(Collectors.toSet());
    }
}
