// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.PortNumber;
import org.pmip.pipeconf.Encapsulation;

/** Checks of the builders; each error names the field and says what would be right. */
final class Check {
    static final long MAX_32 = 0xFFFFFFFFL;
    static final int MAX_16 = 0xFFFF;
    static final int MAX_8 = 0xFF;
    /** 511 is the target's port to nowhere. */
    private static final int MAX_PORT = 510;
    private static final int MAX_VLAN = 4094;

    private Check() {
    }

    static <T> T present(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing; give it a value");
        }
        return value;
    }

    static void absent(String field, Object value, String because) {
        if (value != null) {
            throw new IllegalArgumentException(field + " " + value + " has no place beside " + because
                    + "; leave one of them out");
        }
    }

    static long range(String field, Number value, long low, long high) {
        long number = present(field, value).longValue();
        if (number < low || number > high) {
            throw new IllegalArgumentException(
                    field + " " + number + " is out of range; give a number from " + low + " to " + high);
        }
        return number;
    }

    static long id(String field, Long value) {
        return range(field, value, 1, MAX_32);
    }

    static long key(Encapsulation encapsulation, long value) {
        if (!encapsulation.hasKey() && value != 0) {
            throw new IllegalArgumentException(
                    "key " + value + " has no place in " + encapsulation
                            + "; leave it out or use an encapsulation with key");
        }
        return range("key", value, 0, MAX_32);
    }

    static Encapsulation ofPackets(Encapsulation value) {
        if (present("encapsulation", value) == Encapsulation.ETHERNET_GRE_KEY) {
            throw new IllegalArgumentException("encapsulation " + value
                    + " carries frames, which have no session by address; use Layer2Tunnel");
        }
        return value;
    }

    static int domain(Integer value) {
        return (int) range("domain", value, 0, MAX_16);
    }

    static int vlan(int value) {
        return (int) range("vlanId (0: untagged)", value, 0, MAX_VLAN);
    }

    static PortNumber port(String field, PortNumber value) {
        present(field, value);
        if (value.isLogical() || value.toLong() < 1 || value.toLong() > MAX_PORT) {
            throw new IllegalArgumentException(
                    field + " " + value + " is not a port of the switch; give a number from 1 to " + MAX_PORT);
        }
        return value;
    }

    static IpAddress address(String field, IpAddress value) {
        present(field, value);
        if (Bits.isMapped(value)) {
            throw new IllegalArgumentException(
                    field + " " + value + " is an IPv4 address in disguise; give it as an IPv4 address");
        }
        return value;
    }

    static IpAddress unicast(String field, IpAddress value) {
        address(field, value);
        if (value.isZero() || value.isMulticast()) {
            throw new IllegalArgumentException(field + " " + value + " names no host; give a unicast address");
        }
        return value;
    }

    static void sameFamily(String field, IpAddress value, String otherField, IpAddress other) {
        if (value.version() != other.version()) {
            throw new IllegalArgumentException(field + " " + value + " and " + otherField + " " + other
                    + " are of different families; give both as IPv6 or both as IPv4 addresses");
        }
    }

    static IpPrefix prefix(String field, IpPrefix value) {
        present(field, value);
        if (value.isIp6() && value.prefixLength() >= 96 && Bits.isMapped(value.address())) {
            throw new IllegalArgumentException(
                    field + " " + value + " is an IPv4 prefix in disguise; give it as an IPv4 prefix");
        }
        return value;
    }

    static MacAddress station(String field, MacAddress value) {
        present(field, value);
        if (value.isMulticast() || value.isBroadcast() || value.equals(MacAddress.ZERO)) {
            throw new IllegalArgumentException(field + " " + value + " is not a station's; give a unicast address");
        }
        return value;
    }
}
