// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;

/** What happens in the demonstration, step by step. For one thread. */
final class Story {

    private static final int PACKETS = 100;
    private static final int RATE = 1_000;
    private static final int MEASURED = 200;
    private static final long PATIENCE_MILLIS = 8_000;
    private static final long LOOK_AGAIN_MILLIS = 100;

    private final AnchorView anchor;
    private final PeerProcess mag1;
    private final PeerProcess mag2;
    private final PeerProcess correspondent;
    private final Printer printer;

    Story(AnchorView anchor, PeerProcess mag1, PeerProcess mag2, PeerProcess correspondent, Printer printer) {
        this.anchor = anchor;
        this.mag1 = mag1;
        this.mag2 = mag2;
        this.correspondent = correspondent;
        this.printer = printer;
    }

    void tell() throws IOException, InterruptedException {
        printer.say("three mobile nodes attach");
        Map<String, String> first = attach(mag1, "MAG 1", "mn1@example.net", "0x11", 1, "keys");
        Map<String, String> second = attach(mag1, "MAG 1", "mn2@example.net", "mode", 1, "mode");
        Map<String, String> third = attach(mag2, "MAG 2", "mn3@example.net", "none", 1, "none");
        printer.say("packets both ways, each compared octet by octet with what it should be");
        traffic(mag1, "mn1@example.net", first);
        traffic(mag1, "mn2@example.net", second);
        traffic(mag2, "mn3@example.net", third);
        anchor.await(now -> downlink(now, "mn3@example.net") >= PACKETS, PATIENCE_MILLIS);
        printer.bindings(anchor.snapshot());
        printer.entries(anchor.snapshot(), "mn1@example.net");
        wrongKey(first);
        tooBig(first);
        handoff(first);
        measure();
        deregister(second);
        printer.bindings(anchor.snapshot());
        printer.counts("dropped by the switch, by reason", anchor.snapshot().get("drops"));
        printer.counts("done by the anchor", anchor.snapshot().get("statistics"));
    }

    private Map<String, String> attach(PeerProcess gateway, String name, String node, String gre, int handoff,
                                       String expected) throws IOException, InterruptedException {
        Map<String, String> answer = gateway.call("attach node=" + node + " gre=" + gre + " hi=" + handoff);
        printer.check("0".equals(answer.get("status")) && expected.equals(answer.get("gre")),
                "%s -> LMA PBU %s GRE %s; LMA -> %s PBA %s prefix %s uplink key %s, %s us", name, node, gre, name,
                answer.get("name"), answer.get("prefix"), answer.get("uplink"), answer.get("us"));
        return answer;
    }

    private void traffic(PeerProcess gateway, String node, Map<String, String> session)
            throws IOException, InterruptedException {
        String host = session.get("host");
        correspondent.call("send to=" + host + " count=" + PACKETS + " size=1200");
        Map<String, String> down = gateway.call("count flow=" + host + " wait=" + PACKETS + " millis=10000");
        gateway.call("send node=" + node + " to=" + Setting.CORRESPONDENT + " count=" + PACKETS + " size=1200");
        Map<String, String> up = correspondent.call("count flow=" + host + " wait=" + PACKETS + " millis=10000");
        printer.check(all(down) && all(up), "%s: %s of %d down and %s of %d up as they should be, %s and %s not",
                node, down.get("packets"), PACKETS, up.get("packets"), PACKETS, down.get("bad"), up.get("bad"));
        if (down.containsKey("first-bad") || up.containsKey("first-bad")) {
            printer.say("       %s %s", down.get("first-bad"), up.get("first-bad"));
        }
    }

    private static boolean all(Map<String, String> count) {
        return Integer.toString(PACKETS).equals(count.get("packets")) && "0".equals(count.get("bad"));
    }

    private void wrongKey(Map<String, String> session) throws IOException, InterruptedException {
        long key = Long.decode(session.get("uplink")) ^ 0x5555;
        long before = drops("unknown_key");
        printer.say("MAG 1 sends one packet of mn1 with the key 0x%08x, which nobody was given", key);
        mag1.call("send node=mn1@example.net to=" + Setting.CORRESPONDENT + " count=1 key=" + key);
        boolean counted = anchor.await(now -> now.get("drops").path("unknown_key").asLong() == before + 1,
                PATIENCE_MILLIS);
        Map<String, String> up = correspondent.call("count flow=" + session.get("host"));
        printer.check(counted && Integer.toString(PACKETS).equals(up.get("packets")),
                "dropped, and counted as unknown_key: %d", drops("unknown_key"));
    }

    private void tooBig(Map<String, String> session) throws IOException, InterruptedException {
        correspondent.call("send to=" + session.get("host") + " count=1 size=1452");
        long until = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        String mtu = correspondent.call("told").get("mtu");
        while (mtu.equals("0") && System.nanoTime() < until) {
            mtu = correspondent.call("told").get("mtu");
        }
        printer.check("1452".equals(mtu), "a packet of 1500 octets does not fit mn1's tunnel: the sender gets Packet"
                + " Too Big with MTU %s", mtu);
    }

