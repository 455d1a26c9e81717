// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.onlab.packet.Ip6Address;

/** The correspondent node: sends packets to mobile nodes and checks those that come from them. */
final class CorrespondentPeer extends Peer {

    private static final int PACKET_TOO_BIG = 2;

    private volatile long told;
    private volatile boolean sending;
    private volatile long sent;
    private Thread sender;

    CorrespondentPeer(Map<String, String> options) {
        super(options);
    }

    @Override
    void received(byte[] frame) {
        byte[] packet = Arrays.copyOfRange(frame, Math.min(frame.length, Frames.ETHERNET), frame.length);
        if (packet.length > Frames.IPV6 + 8 && packet[6] == Frames.ICMPV6 && packet[Frames.IPV6] == PACKET_TOO_BIG) {
            told = ByteBuffer.wrap(packet).getInt(Frames.IPV6 + 4);
        }
        if (!Frames.isUser(packet)) {
            return;
        }
        byte[] expected = Frames.ethernet(switchMac(), mac(), Frames.user(Frames.source(packet), address(),
                Frames.HOP_LIMIT - 1, Frames.number(packet), Frames.nanos(packet), Frames.size(packet)));
        if (Arrays.equals(frame, expected)) {
            good(Frames.source(packet));
        } else {
            bad(frame, expected);
        }
    }

    @Override
    Map<String, Object> command(String verb, Map<String, String> options) throws Exception {
        switch (verb) {
            case "send":
                return sendSome(options);
            case "told":
                return Map.of("mtu", told);
            case "start":
                return start(options);
            case "stop":
                sending = false;
                sender.join();
                return Map.of("sent", sent);
            default:
                throw new IllegalArgumentException("unknown command " + verb);
        }
    }

    private Map<String, Object> sendSome(Map<String, String> options) {
        Ip6Address to = Ip6Address.valueOf(required(options, "to"));
        int count = Integer.parseInt(required(options, "count"));
        int size = Integer.parseInt(options.getOrDefault("size", "100"));
        paced(count, i -> send(Frames.user(address(), to, Frames.HOP_LIMIT, i, System.nanoTime(), size)));
        return Map.of("sent", count);
    }

    private Map<String, Object> start(Map<String, String> options) {
        Ip6Address to = Ip6Address.valueOf(required(options, "to"));
        long interval = 1_000_000_000L / Integer.parseInt(required(options, "rate"));
        sending = true;
        sent = 0;
        sender = new Thread(() -> {
            long next = System.nanoTime();
            while (sending) {
                send(Frames.user(address(), to, Frames.HOP_LIMIT, sent, System.nanoTime(), 100));
                sent++;
                next += interval;
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }, "sender");
        sender.setDaemon(true);
        sender.start();
        return Map.of();
    }
}
