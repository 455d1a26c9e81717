// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;

/** An ARP request (RFC 826) as far as an answer to it needs. Immutable. */
final class ArpRequest {

    private static final int ETHERNET = 14;
    private static final int LENGTH = ETHERNET + 28;
    private static final int TYPE = 0x0806;
    /** Ethernet, IPv4, and their lengths: the only kind of ARP that there is. */
    private static final long KIND = 0x0001_0800_0604L;
    private static final int REQUEST = 1;
    private static final int REPLY = 2;

    private final MacAddress mac;
    private final Ip4Address source;
    private final Ip4Address target;

    private ArpRequest(MacAddress mac, Ip4Address source, Ip4Address target) {
        this.mac = mac;
        this.source = source;
        this.target = target;
    }

    /** Reads a frame; empty if it is no such request. */
    static Optional<ArpRequest> decode(byte[] frame) {
        if (frame.length < LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(frame);
        if ((in.getShort(12) & 0xffff) != TYPE || in.getLong(ETHERNET) != (KIND << 16 | REQUEST)) {
            return Optional.empty();
        }
        return Optional.of(new ArpRequest(MacAddress.valueOf(Arrays.copyOfRange(frame, 22, 28)),
                Ip4Address.valueOf(in.getInt(28)), Ip4Address.valueOf(in.getInt(38))));
    }

    /** Whose link-layer address is asked for. */
    Ip4Address target() {
        return target;
    }

    /** The frame that answers. */
    byte[] reply(MacAddress own) {
        return ByteBuffer.allocate(LENGTH).put(mac.toBytes()).put(own.toBytes()).putShort((short) TYPE)
                .putLong(KIND << 16 | REPLY).put(own.toBytes()).put(target.toOctets()).put(mac.toBytes())
                .put(source.toOctets()).array();
    }
}
