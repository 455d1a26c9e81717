// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.softswitch.port.Port;
import org.pmip.softswitch.port.PortSpec;

/**
 * A process at a wire of the switch. It takes a command a line on its standard input, {@code verb key=value ...}, and
 * answers each with one line, {@code ok key=value ...} or {@code error text}.
 */
abstract class Peer {

    private static final long PACE_NANOS = 500_000;

    private final Port link;
    private final MacAddress mac;
    private final MacAddress switchMac;
    private final Ip6Address address;
    private final Map<Ip6Address, Received> received = new HashMap<>();
    private long bad;
    private String firstBad = "";

    Peer(Map<String, String> options) {
        link = new PortSpec.Numbered(0, PortSpec.of(required(options, "link"))).port();
        mac = MacAddress.valueOf(required(options, "mac"));
        switchMac = MacAddress.valueOf(required(options, "switch-mac"));
        address = Ip6Address.valueOf(required(options, "address"));
    }

    /** What came for one address. */
    static final class Received {
        private long packets;
        private long lastAt;
        private long longestGap;
    }

    static String required(Map<String, String> options, String key) {
        String value = options.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + "= is missing");
        }
        return value;
    }

    static Map<String, String> options(String[] words, int from) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = from; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(words[i] + ": write key=value");
            }
            options.put(words[i].substring(0, equals), words[i].substring(equals + 1));
        }
        return options;
    }

    MacAddress mac() {
        return mac;
    }

    MacAddress switchMac() {
        return switchMac;
    }

    Ip6Address address() {
        return address;
    }

    void send(byte[] packet) {
        byte[] frame = Frames.ethernet(mac, switchMac, packet);
        link.send(frame, 0, frame.length);
    }

    /** Sends one packet of a series. */
    interface Sending {
        void send(long number);
    }

    /** Sends a series with a little room between packets: it is to show that they arrive, not how many a second. */
    static void paced(int count, Sending sending) {
        long next = System.nanoTime();
        for (int i = 0; i < count; i++) {
            sending.send(i);
            next += PACE_NANOS;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    /** Looks at a frame that came. */
    abstract void received(byte[] frame);

    /** Carries out a command and returns the fields of its answer. */
    abstract Map<String, Object> command(String verb, Map<String, String> options) throws Exception;

    /** Notes a user's packet that came as it should have. */
    synchronized void good(Ip6Address flow) {
        Received one = received.computeIfAbsent(flow, key -> new Received());
        long now = System.nanoTime();
        if (one.packets++ > 0) {
            one.longestGap = Math.max(one.longestGap, now - one.lastAt);
        }
        one.lastAt = now;
        notifyAll();
    }

    /** Notes a frame that is not as it should have been. */
    synchronized void bad(byte[] frame, byte[] expected) {
        bad++;
        if (firstBad.isEmpty()) {
            firstBad = "got:" + Frames.hex(frame) + ",expected:" + Frames.hex(expected);
        }
        notifyAll();
    }

    private synchronized Map<String, Object> count(Map<String, String> options) throws InterruptedException {
        Ip6Address flow = Ip6Address.valueOf(required(options, "flow"));
        long wanted = Long.parseLong(options.getOrDefault("wait", "0"));
        long until = System.nanoTime() + Long.parseLong(options.getOrDefault("millis", "0")) * 1_000_000;
        Received one = received.computeIfAbsent(flow, key -> new Received());
        while (one.packets < wanted && System.nanoTime() < until) {
            wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
        }
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("packets", one.packets);
        out.put("gap-us", one.longestGap / 1_000);
        out.put("bad", bad);
        if (!firstBad.isEmpty()) {
            out.put("first-bad", firstBad);
        }
        return out;
    }

    private synchronized Map<String, Object> forget() {
        received.clear();
        bad = 0;
        firstBad = "";
        return Map.of();
    }

    /** Serves commands until the standard input ends. */
    final void run() throws IOException {
        link.start((frame, offset, length) -> received(Arrays.copyOfRange(frame, offset, offset + length)));
        System.out.println("ok ready=true");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
            System.out.println(answer(line));
        }
        link.close();
    }

    private String answer(String line) {
        String[] words = line.trim().split(" +");
        try {
            Map<String, String> options = options(words, 1);
            Map<String, Object> fields;
            switch (words[0]) {
                case "count":
                    fields = count(options);
                    break;
                case "forget":
                    fields = forget();
                    break;
                default:
                    fields = command(words[0], options);
                    break;
            }
            StringBuilder out = new StringBuilder("ok");
            fields.forEach((key, value) -> out.append(' ').append(key).append('=').append(value));
            return out.toString();
        } catch (Exception e) {
            // Whatever went wrong is the answer: the story on the other side of the pipe decides what it means.
            return "error " + e.getClass().getSimpleName() + ": " + e.getMessage();
        }
    }

    /**
     * Starts a peer.
     *
     * @param args {@code mag} or {@code cn}, then {@code link=... mac=... switch-mac=... address=...} and for a gateway
     *     {@code lma=...}
     */
    public static void main(String[] args) {
        if (args.length == 0) {
            throw new IllegalArgumentException("say mag or cn first");
        }
        Map<String, String> options = options(args, 1);
        Peer peer = args[0].equals("mag") ? new GatewayPeer(options) : new CorrespondentPeer(options);
        try {
            peer.run();
        } catch (IOException e) {
            // Most often a wire that is not there; who has started this says it to the user.
            System.out.println("error " + e.getMessage());
            System.exit(1);
        }
    }
}
