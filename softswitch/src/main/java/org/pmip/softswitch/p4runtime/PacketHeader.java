// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pmip.softswitch.pipeline.Bits;
import p4.config.v1.P4InfoOuterClass.ControllerPacketMetadata;
import p4.config.v1.P4InfoOuterClass.ControllerPacketMetadata.Metadata;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;

/**
 * The header between the CPU port and the program ({@code packet_in} or {@code packet_out}), which controllers see as
 * metadata (P4Runtime 1.3, sections 6.4.6 and 16.1). A program without such a header exchanges bare frames.
 */
final class PacketHeader {
    private final String name;
    private final List<Metadata> fields;
    private final int octets;

    private PacketHeader(String name, List<Metadata> fields) throws Refusal {
        this.name = name;
        this.fields = fields;
        int bits = 0;
        for (Metadata field : fields) {
            bits += field.getBitwidth();
        }
        if (bits % 8 != 0) {
            throw Refusal.invalid("controller header '" + name + "' has " + bits
                    + " bits in the P4Info, which is no whole number of octets");
        }
        octets = bits / 8;
    }

    static PacketHeader of(String name, List<ControllerPacketMetadata> headers) throws Refusal {
        for (ControllerPacketMetadata header : headers) {
            if (header.getPreamble().getName().equals(name)) {
                return new PacketHeader(name, header.getMetadataList());
            }
        }
        return new PacketHeader(name, List.of());
    }

    /** What a frame that came to the CPU port says; null when it is shorter than the header. */
    PacketIn read(byte[] frame, int offset, int length) {
        if (length < octets) {
            return null;
        }
        PacketIn.Builder packet = PacketIn.newBuilder()
                .setPayload(ByteString.copyFrom(frame, offset + octets, length - octets));
        int bit = offset * 8;
        for (Metadata field : fields) {
            packet.addMetadata(PacketMetadata.newBuilder().setMetadataId(field.getId())
                    .setValue(Value.write(take(frame, bit, field.getBitwidth()))));
            bit += field.getBitwidth();
        }
        return packet.build();
    }

    /**
     * The frame for the CPU port. Metadata left out count as 0, because controllers leave padding out; the
     * specification would allow to drop the packet.
     */
    byte[] write(PacketOut packet) throws Refusal {
        Bits[] values = new Bits[fields.size()];
        for (PacketMetadata given : packet.getMetadataList()) {
            int position = position(given.getMetadataId());
            Metadata field = fields.get(position);
            String what = "metadata '" + field.getName() + "' of a packet-out";
            if (values[position] != null) {
                throw Refusal.invalid(what + " is given twice");
            }
            values[position] = Value.read(given.getValue(), field.getBitwidth(), what);
        }
        byte[] frame = new byte[octets + packet.getPayload().size()];
        int bit = 0;
        for (int i = 0; i < values.length; i++) {
            int width = fields.get(i).getBitwidth();
            if (values[i] != null) {
                put(values[i], frame, bit, width);
            }
            bit += width;
        }
        packet.getPayload().copyTo(frame, octets);
        return frame;
    }

    private int position(int id) throws Refusal {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).getId() == id) {
                return i;
            }
            all.add(fields.get(i).getId() + " '" + fields.get(i).getName() + "'");
        }
        throw Refusal.invalid("controller header '" + name + "' has no metadata " + id + ": it has "
                + (all.isEmpty() ? "none" : String.join(", ", all)));
    }

    private static Bits take(byte[] frame, int from, int width) {
        byte[] value = new byte[(width + 7) / 8];
        for (int i = 0; i < width; i++) {
            int bit = from + width - 1 - i;
            if ((frame[bit / 8] >> 7 - bit % 8 & 1) != 0) {
                value[value.length - 1 - i / 8] |= (byte) (1 << i % 8);
            }
        }
        return Bits.of(value);
    }

    private static void put(Bits value, byte[] frame, int from, int width) {
        byte[] octets = value.toBytes();
        for (int i = 0; i < Math.min(width, octets.length * 8); i++) {
            if ((octets[octets.length - 1 - i / 8] >> i % 8 & 1) != 0) {
                int bit = from + width - 1 - i;
                frame[bit / 8] |= (byte) (1 << 7 - bit % 8);
            }
        }
    }

    @Override
    public String toString() {
        return name + Arrays.toString(fields.stream().map(Metadata::getName).toArray());
    }
}
