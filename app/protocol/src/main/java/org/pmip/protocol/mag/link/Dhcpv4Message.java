// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/**
 * DHCP message for IPv4 (RFC 2131 section 2) on Ethernet, with its options as octets. Immutable. What nothing here
 * reads, the fields secs, siaddr, sname, file and the rest of chaddr, is kept as it came: a relay agent changes hops
 * and giaddr only (RFC 1542 section 4.1), and sname and file may hold options (RFC 2132 section 9.3).
 */
public final class Dhcpv4Message {

    /** Op of a client's message. */
    public static final int REQUEST = 1;
    /** Op of a server's message. */
    public static final int REPLY = 2;
    /** DHCPDISCOVER. */
    public static final int DISCOVER = 1;
    /** DHCPOFFER. */
    public static final int OFFER = 2;
    /** DHCPREQUEST. */
    public static final int ASK = 3;
    /** DHCPDECLINE. */
    public static final int DECLINE = 4;
    /** DHCPACK. */
    public static final int ACK = 5;
    /** DHCPNAK. */
    public static final int NAK = 6;
    /** DHCPRELEASE. */
    public static final int RELEASE = 7;
    /** DHCPINFORM. */
    public static final int INFORM = 8;

    /** Subnet Mask option. */
    public static final int SUBNET_MASK = 1;
    /** Router option. */
    public static final int ROUTER = 3;
    /** Interface MTU option. */
    public static final int MTU = 26;
    /** Requested IP Address option. */
    public static final int REQUESTED_ADDRESS = 50;
    /** IP Address Lease Time option. */
    public static final int LEASE_TIME = 51;
    /** DHCP Message Type option. */
    public static final int MESSAGE_TYPE = 53;
    /** Server Identifier option. */
    public static final int SERVER_IDENTIFIER = 54;
    /** Client-identifier option. */
    public static final int CLIENT_IDENTIFIER = 61;

    /** Relay Agent Information option (RFC 3046). */
    public static final int AGENT_INFORMATION = 82;

    /** The flag by which a client says that it cannot take unicast yet. */
    public static final int BROADCAST = 0x8000;

    private static final int FIXED = 236;
    private static final int FLAGS = 10;
    private static final int RELAY = 24;
    private static final int COOKIE = 0x63825363;
    private static final int LEAST = 300;
    private static final int ETHERNET = 1;
    private static final int MAC_LENGTH = 6;
    private static final int PAD = 0;
    private static final int END = 255;

    private final byte[] fixed;
    private final int op;
    private final int hops;
    private final int transaction;
    private final int flags;
    private final Ip4Address client;
    private final Ip4Address yours;
    private final Ip4Address relay;
    private final MacAddress hardware;
    /** In the order in which they are written. */
    private final Map<Integer, byte[]> options;

    private Dhcpv4Message(Builder from) {
        fixed = from.fixed;
        op = from.op;
        hops = from.hops;
        transaction = from.transaction;
        flags = from.flags;
        client = from.client;
        yours = from.yours;
        relay = from.relay;
        hardware = from.hardware;
        options = new LinkedHashMap<>(from.options);
    }

    /** Begins a message. */
    public static Builder builder(int op, int transaction, MacAddress hardware) {
        Builder builder = new Builder();
        builder.op = op;
        builder.transaction = transaction;
        builder.hardware = hardware;
        return builder;
    }

