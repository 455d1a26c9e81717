// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.config.v1.P4InfoOuterClass.ControllerPacketMetadata;
import p4.config.v1.P4InfoOuterClass.ControllerPacketMetadata.Metadata;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4Types.P4NewTypeSpec;
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
    /** Bits of each in the frame, which differ from the controller's where its type is translated. */
    private final int[] widths;
    private final SdnNames[] names;
    private final int octets;

    private PacketHeader(String name, List<Metadata> fields, int[] widths, Translations translations) throws Refusal {
        this.name = name;
        this.fields = fields;
        this.widths = widths;
        names = fields.stream().map(field -> translations.of(field.getTypeName())).toArray(SdnNames[]::new);
        int bits = 0;
        for (int i = 0; i < widths.length; i++) {
            bits += widths[i];
            if (names[i] != null) {
                names[i].place(widths[i]);
            }
        }
        if (bits % 8 != 0) {
            throw Refusal.invalid("controller header '" + name + "' has " + bits
                    + " bits in the P4Info, which is no whole number of octets");
        }
        octets = bits / 8;
    }

    static PacketHeader of(String name, P4Info info, Pipeline pipeline, Translations translations) throws Refusal {
        for (ControllerPacketMetadata header : info.getControllerPacketMetadataList()) {
            if (header.getPreamble().getName().equals(name)) {
                int[] widths = widths(header, info, pipeline);
                return new PacketHeader(name, widths == null ? List.of() : header.getMetadataList(),
                        widths == null ? new int[0] : widths, translations);
            }
        }
        return new PacketHeader(name, List.of(), new int[0], translations);
    }

    /**
     * The widths in the frame. The P4Info tells those of all types but translated ones; for these, the header type of
     * the program that has the same fields does. Null where there is none, as the compiler leaves out a header that the
     * program never reads and never sends.
     */
    private static int[] widths(ControllerPacketMetadata header, P4Info info, Pipeline pipeline) {
        List<Metadata> fields = header.getMetadataList();
        int[] widths = fields.stream().mapToInt(Metadata::getBitwidth).toArray();
        boolean[] open = new boolean[widths.length];
        boolean any = false;
        for (int i = 0; i < open.length; i++) {
            open[i] = info.getTypeInfo().getNewTypesMap().getOrDefault(fields.get(i).getTypeName().getName(),
                    P4NewTypeSpec.getDefaultInstance()).hasTranslatedType();
            any |= open[i];
        }
        if (!any) {
            return widths;
        }
        for (Map<String, Integer> type : pipeline.headerTypes()) {
            int[] found = new int[widths.length];
            int same = 0;
            for (Map.Entry<String, Integer> field : type.entrySet()) {
                if (same < widths.length && type.size() == widths.length
                        && field.getKey().equals(fields.get(same).getName())
                        && (open[same] || widths[same] == field.getValue())) {
                    found[same++] = field.getValue();
                }
            }
            if (same == widths.length) {
                return found;
            }
        }
        return null;
    }

    /** What a frame that came to the CPU port says; null when it is shorter than the header. */
    PacketIn read(byte[] frame, int offset, int length) {
        if (length < octets) {
            return null;
        }
        PacketIn.Builder packet = PacketIn.newBuilder()
                .setPayload(ByteString.copyFrom(frame, offset + octets, length - octets));
        int bit = offset * 8;
        for (int i = 0; i < widths.length; i++) {
            packet.addMetadata(PacketMetadata.newBuilder().setMetadataId(fields.get(i).getId())
                    .setValue(Translations.write(names[i], take(frame, bit, widths[i]))));
            bit += widths[i];
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
            values[position] = names[position] == null ? Value.read(given.getValue(), widths[position], what)
                    : names[position].find(given.getValue(), what);
        }
        byte[] frame = new byte[octets + packet.getPayload().size()];
        int bit = 0;
        for (int i = 0; i < values.length; i++) {
            int width = widths[i];
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
