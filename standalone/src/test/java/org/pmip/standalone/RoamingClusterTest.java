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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.standalone.RoamingLoad.Node;

/**
 * Three members of a cluster that are anchor and gateways at once, each of the three switches with a master of its own.
 * Hosts go from cell to cell while masters are killed, stopped, cut off and relieved; afterwards each host has what it
 * was told, at one gateway, and nothing else is left anywhere.
 *
 * <p>{@code -Dcluster=true} runs it, {@code -Dcluster.faults=N} makes N faults a run, {@code -Dcluster.seed=N} draws
 * them and the moves as another run has.
 */
class RoamingClusterTest {
    private static final int NODES = 40;
    /** Moves a second. */
    private static final int RATE = 15;
    private static final long SETTLE_MILLIS = 120_000;
    private static final int LATE_MOVES = 8;
    /**
     * How long a member that was killed is away. Atomix's clients stay with one that listens again before they have
     * found another, and the store stands for half a minute.
     */
    private static final long AWAY_MILLIS = 10_000;
    private static final Set<String> OF_SESSIONS_AT_GATEWAY = Set.of("access_nodes", "access_sources",
        "access_uplinks", "access_keys", "access_destinations", "access_deliveries");
    private static final Set<String> OF_SESSIONS_AT_ANCHOR = Set.of("uplink_keys", "uplink_sources",
        "uplink_sessions", "home_networks", "downlink_sessions");
    private static final Set<String> OF_TUNNELS = Set.of("tunnels", "tunnel_endpoints");

