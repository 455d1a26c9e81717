// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.net.DeviceId;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.Attachment;

/** Regular access without the mobility service: prefixes, entries and what is said on links. */
class PlainNodesTest extends PlainNodesBed {

    @Test
    @Requirement({"PMIP10-6.14-3", "PMIP10-6.14-4", "PMIP10-6.9.2-4"})
    void aNodeGetsAPrefixOfItsGatewayOnceTheSwitchHasIt() {
        Ip6Address linkLocal = Ip6Address.valueOf("fe80::1");
        nodes.attached(at("mag1", 1).withNodeLinkLocal(linkLocal), false);
        Ip6Prefix own = at(at("mag1", 1));
        assertThat(FIRST.contains(own)).isTrue();
        assertThat(own.prefixLength()).isEqualTo(64);
        assertThat(seen).containsExactly("-0 +1", "advertise " + own);
        assertThat(nodes.at(at("mag1", 1)).orElseThrow().entry().attachment().nodeLinkLocal()).isEqualTo(linkLocal);
        assertThat(nodes.at("mag1")).hasSize(1);
        assertThat(nodes.placed(DeviceId.deviceId("device:mag1"))).hasSize(1);
        assertThat(nodes.placed(DeviceId.deviceId("device:mag2"))).isEmpty();
        nodes.attached(at("mag1", 1), false);
        assertThat(at(at("mag1", 1))).as("the same again").isEqualTo(own);
    }

    @Test
    void eachNodeHasItsOwnPrefixAndAFullPoolHasNone() {
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag1", 2), false);
        assertThat(at(at("mag1", 1))).isNotEqualTo(at(at("mag1", 2)));
        assertThat(nodes.at(at("mag1", 1)).orElseThrow().sessionId())
                .isNotEqualTo(nodes.at(at("mag1", 2)).orElseThrow().sessionId());
        nodes.attached(at("mag1", 3), false);
        assertThat(nodes.at(at("mag1", 3))).isEmpty();
        nodes.detached(at("mag1", 1));
        nodes.attached(at("mag1", 3), false);
        assertThat(nodes.at(at("mag1", 3))).isPresent();
    }

    @Test
    @Requirement("PMIP10-6.14-4")
    void atAnotherGatewayItHasAnotherPrefixAndTheFormerIsFree() {
        nodes.attached(at("mag1", 1), false);
        seen.clear();
        nodes.attached(at("mag2", 1), false);
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(SECOND.contains(at(at("mag2", 1)))).isTrue();
        assertThat(seen).endsWith("-1 +1", "advertise " + at(at("mag2", 1)));
    }

