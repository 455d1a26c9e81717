// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.onlab.packet.IPv6;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;

/**
 * Many interfaces that an access point announces in a cell, all at once if wanted, and when each of them was then told
 * of its router.
 */
final class Crowd {
    private static final long FIRST = 0x020000000001L;
    private static final int LAYER2_UPDATE_OCTETS = 60;
    private static final byte[] LAYER2_UPDATE = {0, 6, 0, 1, (byte) 0xaf, (byte) 0x81, 1, 0};
    private static final int ICMPV6 = 58;
    private static final int NEXT_HEADER_AT = 20;
    private static final int ICMP_AT = 54;
    private static final int ROUTER_LIFETIME_AT = ICMP_AT + 6;

    private final int size;
    private final Map<MacAddress, Long> announced = new ConcurrentHashMap<>();
    private final Map<MacAddress, Long> told = new ConcurrentHashMap<>();
    private final Consumer<byte[]> ear = this::hear;
    private volatile Wire cell;
    private int announcements;

    Crowd(int size) {
        this.size = size;
    }

    static MacAddress mac(int number) {
        return MacAddress.valueOf(FIRST + number);
    }

    static String id(int number) {
        return "crowd" + number + "@example.net";
    }

    /** What the configuration says of gateways for this crowd. */
    ObjectNode configuration() {
        ObjectNode root = RoamBed.gateways();
        ObjectNode mag = (ObjectNode) root.get("mag");
        mag.putArray("anchors").addObject().put("name", "lma1").put("grePolicy", "keys")
            .put("address", "2001:db8:0:1::1");
        ArrayNode nodes = mag.putArray("mobileNodes");
        for (int number = 0; number < size; number++) {
            nodes.addObject().put("id", id(number)).putArray("interfaces").add(mac(number).toString());
        }
        mag.putObject("homeLink").put("probeInterval", 0);
        return root;
    }

    /** From now on all of them are in that cell; nobody has been announced there yet. */
    void goTo(Wire next) {
        if (cell != null) {
            cell.remove(ear);
        }
        cell = next;
        announced.clear();
        told.clear();
        announcements = 0;
        next.add(ear);
    }

    /** The access point announces all to whom nothing has been said of a router yet, as fast as it can. */
    void announceWhoWaits() {
        for (int number = 0; number < size; number++) {
            if (!told.containsKey(mac(number))) {
                announce(number);
            }
        }
    }

    /** The access point announces one of them; who has been announced asks for its router itself. */
    void announce(int number) {
        MacAddress mac = mac(number);
        announcements++;
        if (announced.putIfAbsent(mac, System.nanoTime()) == null) {
            cell.send(layer2Update(mac));
        } else {
            // An advertisement may have been lost; it is the node itself that asks again.
            cell.send(RouterSolicitation.frame(mac, Ip6Address.valueOf(IPv6.getLinkLocalAddress(mac.toBytes())))
                .octets());
        }
    }

    private void hear(byte[] frame) {
        MacAddress mac = MacAddress.valueOf(Arrays.copyOf(frame, MacAddress.MAC_ADDRESS_LENGTH));
        if (frame.length <= ROUTER_LIFETIME_AT + 1 || frame[NEXT_HEADER_AT] != ICMPV6
            || (frame[ICMP_AT] & 0xff) != RouterAdvertisement.TYPE) {
            // It is asked whether it is there. Whatever it says shows that it is.
            cell.send(layer2Update(mac));
        } else if ((frame[ROUTER_LIFETIME_AT] | frame[ROUTER_LIFETIME_AT + 1]) != 0) {
            // One without a lifetime takes the router away.
            told.putIfAbsent(mac, System.nanoTime());
        }
    }

    private static byte[] layer2Update(MacAddress mac) {
        return ByteBuffer.allocate(LAYER2_UPDATE_OCTETS).put(MacAddress.BROADCAST.toBytes()).put(mac.toBytes())
            .put(LAYER2_UPDATE).array();
    }

    /** How many have been told of their router in this cell. */
    int told() {
        return told.size();
    }

    /** How often the access point announced one of them in this cell. */
    int announcements() {
        return announcements;
    }

    /** Nanoseconds from the first announcement of one to the router's first word to it; empty if there was none. */
    OptionalLong took(int number) {
        Long from = announced.get(mac(number));
        Long to = told.get(mac(number));
        return from == null || to == null ? OptionalLong.empty() : OptionalLong.of(to - from);
    }

    /** The same of all who have been told. */
    List<Long> all() {
        List<Long> out = new ArrayList<>();
        for (int number = 0; number < size; number++) {
            took(number).ifPresent(out::add);
        }
        return out;
    }

    /** Nanoseconds from the first announcement in this cell until the last one was told of its router. */
    long span() {
        return told.values().stream().mapToLong(Long::longValue).max().orElse(0)
            - announced.values().stream().mapToLong(Long::longValue).min().orElse(0);
    }
}
