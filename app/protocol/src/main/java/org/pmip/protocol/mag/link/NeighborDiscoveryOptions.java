// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;

/** The options of Neighbor Discovery messages (RFC 4861 section 4.6). */
final class NeighborDiscoveryOptions {

    static final int SOURCE_LINK_LAYER = 1;
    static final int TARGET_LINK_LAYER = 2;
    static final int PREFIX_INFORMATION = 3;
    static final int MTU = 5;
    private static final int UNIT = 8;

    private final List<byte[]> options = new ArrayList<>();

    /**
     * Reads what follows the fixed part of a message, whose hop limit, code and length are checked first as sections
     * 6.1 and 7.1 ask.
     */
    static NeighborDiscoveryOptions read(Ipv6Frame frame, int type, int fixed) throws DecodeException {
        byte[] message = frame.payload();
        if (frame.nextHeader() != Ipv6Frame.ICMPV6 || (message[0] & 0xff) != type) {
            throw new DecodeException(Reason.PACKET, 0, "no ICMPv6 message of type " + type);
        }
        if (frame.hopLimit() != Ipv6Frame.UNFORWARDED) {
            throw new DecodeException(Reason.PACKET, 0, "the hop limit is " + frame.hopLimit() + " instead of 255");
        }
        if (message[1] != 0) {
            throw new DecodeException(Reason.PACKET, 1, "the code is " + (message[1] & 0xff) + " instead of 0");
        }
        if (message.length < fixed) {
            throw new DecodeException(Reason.TRUNCATED, message.length, "type " + type + " has at least " + fixed
                    + " octets");
        }
        NeighborDiscoveryOptions read = new NeighborDiscoveryOptions();
        int at = fixed;
        while (at < message.length) {
            int length = at + 1 < message.length ? (message[at + 1] & 0xff) * UNIT : 0;
            if (length == 0 || at + length > message.length) {
                throw new DecodeException(Reason.OPTION_LENGTH, at + 1, "an option of " + length + " octets");
            }
            read.options.add(Arrays.copyOfRange(message, at, at + length));
            at += length;
        }
        return read;
    }

    /** All options of a type that have so many octets; others of the type are not understood and skipped. */
    List<ByteBuffer> all(int type, int length) {
        List<ByteBuffer> found = new ArrayList<>();
        for (byte[] option : options) {
            if ((option[0] & 0xff) == type && option.length == length) {
                found.add(ByteBuffer.wrap(option));
            }
        }
        return found;
    }

    boolean has(int type) {
        return options.stream().anyMatch(option -> (option[0] & 0xff) == type);
    }

    Optional<MacAddress> linkLayer(int type) {
        return all(type, UNIT).stream().findFirst()
                .map(option -> MacAddress.valueOf(Arrays.copyOfRange(option.array(), 2, UNIT)));
    }

    static byte[] linkLayer(int type, MacAddress address) {
        return ByteBuffer.allocate(UNIT).put((byte) type).put((byte) 1).put(address.toBytes()).array();
    }
}