    private void handoff(Map<String, String> session) throws IOException, InterruptedException {
        String host = session.get("host");
        mag1.call("forget");
        mag2.call("forget");
        printer.say("mn1 moves from MAG 1 to MAG 2 while %d packets a second flow to it", RATE);
        correspondent.call("start to=" + host + " rate=" + RATE);
        mag1.call("count flow=" + host + " wait=" + RATE / 2 + " millis=10000");
        Map<String, String> answer = mag2.call("attach node=mn1@example.net gre=0x22 hi=3");
        mag2.call("count flow=" + host + " wait=" + RATE / 2 + " millis=10000");
        long sent = Long.parseLong(correspondent.call("stop").get("sent"));
        Map<String, String> old = mag1.call("count flow=" + host);
        Map<String, String> fresh = mag2.call("count flow=" + host + " wait="
                + (sent - Long.parseLong(old.get("packets"))) + " millis=1000");
        long lost = sent - Long.parseLong(old.get("packets")) - Long.parseLong(fresh.get("packets"));
        printer.check("0".equals(answer.get("status")) && session.get("prefix").equals(answer.get("prefix"))
                        && session.get("uplink").equals(answer.get("uplink")),
                "PBA %s, the same prefix %s and the same uplink key %s, %s us", answer.get("name"),
                answer.get("prefix"), answer.get("uplink"), answer.get("us"));
        // How many get lost is told, not judged: it depends on the machine.
        printer.check(lost >= 0 && Long.parseLong(fresh.get("packets")) >= RATE / 2
                        && "0".equals(old.get("bad")) && "0".equals(fresh.get("bad")),
                "%d sent, %s came to MAG 1, %s to MAG 2, %d lost", sent, old.get("packets"), fresh.get("packets"),
                lost);
    }

    private void measure() throws IOException, InterruptedException {
        printer.say("MAG 1 registers, extends and de-registers %d nodes one after another", MEASURED);
        Map<String, String> times = mag1.call("measure count=" + MEASURED);
        printer.say("  PBU to PBA at the gateway's socket, store and switch included:");
        printer.say("    initial registration  median %s us, 99th percentile %s us", times.get("attach-median-us"),
                times.get("attach-p99-us"));
        printer.say("    lifetime extension    median %s us, 99th percentile %s us", times.get("extend-median-us"),
                times.get("extend-p99-us"));
    }

    private void deregister(Map<String, String> session) throws IOException, InterruptedException {
        printer.say("MAG 1 de-registers mn2");
        Map<String, String> answer = mag1.call("detach node=mn2@example.net");
        printer.check("0".equals(answer.get("status")), "PBA %s; the entry waits %d ms, traffic is dropped",
                answer.get("name"), Setting.MIN_DELAY_BEFORE_BCE_DELETE);
        long before = drops("session_ending");
        correspondent.call("send to=" + session.get("host") + " count=10");
        printer.check(anchor.await(now -> now.get("drops").path("session_ending").asLong() >= before + 10,
                PATIENCE_MILLIS), "10 packets to it dropped as session_ending");
        printer.check(anchor.await(now -> find(now, "mn2@example.net") == null, PATIENCE_MILLIS),
                "after MinDelayBeforeBCEDelete the binding is gone");
        printer.check(untilDropped("no_binding", correspondent, "send to=" + session.get("host") + " count=1"),
                "its table entries are gone: packets to it are dropped as no_binding");
        printer.check(untilDropped("unknown_tunnel", mag1, "send node=mn2@example.net to=" + Setting.CORRESPONDENT
                + " count=1"), "nobody is at MAG 1 any more: its tunnel is gone, packets from it are dropped as"
                + " unknown_tunnel");
    }

    /** Sends a packet now and then until one is counted for this reason. */
    private boolean untilDropped(String reason, PeerProcess peer, String send)
            throws IOException, InterruptedException {
        long before = drops(reason);
        long until = System.nanoTime() + 2 * PATIENCE_MILLIS * 1_000_000;
        while (drops(reason) == before && System.nanoTime() < until) {
            peer.call(send);
            anchor.await(now -> now.get("drops").path(reason).asLong() > before, LOOK_AGAIN_MILLIS);
        }
        return drops(reason) > before;
    }

    private long drops(String reason) {
        return anchor.snapshot().get("drops").path(reason).asLong();
    }

    private static JsonNode find(JsonNode snapshot, String mobileNode) {
        for (JsonNode node : snapshot.get("bindings")) {
            if (node.get("mobileNode").asText().equals(mobileNode)) {
                return node;
            }
        }
        return null;
    }

    private static long downlink(JsonNode snapshot, String mobileNode) {
        JsonNode node = find(snapshot, mobileNode);
        return node == null ? 0 : node.get("sessions").get(0).get("traffic").get("downlinkPackets").asLong();
    }
}
