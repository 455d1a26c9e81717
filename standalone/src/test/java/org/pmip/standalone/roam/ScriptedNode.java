// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.link.ArpFrame;
import org.pmip.protocol.mag.link.Dhcpv4Message;
import org.pmip.protocol.mag.link.Ipv4UdpFrame;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.NeighborAdvertisement;
import org.pmip.protocol.mag.link.NeighborSolicitation;
import org.pmip.protocol.mag.link.PrefixInformation;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;
import org.pmip.protocol.wire.DecodeException;

/**
 * A host as any other: it solicits routers, makes its address from the prefix that it is told, asks for an IPv4 address
 * by DHCP, answers who asks for it, and knows nothing of mobility. It hears the cell that it is in.
 */
final class ScriptedNode {
    static final int PORT = 5001;
    private static final int TYPE_ARP = 0x0806;
    private static final int TYPE_IPV4 = 0x0800;

    private final MacAddress mac;
    private final Ip6Address linkLocal;
    private final AtomicInteger transaction = new AtomicInteger(1);
    private final Queue<RouterAdvertisement> advertisements = new ConcurrentLinkedQueue<>();
    private final Set<Integer> received = ConcurrentHashMap.newKeySet();
    private final Set<String> errors = ConcurrentHashMap.newKeySet();
    private final AtomicInteger probesAnswered = new AtomicInteger();
    private final Consumer<byte[]> ear = this::hear;
    private volatile Wire cell;
    private volatile boolean mute;
    private volatile MacAddress routerMac;
    private volatile Ip6Address router;
    private volatile Ip6Address address;
    private volatile boolean addressValid;
    private volatile Dhcpv4Message offer;
    private volatile Dhcpv4Message lease;
    private volatile MacAddress router4Mac;

    ScriptedNode(MacAddress mac) {
        this.mac = mac;
        this.linkLocal = inPrefix("fe80::");
    }

    /** Modified EUI-64 (RFC 4291 appendix A). */
    private Ip6Address inPrefix(String prefix) {
        byte[] octets = Ip6Address.valueOf(prefix).toOctets();
        byte[] own = mac.toBytes();
        ByteBuffer.wrap(octets).position(8).put((byte) (own[0] ^ 2)).put(own, 1, 2).put((byte) 0xff).put((byte) 0xfe)
            .put(own, 3, 3);
        return Ip6Address.valueOf(octets);
    }

    /** Goes to another cell; what it left behind is no longer heard. Says nothing there by itself. */
    void goTo(Wire next) {
        if (cell != null) {
            cell.remove(ear);
        }
        cell = next;
        next.add(ear);
    }

    /** From now on it answers nobody, as one that has been switched off. */
    void switchOff() {
        mute = true;
    }

    private void hear(byte[] frame) {
        if (mute || frame.length < 14) {
            return;
        }
        byte[] to = Arrays.copyOf(frame, 6);
        if ((to[0] & 1) == 0 && !Arrays.equals(to, mac.toBytes())) {
            return;
        }
        try {
            int type = ByteBuffer.wrap(frame).getShort(12) & 0xffff;
            if (type == TYPE_ARP) {
                arp(ArpFrame.decode(frame));
            } else if (type == TYPE_IPV4) {
                ipv4(Ipv4UdpFrame.decode(frame));
            } else {
                ipv6(Ipv6Frame.decode(frame));
            }
        } catch (DecodeException e) {
            throw new IllegalStateException("a host would not understand this: " + e.getMessage(), e);
        }
    }

    private void ipv6(Ipv6Frame packet) throws DecodeException {
        if (packet.nextHeader() == Ipv6Frame.UDP) {
            if (packet.destination().equals(address) && packet.destinationPort() == PORT) {
                received.add(ByteBuffer.wrap(packet.data()).getInt());
            }
            return;
        }
        switch (packet.payload()[0] & 0xff) {
            case RouterAdvertisement.TYPE:
                advertised(packet);
                break;
            case NeighborSolicitation.TYPE:
                NeighborSolicitation asked = NeighborSolicitation.decode(packet);
                if (asked.target().equals(linkLocal) || asked.target().equals(address)) {
                    cell.send(NeighborAdvertisement.answer(mac, false, asked, packet.sourceMac()).octets());
                    probesAnswered.incrementAndGet();
                }
                break;
            default:
                if (packet.payload()[0] > 0) {
                    errors.add(packet.payload()[0] + " " + ByteBuffer.wrap(packet.payload()).getInt(4));
                }
                break;
        }
    }

    private void advertised(Ipv6Frame packet) throws DecodeException {
        RouterAdvertisement message = RouterAdvertisement.decode(packet);
        routerMac = packet.sourceMac();
        router = packet.source();
        for (PrefixInformation one : message.prefixes()) {
            if (one.autonomous()) {
                address = inPrefix(one.prefix().address().toString());
                addressValid = one.valid() > 0;
            }
        }
        advertisements.add(message);
    }