    /**
     * Reads the data of a datagram. Options that occur several times are joined (RFC 3396); options in the file and
     * sname fields are not read.
     *
     * @throws DecodeException when it is truncated, not for Ethernet, or no DHCP
     */
    public static Dhcpv4Message decode(byte[] octets) throws DecodeException {
        if (octets.length < FIXED + 4) {
            throw new DecodeException(Reason.TRUNCATED, octets.length, "a DHCP message has at least 240 octets");
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        if (octets[1] != ETHERNET || octets[2] != MAC_LENGTH || in.getInt(FIXED) != COOKIE) {
            throw new DecodeException(Reason.PACKET, 1, "no DHCP message of an Ethernet client");
        }
        Builder read = builder(octets[0] & 0xff, in.getInt(4),
                MacAddress.valueOf(Arrays.copyOfRange(octets, 28, 28 + MAC_LENGTH)))
                .hops(octets[3] & 0xff).flags(in.getShort(10) & 0xffff)
                .addresses(Ip4Address.valueOf(in.getInt(12)), Ip4Address.valueOf(in.getInt(16)),
                        Ip4Address.valueOf(in.getInt(24)));
        read.fixed = Arrays.copyOf(octets, FIXED);
        int at = FIXED + 4;
        while (at < octets.length && (octets[at] & 0xff) != END) {
            int code = octets[at] & 0xff;
            if (code == PAD) {
                at++;
                continue;
            }
            int length = at + 1 < octets.length ? octets[at + 1] & 0xff : octets.length;
            if (at + 2 + length > octets.length) {
                throw new DecodeException(Reason.OPTION_LENGTH, at, "option " + code + " reaches past the end");
            }
            read.join(code, Arrays.copyOfRange(octets, at + 2, at + 2 + length));
            at += 2 + length;
        }
        return new Dhcpv4Message(read);
    }

    /**
     * The data of a datagram, at least 300 octets as old relays want it. Options keep the order in which they came, as
     * some clients look for the type first and some authentication covers the order; a relay agent's is the last
     * (RFC 3046 section 2.1).
     */
    public byte[] octets() {
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        options.forEach((code, value) -> {
            if (code != AGENT_INFORMATION) {
                write(tail, code, value);
            }
        });
        Optional.ofNullable(options.get(AGENT_INFORMATION)).ifPresent(value -> write(tail, AGENT_INFORMATION, value));
        tail.write(END);
        ByteBuffer out = ByteBuffer.allocate(Math.max(LEAST, FIXED + 4 + tail.size()));
        out.put(fixed).putInt(COOKIE).put(tail.toByteArray());
        out.position(0);
        out.put((byte) op).put((byte) ETHERNET).put((byte) MAC_LENGTH).put((byte) hops).putInt(transaction);
        out.position(FLAGS);
        out.putShort((short) flags).put(client.toOctets()).put(yours.toOctets());
        out.position(RELAY);
        out.put(relay.toOctets()).put(hardware.toBytes());
        return out.array();
    }

    private static void write(ByteArrayOutputStream out, int code, byte[] value) {
        int from = 0;
        do {
            int length = Math.min(255, value.length - from);
            out.write(code);
            out.write(length);
            out.write(value, from, length);
            from += length;
        } while (from < value.length);
    }

    /** {@link #REQUEST} or {@link #REPLY}. */
    public int op() {
        return op;
    }

    /** How many relay agents it went through. */
    public int hops() {
        return hops;
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        Builder builder = builder(op, transaction, hardware).hops(hops).flags(flags).addresses(client, yours, relay);
        builder.fixed = fixed;
        builder.options.putAll(options);
        return builder;
    }

    /** The transaction's number. */
    public int transaction() {
        return transaction;
    }

    /** The flags; see {@link #BROADCAST}. */
    public int flags() {
        return flags;
    }

    /** The address that the client uses already. */
    public Ip4Address client() {
        return client;
    }

    /** The address that the server gives. */
    public Ip4Address yours() {
        return yours;
    }

    /** The relay's address. */
    public Ip4Address relay() {
        return relay;
    }

    /** The client's hardware address. */
    public MacAddress hardware() {
        return hardware;
    }

    /** The message type; 0 if there is none. */
    public int type() {
        byte[] value = options.get(MESSAGE_TYPE);
        return value != null && value.length == 1 ? value[0] & 0xff : 0;
    }

    /** An option's octets. */
    public Optional<byte[]> option(int code) {
        return Optional.ofNullable(options.get(code)).map(byte[]::clone);
    }

    /** An option that is an address. */
    public Optional<Ip4Address> address(int code) {
        return option(code).filter(value -> value.length == Ip4Address.BYTE_LENGTH).map(Ip4Address::valueOf);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcpv4Message && Arrays.equals(octets(), ((Dhcpv4Message) other).octets());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets());
    }

    @Override
    public String toString() {
        return "DHCP type " + type() + " of " + hardware + " yours " + yours;
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder {
        /** Never changed, so that messages may share it. */
        private byte[] fixed = new byte[FIXED];
        private int op;
        private int hops;
        private int transaction;
        private int flags;
        private Ip4Address client = Ip4Address.ZERO;
        private Ip4Address yours = Ip4Address.ZERO;
        private Ip4Address relay = Ip4Address.ZERO;
        private MacAddress hardware;
        private final Map<Integer, byte[]> options = new LinkedHashMap<>();

        private Builder() {
        }

        /** How many relay agents it went through, 0 to 255. */
        public Builder hops(int value) {
            hops = value;
            return this;
        }

        /** The flags. */
        public Builder flags(int value) {
            flags = value;
            return this;
        }

        /** The addresses of client, lease and relay. */
        public Builder addresses(Ip4Address ofClient, Ip4Address ofLease, Ip4Address ofRelay) {
            client = ofClient;
            yours = ofLease;
            relay = ofRelay;
            return this;
        }

        /** The message type. */
        public Builder type(int value) {
            return option(MESSAGE_TYPE, new byte[] {(byte) value});
        }

        /** An option, in place of the one that there is. */
        public Builder option(int code, byte[] value) {
            if (code <= PAD || code >= END) {
                throw new IllegalArgumentException("option " + code + ": use 1 to 254");
            }
            options.put(code, value.clone());
            return this;
        }

        /** Takes an option away, if it is there. */
        public Builder without(int code) {
            options.remove(code);
            return this;
        }

        private void join(int code, byte[] more) {
            byte[] before = options.getOrDefault(code, new byte[0]);
            byte[] both = Arrays.copyOf(before, before.length + more.length);
            System.arraycopy(more, 0, both, before.length, more.length);
            options.put(code, both);
        }

        /** Makes the message. */
        public Dhcpv4Message build() {
            return new Dhcpv4Message(this);
        }
    }
}
