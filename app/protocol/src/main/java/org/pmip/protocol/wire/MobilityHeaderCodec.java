// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.OptionRegistry;
import org.pmip.protocol.wire.packet.InternetChecksum;

/** Mobility Header to octets and back (RFC 6275 section 6.1.1). Stateless. */
public final class MobilityHeaderCodec {

    /** The next header value that announces a Mobility Header. */
    public static final int NEXT_HEADER = 135;
    /** Greatest length of a Mobility Header. */
    public static final int GREATEST_LENGTH = 8 + 255 * 8;
    private static final int NO_NEXT_HEADER = 59;
    private static final int COMMON = 6;
    private static final int CHECKSUM_OFFSET = 4;
    private static final int UNIT = 8;

    private MobilityHeaderCodec() {
    }

    /**
     * Encodes a message for IPv6, checksum included.
     *
     * @throws IllegalArgumentException when the options make it longer than {@link #GREATEST_LENGTH}
     */
    public static byte[] encode(MobilityMessage message, Ip6Address source, Ip6Address destination) {
        byte[] octets = encodeWithoutChecksum(message);
        int sum = checksum(octets, 0, octets.length, source, destination);
        octets[CHECKSUM_OFFSET] = (byte) (sum >> 8);
        octets[CHECKSUM_OFFSET + 1] = (byte) sum;
        return octets;
    }

    /** Encodes a message as RFC 5844 carries it in UDP: the checksum field is zero. */
    public static byte[] encodeWithoutChecksum(MobilityMessage message) {
        ByteBuffer out = ByteBuffer.allocate(length(message));
        out.put((byte) NO_NEXT_HEADER).put((byte) (out.capacity() / UNIT - 1)).put((byte) message.type())
                .put((byte) 0).putShort((short) 0);
        message.writeFixed(out);
        for (MobilityOption option : message.options()) {
            Padding.write(out, Padding.before(out.position(), option.alignmentFactor(), option.alignmentOffset()));
            option.write(out);
        }
        Padding.write(out, out.remaining());
        return out.array();
    }

    private static int length(MobilityMessage message) {
        int position = COMMON + message.fixedLength();
        for (MobilityOption option : message.options()) {
            position += Padding.before(position, option.alignmentFactor(), option.alignmentOffset())
                    + 2 + option.dataLength();
        }
        position += Padding.before(position, UNIT, 0);
        if (position > GREATEST_LENGTH) {
            throw new IllegalArgumentException("the message has " + position + " octets, over " + GREATEST_LENGTH
                    + ": leave options out");
        }
        return position;
    }

    /**
     * Decodes a message that came over IPv6. The checks have the order of RFC 6275 section 9.2, so that only a message
     * whose checksum fits can be reported to its sender; octets after the message are ignored (RFC 8200 section 4.7).
     *
     * @param octets the Mobility Header from its first octet on
     * @param source source address of the pseudo-header
     * @param destination destination address of the pseudo-header
     * @return the message; of an MH Type that is not known an {@link UnknownMobilityMessage}
     * @throws DecodeException with what is wrong and where
     */
    public static MobilityMessage decode(byte[] octets, Ip6Address source, Ip6Address destination)
            throws DecodeException {
        int length = messageLength(octets);
        if (checksum(octets, 0, length, source, destination) != 0) {
            throw new DecodeException(Reason.CHECKSUM, CHECKSUM_OFFSET, "the checksum does not fit");
        }
        return decodeBody(Arrays.copyOf(octets, length));
    }

    /**
     * Decodes a message whose checksum does not count, as RFC 5844 section 4.1.3.1 carries it in UDP; all other checks
     * are those of {@link #decode}.
     */
    public static MobilityMessage decodeWithoutChecksum(byte[] octets) throws DecodeException {
        return decodeBody(Arrays.copyOf(octets, messageLength(octets)));
    }

    private static int messageLength(byte[] octets) throws DecodeException {
        if (octets.length < UNIT) {
            throw new DecodeException(Reason.TRUNCATED, octets.length, "a Mobility Header has at least 8 octets");
        }
        int length = ((octets[1] & 0xff) + 1) * UNIT;
        if (octets.length < length) {
            throw new DecodeException(Reason.TRUNCATED, octets.length, "Header Len says " + length + " octets");
        }
        return length;
    }

    private static MobilityMessage decodeBody(byte[] octets) throws DecodeException {
        int type = octets[2] & 0xff;
        switch (type) {
            case BindingUpdate.TYPE:
                return BindingUpdate.read(fixed(octets, BindingUpdate.FIXED_LENGTH),
                        options(octets, COMMON + BindingUpdate.FIXED_LENGTH));
            case BindingAcknowledgement.TYPE:
                return BindingAcknowledgement.read(fixed(octets, BindingAcknowledgement.FIXED_LENGTH),
                        options(octets, COMMON + BindingAcknowledgement.FIXED_LENGTH));
            case BindingError.TYPE:
                return BindingError.read(fixed(octets, BindingError.FIXED_LENGTH),
                        options(octets, COMMON + BindingError.FIXED_LENGTH));
            default:
                return new UnknownMobilityMessage(type, Arrays.copyOfRange(octets, COMMON, octets.length));
        }
    }

    private static ByteBuffer fixed(byte[] octets, int length) throws DecodeException {
        if ((octets[0] & 0xff) != NO_NEXT_HEADER) {
            throw new DecodeException(Reason.PAYLOAD_PROTO, 0, "Payload Proto is " + (octets[0] & 0xff)
                    + " instead of " + NO_NEXT_HEADER);
        }
        if (octets.length < COMMON + length) {
            throw new DecodeException(Reason.HEADER_LENGTH, 1, "Header Len " + (octets[1] & 0xff)
                    + " is too small for MH Type " + octets[2]);
        }
        return ByteBuffer.wrap(octets, COMMON, length);
    }

    private static List<MobilityOption> options(byte[] octets, int from) throws DecodeException {
        List<MobilityOption> options = new ArrayList<>();
        int at = from;
        while (at < octets.length) {
            int type = octets[at] & 0xff;
            if (type == Padding.PAD1) {
                at++;
                continue;
            }
            if (at + 1 >= octets.length) {
                throw new DecodeException(Reason.OPTION_LENGTH, at, "option " + type + " has no length");
            }
            int length = octets[at + 1] & 0xff;
            if (at + 2 + length > octets.length) {
                throw new DecodeException(Reason.OPTION_LENGTH, at + 1, "option " + type + " of " + length
                        + " octets reaches past the end");
            }
            if (type != Padding.PADN) {
                options.add(OptionRegistry.read(type, ByteBuffer.wrap(octets, at + 2, length)));
            }
            at += 2 + length;
        }
        return options;
    }

    /** The checksum of octets together with the IPv6 pseudo-header; 0 if the octets hold a right one. */
    static int checksum(byte[] octets, int from, int length, Ip6Address source, Ip6Address destination) {
        return ~InternetChecksum.withPseudoHeader(source.toOctets(), destination.toOctets(), NEXT_HEADER, octets, from,
                length) & 0xffff;
    }
}