    @Test
    void whoLeavesLosesIt() {
        nodes.attached(at("mag1", 1), false);
        Ip6Prefix own = at(at("mag1", 1));
        seen.clear();
        nodes.detached(Attachment.of("mag1", "2", new byte[0], 3));
        assertThat(seen).containsExactly("withdraw " + own, "removed " + own, "-1 +0");
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void whatTheSwitchRefusesIsNotAdvertised() {
        refuse = true;
        nodes.attached(at("mag1", 1), false);
        assertThat(seen).containsExactly("-0 +1");
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.14-2")
    void onlyWhoMayGetsIt() {
        entitled = false;
        nodes.attached(at("mag1", 1), false);
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        nodes.attached(at("mag1", 1), true);
        assertThat(nodes.at(at("mag1", 1))).as("refused by its anchor").isPresent();
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).endsWith("compare");
        assertThat(nodes.at(at("mag1", 1))).as("by another configuration").isEmpty();
    }

    @Test
    void theStoreHasThePlaceForWhoeverTakesOver() {
        nodes.attached(at("mag1", 1), false);
        assertThat(services.visitedPrefixes.holders()).containsExactly(
                Map.entry(at(at("mag1", 1)).toString(), "mag1 2 02:00:00:00:00:01"));
    }

    @Test
    void aSwitchGetsTheEntriesOfThoseTooThatThisControllerHasNotHeardOf() {
        nodes.attached(at("mag1", 1), false);
        store.deaf = true;
        store.map.clear();
        store.map.put("2001:db8:901:1::/64", "mag1 2 02:00:00:00:00:07");
        store.map.put("2001:db8:902:1::/64", "mag2 2 02:00:00:00:00:08");
        assertThat(nodes.at("mag1")).as("nothing was heard of it").hasSize(1);
        assertThat(nodes.at("mag2")).isEmpty();
        assertThat(nodes.placed(DeviceId.deviceId("device:mag2"))).hasSize(1);
        assertThat(nodes.at("mag2")).hasSize(1);
        assertThat(nodes.placed(DeviceId.deviceId("device:mag1"))).hasSize(1);
        assertThat(nodes.at(at("mag1", 7))).isPresent();
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
    }

    @Test
    void whatTheStoreDidNotTakeBackIsGivenBackLater() {
        nodes.attached(at("mag1", 1), false);
        store.broken.add(at(at("mag1", 1)).toString());
        nodes.detached(at("mag1", 1));
        assertThat(services.visitedPrefixes.holders()).hasSize(1);
        nodes.repayAll();
        assertThat(services.visitedPrefixes.holders()).hasSize(1);
        store.broken.clear();
        nodes.repayAll();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        assertThat(services.places.owed()).isEmpty();
    }

    @Test
    void nothingIsKeptOfWhoGotNoPrefix() {
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag1", 2), false);
        nodes.attached(at("mag1", 3).withNodeLinkLocal(Ip6Address.valueOf("fe80::3")), false);
        assertThat(nodes.at(at("mag1", 3))).isEmpty();
        assertThat(counted).contains("no visited prefix for a node");
        Ip6Prefix own = at(at("mag1", 1));
        nodes.attached(at("mag1", 1), false);
        assertThat(at(at("mag1", 1))).as("who has one keeps it while the pool is used up").isEqualTo(own);
        nodes.detached(at("mag1", 1));
        nodes.attached(at("mag1", 3), false);
        assertThat(nodes.at(at("mag1", 3)).orElseThrow().entry().attachment().nodeLinkLocal().isZero()).isTrue();
    }

    @Test
    void aLinkHasRoomForSoManyNodesAndAnotherLinkForAsMany() {
        nodes.attached(at("mag2", 1), false);
        nodes.attached(at("mag2", 2), false);
        nodes.attached(at("mag2", 3), false);
        assertThat(nodes.at(at("mag2", 3))).isEmpty();
        assertThat(counted).contains("too many nodes with regular access on a link");
        nodes.attached(at("mag2", 2), false);
        assertThat(nodes.at(at("mag2", 2))).as("who is there stays").isPresent();
        Attachment elsewhere = Attachment.of("mag2", "3", new byte[] {2, 0, 0, 0, 0, 3}, 3);
        nodes.attached(elsewhere, false);
        assertThat(nodes.at(elsewhere)).isPresent();
        nodes.detached(at("mag2", 1));
        nodes.attached(at("mag2", 4), false);
        assertThat(nodes.at(at("mag2", 4))).isPresent();
    }

    @Test
    void whatTheStoreDoesNotTakeBackKeepsNothingElseFromBeingGivenBack() {
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag1", 2), false);
        nodes.attached(at("mag2", 3), false);
        String first = at(at("mag1", 1)).toString();
        String third = at(at("mag2", 3)).toString();
        seen.clear();
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).as("all may stay").isEmpty();
        store.broken.add(first);
        store.broken.add(third);
        entitled = false;
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).endsWith("compare");
        assertThat(services.visitedPrefixes.holders()).containsOnlyKeys(first, third);
        assertThat(nodes.placed(DeviceId.deviceId("device:mag1"))).isEmpty();
    }

    @Test
    void whoMayStayNoLongerIsToldByTheMasterOfItsSwitch() {
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag2", 3), false);
        Ip6Prefix own = at(at("mag1", 1));
        seen.clear();
        entitled = false;
        foreign.add(DeviceId.deviceId("device:mag2"));
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).containsExactly("withdraw " + own, "compare");
    }
}