    /** What happens to the master of a switch. */
    private enum Fault {
        /** Dies, and is started again. */
        KILL,
        /** Stands still for longer than the election takes, and goes on as if nothing had been. */
        STOP,
        /** Is cut off from the others, but not from the switches. */
        CUT,
        /** Hands the switch over to another one. */
        YIELD
    }

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private final long seed = Long.getLong("cluster.seed", System.nanoTime() & 0xffff_ffffL);
    private final Random random = new Random(seed);
    private final Map<String, Map<String, Integer>> without = new HashMap<>();
    private Members members;
    private RoamingDomain domain;
    private RoamingLoad load;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(Boolean.getBoolean("cluster"), "takes minutes: run with -Dcluster=true");
        Bundles.assumePackaged();
        say("seed " + seed + ", logs in " + folder);
        domain = new RoamingDomain();
        members = new Members(folder, domain.configuration(folder, RoamingLoad.interfaces(NODES)));
        load = new RoamingLoad(domain, seed, NODES);
        members.start();
        int member = random.nextInt(Members.COUNT);
        for (String device : switches()) {
            members.give(device, member++ % Members.COUNT);
            without.put(device, domain.entries(device));
        }
    }

    private static List<String> switches() {
        return List.of(RoamingDomain.ANCHOR, RoamingDomain.GATEWAYS.get(0), RoamingDomain.GATEWAYS.get(1));
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

    @Test
    void hostsKeepWhatTheyWereToldWhereverTheyAreWhenMastersDie() throws Exception {
        load.come();
        load.settle(SETTLE_MILLIS);
        Map<String, Long> sessions = verify();
        load.run(3_000, RATE);
        int faults = Integer.getInteger("cluster.faults", 2);
        for (int i = 0; i < faults; i++) {
            // The master of a gateway's switch dies first, and then stands still.
            String device = switches().get(i < 2 ? 1 + random.nextInt(2) : random.nextInt(switches().size()));
            happen(i < 2 ? Fault.values()[i] : Fault.values()[random.nextInt(Fault.values().length)], device);
            load.run(2_000, RATE);
        }
        load.settle(SETTLE_MILLIS);
        assertThat(verify()).as("sessions at the anchor, which moves do not change").isEqualTo(sessions);
        requestsAreRepeated();
        assertThat(verify()).isEqualTo(sessions);
        lifetimesAreExtended();
        assertThat(verify()).isEqualTo(sessions);
        whoIsGoneIsForgotten();
        say(load.counts().toString());
    }

    private void happen(Fault fault, String device) throws Exception {
        int victim = members.owner(device);
        say(fault + " member " + victim + ", which commands " + device);
        load.mark();
        switch (fault) {
            case KILL -> {
                members.get(victim).kill();
                load.run(AWAY_MILLIS, RATE);
                members.launch(victim);
                load.run(5_000, RATE);
                members.awaitStart(victim);
            }
            case STOP -> {
                members.get(victim).suspend();
                load.run(10_000, RATE);
                members.get(victim).resume();
                load.run(3_000, RATE);
            }
            case CUT -> {
                members.get(victim).ask("cut");
                load.run(10_000, RATE);
                members.get(victim).ask("heal");
                load.run(3_000, RATE);
            }
            case YIELD -> {
                members.get(victim).ask("yield " + device);
                load.run(3_000, RATE);
            }
            default -> throw new IllegalArgumentException(fault.toString());
        }
        say(fault + " member " + victim + ": first told of its router in cell 1 " + load.firstAfterMark(0)
            + " ms after, in cell 2 " + load.firstAfterMark(1) + " ms");
    }

    /** Requests that nobody answered are repeated by the next master, though the hosts say no more. */
    private void requestsAreRepeated() throws Exception {
        String device = RoamingDomain.GATEWAYS.get(1);
        load.asking(false);
        domain.deaf(true);
        int before = domain.lost();
        List<Node> moved = load.go(LATE_MOVES, 1);
        eventually("requests are sent", () -> {
            assertThat(domain.lost() - before).isGreaterThanOrEqualTo(moved.size());
            return true;
        });
        int victim = members.owner(device);
        say("KILL member " + victim + ", which has asked in vain for " + moved.size() + " hosts");
        members.get(victim).kill();
        domain.deaf(false);
        load.settle(SETTLE_MILLIS);
        load.asking(true);
        members.launch(victim);
        members.awaitStart(victim);
    }

    /** Sessions of hosts that do nothing last longer than what was asked for, though who asked is dead. */
    private void lifetimesAreExtended() throws Exception {
        int victim = members.owner(RoamingDomain.GATEWAYS.get(0));
        say("KILL member " + victim + ", which has to extend lifetimes");
        members.get(victim).kill();
        load.run(AWAY_MILLIS, 0);
        members.launch(victim);
        load.run((RoamingDomain.LIFETIME_SECONDS + 5) * 1_000L - AWAY_MILLIS, 0);
        members.awaitStart(victim);
    }

    /** Hosts that answer nobody are de-registered, though who would have found out is dead; nothing is left of them. */
    private void whoIsGoneIsForgotten() throws Exception {
        int victim = members.owner(RoamingDomain.GATEWAYS.get(1));
        say("KILL member " + victim + ", and all hosts fall silent");
        load.silence();
        members.get(victim).kill();
        load.run(AWAY_MILLIS, 0);
        members.launch(victim);
        members.awaitStart(victim);
        eventually("nothing is stored of who is gone", () -> {
            assertThat(lists()).allSatisfy(list -> assertThat(list).isEmpty());
            JsonNode stored = ask(0, "stored");
            assertThat(stored.path("records")).isEmpty();
            assertThat(stored.path("prefixes")).isEmpty();
            return true;
        });
        for (String device : switches()) {
            eventually("entries of " + device + " without hosts", () -> {
                assertThat(domain.entries(device)).isEqualTo(without.get(device));
                return true;
            });
        }
        assertThat(load.contradictions()).isEmpty();
    }

    private JsonNode ask(int member, String what) throws IOException, InterruptedException {
        JsonNode answer = members.get(member).ask(what);
        assertThat(answer.path("failure").asText()).isEmpty();
        return answer;
    }

    private JsonNode lists() throws IOException, InterruptedException {
        return ask(0, "stored-lists");
    }

    /**
     * Everything that hosts were told is so: in the stores, in every member's copy of them and in the switches.
     *
     * @return the anchor's numbers of the hosts' sessions
     */
    private Map<String, Long> verify() throws IOException, InterruptedException {
        assertThat(load.contradictions()).isEmpty();
        Map<String, Long> sessions = eventually("stores", this::stores);
        for (int i = 0; i < Members.COUNT; i++) {
            int member = i;
            eventually("copies of member " + i, () -> {
                assertThat(differences(ask(member, "known"), ask(0, "stored").path("records"))).isEmpty();
                assertThat(differences(ask(member, "known-lists"), lists())).isEmpty();
                return true;
            });
        }
        for (String device : switches()) {
            members.owner(device);
            eventually("entries of " + device, () -> {
                assertThat(domain.entries(device)).isEqualTo(entries(device));
                return true;
            });
        }
        int number = random.nextInt();
        List<Node> unheard = new ArrayList<>(load.nodes());
        eventually("packets pass both ways", () -> {
            // A datagram may be lost on a machine that has no time for it.
            unheard.removeIf(node -> load.arrived(node, number));
            unheard.forEach(node -> load.send(node, number));
            assertThat(unheard).extracting(node -> node.name).isEmpty();
            return true;
        });
        assertThat(load.contradictions()).isEmpty();
        return sessions;
    }

    private Map<String, Integer> entries(String device) {
        Map<String, Integer> entries = new HashMap<>(without.get(device));
        int gateway = RoamingDomain.GATEWAYS.indexOf(device);
        int here = (int) load.nodes().stream().filter(node -> gateway < 0 || load.cell(node) == gateway).count();
        int tunnels = gateway >= 0 ? Math.min(here, 1)
            : (int) load.nodes().stream().map(load::cell).distinct().count();
        (gateway < 0 ? OF_SESSIONS_AT_ANCHOR : OF_SESSIONS_AT_GATEWAY).forEach(table ->
            entries.merge(table, here, Integer::sum));
        OF_TUNNELS.forEach(table -> entries.merge(table, tunnels, Integer::sum));
        return entries;
    }

    /** What is stored must fit what hosts were told, and the keys of both ends must be the same. */
    private Map<String, Long> stores() throws IOException, InterruptedException {
        JsonNode stored = ask(0, "stored");
        JsonNode lists = lists();
        ObjectMapper json = new ObjectMapper();
        ObjectNode records = json.createObjectNode();
        ObjectNode attachments = json.createObjectNode();
        ObjectNode claims = json.createObjectNode();
        Map<String, Long> sessions = new HashMap<>();
        Set<Long> keys = new HashSet<>();
        for (Node node : load.nodes()) {
            JsonNode found = stored.path("records").path(node.name).path(0);
            String prefix = load.prefix(node).toString();
            sessions.put(node.name, found.path("id").asLong());
            assertThat(keys.add(found.path("uplink").asLong())).as("an uplink key of its own for " + node.name)
                .isTrue();
            ObjectNode record = records.putArray(node.name).addObject();
            record.set("id", found.path("id"));
            record.put("active", true).put("gateway", RoamingDomain.ADDRESSES.get(load.cell(node)))
                .put("prefix", prefix).set("uplink", found.path("uplink"));
            record.set("downlink", found.path("downlink"));
            ObjectNode attachment = attachments.putArray(node.name).addObject().put("state", "ACTIVE")
                .put("gateway", "mag" + (load.cell(node) + 1)).put("forwards", true).put("prefix", prefix);
            attachment.set("uplink", found.path("uplink"));
            attachment.set("downlink", found.path("downlink"));
            claims.put(prefix, node.name);
        }
        assertThat(differences(stored.path("records"), records)).isEmpty();
        assertThat(differences(lists, attachments)).isEmpty();
        assertThat(differences(stored.path("prefixes"), claims)).isEmpty();
        return sessions;
    }
}
