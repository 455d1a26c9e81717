// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pmip.standalone.Members.differences;
import static org.pmip.standalone.Members.eventually;
import static org.pmip.standalone.Members.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.standalone.ClusterLoad.Node;
import org.pmip.standalone.ClusterLoad.Wish;

/**
 * Three members of a cluster, each in a process of its own, on one store and one switch. Members are killed, stopped,
 * cut off and relieved while mobile nodes come, stay, move and go; afterwards all that was answered must be true.
 *
 * <p>{@code -Dcluster=true} runs it, {@code -Dcluster.faults=N} makes N faults a run, {@code -Dcluster.seed=N} draws
 * them and the load as another run has, {@code -Dcluster.fault=CUT_OWNER} makes only faults of that kind.
 */
class ClusterTest {
    private static final int NODES = 60;
    /** Requests a second. */
    private static final int RATE = 60;
    private static final String ONLY = System.getProperty("cluster.fault");
    private static final long SETTLE_MILLIS = 120_000;
    private static final String[] PER_SESSION = {"uplink_sessions", "downlink_sessions", "uplink_sources",
        "home_networks"};

    /** What happens to a member. */
    private enum Fault {
        /** Dies, and is started again. */
        KILL_OWNER, KILL_OTHER,
        /** Stands still for longer than the election takes, and goes on as if nothing had been. */
        STOP_OWNER, STOP_OTHER,
        /** Is cut off from the others, but not from the switch. */
        CUT_OWNER, CUT_OTHER,
        /** Hands the switch over to another one. */
        YIELD
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long seed = Long.getLong("cluster.seed", System.nanoTime() & 0xffff_ffffL);
    private final Random random = new Random(seed);
    private Members members;
    private ClusterDomain domain;
    private ClusterLoad load;
    /** The entries of the switch without any session. */
    private Map<String, Integer> without;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Boolean.getBoolean("cluster"), "takes minutes: run with -Dcluster=true");
        Bundles.assumePackaged();
        say("seed " + seed + ", logs in " + folder);
        domain = new ClusterDomain("127.0.0.1:0");
        // Little more than what is needed, so that whatever is lost is missed.
        members = new Members(folder, domain.configuration(folder, "2001:db8:100::/57"));
        load = new ClusterLoad(domain, seed, NODES);
        members.start();
        owner();
        without = domain.entries();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (members != null) {
            members.close();
        }
        if (domain != null) {
            domain.close();
        }
    }

    private int owner() throws IOException, InterruptedException {
        return members.owner(Samples.DEVICE);
    }

    @Test
    void whatWasAnsweredStaysTrueWhenMembersDie() throws Exception {
        load.run(5_000, RATE);
        int faults = Integer.getInteger("cluster.faults", 1);
        for (int i = 0; i < faults; i++) {
            happen(ONLY != null ? Fault.valueOf(ONLY) : i == 0 ? Fault.KILL_OWNER
                : Fault.values()[random.nextInt(Fault.values().length)]);
            load.run(3_000, RATE);
        }
        load.settle(SETTLE_MILLIS);
        verify();
        outlive();
        say(load.counts().toString());
    }

    private void happen(Fault fault) throws Exception {
        int owner = owner();
        boolean ofOwner = fault != Fault.KILL_OTHER && fault != Fault.STOP_OTHER && fault != Fault.CUT_OTHER;
        int victim = ofOwner ? owner : (owner + 1 + random.nextInt(Members.COUNT - 1)) % Members.COUNT;
        say(fault + " member " + victim);
        load.mark();
        switch (fault) {
            case KILL_OWNER, KILL_OTHER -> {
                members.get(victim).kill();
                load.run(10_000, RATE);
                members.launch(victim);
                load.run(5_000, RATE);
                members.awaitStart(victim);
            }
            case STOP_OWNER, STOP_OTHER -> {
                members.get(victim).suspend();
                load.run(10_000, RATE);
                members.get(victim).resume();
                load.run(3_000, RATE);
            }
            case CUT_OWNER, CUT_OTHER -> {
                members.get(victim).ask("cut");
                load.run(10_000, RATE);
                assertThat(members.get(victim).ask("write").path("failure").asText())
                    .as("a write of a member that cannot reach the others").contains("Timeout");
                members.get(victim).ask("heal");
                load.run(3_000, RATE);
            }
            case YIELD -> {
                members.get(victim).ask("yield " + Samples.DEVICE);
                load.run(5_000, RATE);
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        say(fault + " member " + victim + ": first attachment " + load.firstAfterMark(Wish.ATTACH)
            + " ms after, first handoff " + load.firstAfterMark(Wish.MOVE) + " ms");
    }

    private JsonNode stored() throws IOException, InterruptedException {
        JsonNode stored = members.get(0).ask("stored");
        assertThat(stored.path("failure").asText()).isEmpty();
        return stored;
    }

    /** Everything that was answered is in the store, in every member's copy of it, and in the switch. */
    private void verify() throws IOException, InterruptedException {
        assertThat(load.contradictions()).isEmpty();
        eventually("store", () -> {
            JsonNode stored = stored();
            assertThat(differences(stored.path("records"), expected(stored.path("records")))).isEmpty();
            assertThat(differences(stored.path("prefixes"), claims())).isEmpty();
            return stored;
        });
        for (int i = 0; i < Members.COUNT; i++) {
            MemberProcess member = members.get(i);
            eventually("a member's copy", () -> {
                assertThat(differences(member.ask("known"), stored().path("records"))).isEmpty();
                return true;
            });
        }
        owner();
        eventually("tables", () -> {
            Map<String, Integer> entries = domain.entries();
            int sessions = (int) load.nodes().stream().filter(Node::attached).count();
            for (String table : PER_SESSION) {
                assertThat(entries).containsEntry(table, without.get(table) + sessions);
            }
            assertThat(entries).containsEntry("uplink_keys", (int) load.nodes().stream().filter(node ->
                node.attached() && node.keys).count());
            return entries;
        });
        for (Node node : load.nodes()) {
            if (node.attached()) {
                passes(node);
            }
        }
    }

    /** What must be stored; the numbers of sessions are nobody's business and are taken as they are. */
    private ObjectNode expected(JsonNode records) {
        ObjectNode expected = new ObjectMapper().createObjectNode();
        for (Node node : load.nodes()) {
            if (node.attached()) {
                expected.putArray(node.name).addObject()
                    .set("id", records.path(node.name).path(0).path("id"));
                ((ObjectNode) expected.path(node.name).path(0)).put("active", true)
                    .put("gateway", ClusterDomain.GATEWAYS[node.gateway].toString())
                    .put("prefix", node.prefix.toString()).put("uplink", node.uplink).put("downlink", node.downlink);
            }
        }
        return expected;
    }

    private ObjectNode claims() {
        ObjectNode claims = new ObjectMapper().createObjectNode();
        load.nodes().stream().filter(Node::attached).forEach(node -> claims.put(node.prefix.toString(), node.name));
        return claims;
    }

    /** Packets of the node pass both ways, in the tunnel that was agreed on. */
    private void passes(Node node) throws IOException, InterruptedException {
        long up = random.nextLong();
        domain.uplink(node.gateway, node.prefix, node.uplink, up);
        assertThat(arrival(up)).as(node.name).isEqualTo(new ClusterDomain.Arrival(2, "", up));
        long down = random.nextLong();
        domain.downlink(node.prefix, down);
        assertThat(arrival(down)).as(node.name).isEqualTo(new ClusterDomain.Arrival(node.gateway,
            ClusterDomain.around(node.downlink), down));
    }

    private ClusterDomain.Arrival arrival(long number) throws InterruptedException {
        ClusterDomain.Arrival arrival = domain.arrival(30_000);
        while (arrival != null && arrival.number() != number) {
            arrival = domain.arrival(30_000);
        }
        return arrival;
    }

    /** Sessions end in time though the member that knew of them dies before. */
    private void outlive() throws Exception {
        load.lifetime(2);
        load.all(Wish.EXTEND, SETTLE_MILLIS);
        int owner = owner();
        members.get(owner).kill();
        members.launch(owner);
        load.allGone();
        members.awaitStart(owner);
        eventually("sessions whose time is over", () -> {
            JsonNode stored = stored();
            assertThat(stored.path("records")).isEmpty();
            assertThat(stored.path("prefixes")).isEmpty();
            return stored;
        });
        eventually("tables without sessions", () -> {
            Map<String, Integer> entries = domain.entries();
            assertThat(entries).isEqualTo(without);
            return entries;
        });
        assertThat(load.contradictions()).isEmpty();
    }
}
