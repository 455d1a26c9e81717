// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.Attachment;

/** Regular access without the mobility service: prefixes, entries and what is said on links. */
class PlainNodesTest {

    private static final String CONFIG = "{'mag': {'gateways': ["
            + "{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1',"
            + " 'plainAccess': {'prefix': '2001:db8:901::/63'}},"
            + "{'name': 'mag2', 'device': 'device:mag2', 'address': '2001:db8:0:12::1',"
            + " 'plainAccess': {'prefix': '2001:db8:902::/62', 'nodesPerLink': 2}}],"
            + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}], 'unknownInterfaces': 'plain'},"
            + "'switches': {'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11',"
            + " 'addresses': ['2001:db8:0:11::1']}, {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]},"
            + "'device:mag2': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:12',"
            + " 'addresses': ['2001:db8:0:12::1']}, {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]}}}";
    private static final Ip6Prefix FIRST = Ip6Prefix.valueOf("2001:db8:901::/63");
    private static final Ip6Prefix SECOND = Ip6Prefix.valueOf("2001:db8:902::/62");

    private final List<String> seen = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final FlawedStore store = new FlawedStore();
    private final MagManager.Services services = new MagManager.Services();
    private CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    private boolean refuse;
    private boolean entitled = true;
    private PlainNodes nodes;

    /** Runs what it is given at once. */
    private static final class AtOnce extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {
            // Nothing is under way.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    private final class Links implements LinkEffects {
        @Override
        public void advertise(NodeSession session) {
            seen.add("advertise " + prefix(session));
        }

        @Override
        public void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter) {
            seen.add("withdraw " + prefixes.get(0) + (staysRouter ? " and stay" : ""));
        }

        @Override
        public void removed(NodeSession session) {
            seen.add("removed " + prefix(session));
        }

        @Override
        public void checkPresence(NodeSession session) {
            throw new IllegalStateException("nobody asked for that");
        }

        @Override
        public void tearDown(NodeSession session) {
            throw new IllegalStateException("nobody asked for that");
        }

        @Override
        public void deny(NodeSession session, String why) {
            throw new IllegalStateException("nobody asked for that");
        }
    }

    @BeforeEach
    void start() throws Exception {
        MagConfig mag = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))).mag()
                .orElseThrow();
        services.workers = new AtOnce();
        services.counter = counted::add;
        services.visitedPrefixes = new VisitedPrefixes(store, new DefaultApplicationId(1, "org.pmip"),
                services.places::taken, services.places::free);
        nodes = new PlainNodes(mag, services, at -> Optional.of(new AccessEntities.Attached(2, 0,
                MacAddress.valueOf(at.linkLayerIdentifier()), MacAddress.valueOf("00:00:5e:00:52:13"), 1, false)),
                this::change, new Links(), (node, at) -> entitled);
    }

    @AfterEach
    void stop() {
        services.visitedPrefixes.close();
    }

    private CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
        seen.add("-" + removed.size() + " +" + installed.size());
        return refuse ? CompletableFuture.failedFuture(new IllegalStateException("table full"))
                : answer;
    }

    private static Ip6Prefix prefix(NodeSession session) {
        return session.binding().orElseThrow().prefixes().get(0);
    }

    private static Attachment at(String gateway, int node) {
        return Attachment.of(gateway, "2", new byte[] {2, 0, 0, 0, 0, (byte) node}, 3);
    }

    private Ip6Prefix at(Attachment place) {
        return prefix(nodes.at(place).orElseThrow());
    }

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
    void aSessionWithTheMobilityServiceTakesThePlace() {
        nodes.attached(at("mag1", 1), false);
        Ip6Prefix own = at(at("mag1", 1));
        assertThat(nodes.overtaken(at("mag1", 1))).as("goes with the session's write").hasSize(1);
        assertThat(seen).endsWith("withdraw " + own + " and stay", "removed " + own);
        assertThat(nodes.overtaken(at("mag1", 1))).isEmpty();
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
    void whoIsOvertakenWhileTheSwitchIsWrittenIsToldOfNoPrefixAfterwards() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        Ip6Prefix own = at(at("mag1", 1));
        assertThat(nodes.overtaken(at("mag1", 1))).hasSize(1);
        answer.complete(null);
        assertThat(seen).containsExactly("-0 +1", "withdraw " + own + " and stay", "removed " + own);
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        nodes.attached(at("mag1", 1), false);
        assertThat(seen).as("the next time").endsWith("-0 +1", "advertise " + own);
    }

    @Test
    void whoIsOvertakenBeforeTheSwitchIsWrittenGetsNothing() {
        store.onClaim = () -> nodes.overtaken(at("mag1", 1));
        nodes.attached(at("mag1", 1), false);
        assertThat(seen).containsExactly("-0 +0");
        assertThat(nodes.at(at("mag1", 1))).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
    }

    @Test
    void whoWaitedForTheSwitchWhenItWasOvertakenGetsNothing() {
        answer = new CompletableFuture<>();
        nodes.attached(at("mag1", 1), false);
        nodes.attached(at("mag1", 1), false);
        nodes.overtaken(at("mag1", 1));
        seen.clear();
        answer.complete(null);
        assertThat(seen).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
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
        assertThat(seen).containsExactly("compare");
        assertThat(services.visitedPrefixes.holders()).containsOnlyKeys(first, third);
        assertThat(nodes.placed(DeviceId.deviceId("device:mag1"))).isEmpty();
    }

    @Test
    void aConfigurationThatIsNoneAnyMoreTakesNothingBack() {
        nodes.attached(at("mag1", 1), false);
        entitled = false;
        nodes.stop();
        nodes.sweep(() -> seen.add("compare"));
        assertThat(seen).doesNotContain("compare");
        assertThat(nodes.at(at("mag1", 1))).isPresent();
    }
}