    private void arp(ArpFrame asked) {
        Optional<Ip4Address> own = address4();
        if (asked.isRequest() && own.isPresent() && asked.targetAddress().equals(own.get())) {
            // A reply is a request turned round; its octets 20 and 21 say which it is.
            byte[] reply = ArpFrame.request(asked.sender(), mac, own.get(), asked.senderAddress()).octets();
            reply[21] = 2;
            System.arraycopy(asked.sender().toBytes(), 0, reply, 32, 6);
            cell.send(reply);
            probesAnswered.incrementAndGet();
        } else if (!asked.isRequest() && lease != null) {
            router4Mac = asked.sender();
        }
    }

    private void ipv4(Ipv4UdpFrame packet) throws DecodeException {
        if (packet.destinationPort() == Ipv4UdpFrame.CLIENT_PORT) {
            Dhcpv4Message message = Dhcpv4Message.decode(packet.data());
            if (message.type() == Dhcpv4Message.OFFER) {
                offer = message;
            } else if (message.type() == Dhcpv4Message.ACK) {
                lease = message;
            }
        } else if (packet.destinationPort() == PORT && Optional.of(packet.destination()).equals(address4())) {
            received.add(ByteBuffer.wrap(packet.data()).getInt());
        }
    }

    void solicit() {
        cell.send(RouterSolicitation.frame(mac, linkLocal).octets());
    }

    void discover() {
        dhcp(Dhcpv4Message.builder(Dhcpv4Message.REQUEST, transaction.get(), mac).type(Dhcpv4Message.DISCOVER)
            .build());
    }

    /** Takes what was offered. */
    void request() {
        Dhcpv4Message taken = offer;
        dhcp(Dhcpv4Message.builder(Dhcpv4Message.REQUEST, transaction.get(), mac).type(Dhcpv4Message.ASK)
            .option(Dhcpv4Message.REQUESTED_ADDRESS, taken.yours().toOctets())
            .option(Dhcpv4Message.SERVER_IDENTIFIER, taken.option(Dhcpv4Message.SERVER_IDENTIFIER).orElseThrow())
            .build());
    }

    private void dhcp(Dhcpv4Message message) {
        cell.send(new Ipv4UdpFrame(mac, MacAddress.BROADCAST, Ip4Address.ZERO, Ipv4UdpFrame.CLIENT_PORT,
            Ip4Address.valueOf("255.255.255.255"), Ipv4UdpFrame.SERVER_PORT, message.octets()).octets());
    }

    void askForRouter4() {
        cell.send(ArpFrame.request(MacAddress.BROADCAST, mac, address4().orElseThrow(), router4()).octets());
    }

    /** Sends a numbered datagram, as routes and neighbours that it has learned say. */
    void send(int number, IpAddress to) {
        send(number, to, to.isIp6() ? 80 : 60);
    }

    /** The same of so many octets, headers included. */
    void send(int number, IpAddress to, int octets) {
        byte[] data = ByteBuffer.allocate(octets - (to.isIp6() ? 48 : 28)).putInt(number).array();
        if (to.isIp6()) {
            cell.send(Ipv6Frame.udp(mac, routerMac, address, PORT, to.getIp6Address(), PORT, data).octets());
        } else {
            cell.send(new Ipv4UdpFrame(mac, router4Mac, address4().orElseThrow(), PORT, to.getIp4Address(), PORT,
                data).octets());
        }
    }

    /** Sends a datagram of so many octets, headers included, with that hop limit. */
    void send(IpAddress to, int octets, int hopLimit) {
        byte[] frame = Ipv6Frame.udp(mac, routerMac, address, PORT, to.getIp6Address(), PORT,
            new byte[octets - 48]).octets();
        frame[21] = (byte) hopLimit;
        cell.send(frame);
    }

    /** What ICMPv6 errors have told: type and MTU. */
    Set<String> errors() {
        return errors;
    }

    boolean got(int number) {
        return received.contains(number);
    }

    int advertisements() {
        return advertisements.size();
    }

    /** All that it was told by routers so far. */
    Queue<RouterAdvertisement> told() {
        return advertisements;
    }

    MacAddress mac() {
        return mac;
    }

    Ip6Address address() {
        return address;
    }

    boolean addressValid() {
        return addressValid;
    }

    Optional<Ip4Address> address4() {
        return Optional.ofNullable(lease).map(Dhcpv4Message::yours);
    }

    Ip4Address router4() {
        return lease.address(Dhcpv4Message.ROUTER).orElseThrow();
    }

    /** The length of the lease as it is on the wire, four octets of seconds. */
    byte[] leaseTime() {
        return lease.option(Dhcpv4Message.LEASE_TIME).orElseThrow();
    }

    boolean offered() {
        return offer != null;
    }

    boolean leased() {
        return lease != null;
    }

    boolean knowsRouter4() {
        return router4Mac != null;
    }

    int probesAnswered() {
        return probesAnswered.get();
    }

    /** Who its router is: the addresses must be the same everywhere. */
    String router() {
        return router + " " + routerMac + " " + router4Mac;
    }
}
