// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;

/**
 * What a role may do (P4Runtime 1.3, section 5.2). The specification leaves the form open; this switch takes the
 * message {@value #TYPE} that Stratum's switches take: 1 ids of entities that no other role with a config may write,
 * 2 ids that others may write too, 3 a filter of packet-ins (1 metadata id, 2 value), 4 whether packet-ins are sent to
 * the role at all, 5 whether it may set the pipeline. Immutable.
 */
final class RoleConfig {
    /** Type of the message in {@code role.config}. */
    static final String TYPE = "stratum.P4RoleConfig";
    /** Ids in one config; a P4Info has far fewer. */
    private static final int MOST_IDS = 65_536;
    /** Stands for multicast groups and clone sessions, which have no id in the P4Info. */
    private static final int NO_ID = 0;

    private final Any message;
    private final Set<Integer> exclusive = new HashSet<>();
    private final Set<Integer> shared = new HashSet<>();
    private boolean filters;
    private int filterId;
    private ByteString filterValue = ByteString.EMPTY;
    private boolean receivesPackets;
    private boolean setsPipeline;

    private RoleConfig(Any message) {
        this.message = message;
    }

    /** Decodes a config; INVALID_ARGUMENT when it has another form. */
    static RoleConfig read(Any message) throws Refusal {
        String type = message.getTypeUrl().substring(message.getTypeUrl().lastIndexOf('/') + 1);
        if (!type.equals(TYPE)) {
            throw Refusal.invalid("role.config is a '" + type + "': this switch knows " + TYPE
                    + "; leave role.config out for a role that may do everything");
        }
        RoleConfig config = new RoleConfig(message);
        try {
            config.fill(message.getValue().newCodedInput());
        } catch (InvalidProtocolBufferException e) {
            throw Refusal.invalid("role.config is no " + TYPE + ": " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return config;
    }

    private void fill(CodedInputStream in) throws IOException, Refusal {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3, 1 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> ids(in, tag, exclusive);
                case 2 << 3, 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> ids(in, tag, shared);
                case 3 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> filter(in.readBytes().newCodedInput());
                case 4 << 3 -> receivesPackets = in.readBool();
                case 5 << 3 -> setsPipeline = in.readBool();
                default -> throw Refusal.invalid("role.config has field " + WireFormat.getTagFieldNumber(tag)
                        + ", which this switch does not know: leave it out");
            }
        }
    }

    private static void ids(CodedInputStream in, int tag, Set<Integer> to) throws IOException, Refusal {
        if (WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
            to.add(in.readUInt32());
        } else {
            CodedInputStream packed = in.readBytes().newCodedInput();
            while (!packed.isAtEnd()) {
                to.add(packed.readUInt32());
            }
        }
        if (to.size() > MOST_IDS) {
            throw Refusal.invalid("role.config has more than " + MOST_IDS + " ids");
        }
    }

    private void filter(CodedInputStream in) throws IOException, Refusal {
        filters = true;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 1 << 3 -> filterId = in.readUInt32();
                case 2 << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED -> filterValue = canonical(in.readBytes());
                default -> throw Refusal.invalid("role.config.packet_in_filter has field "
                        + WireFormat.getTagFieldNumber(tag) + ", which this switch does not know: leave it out");
            }
        }
    }

    private static ByteString canonical(ByteString value) {
        int zeros = 0;
        while (zeros < value.size() - 1 && value.byteAt(zeros) == 0) {
            zeros++;
        }
        return value.substring(zeros);
    }

    /** As the controller sent it. */
    Any message() {
        return message;
    }

    /** Whether entities of that id may be written and read; 0 stands for those that have none. */
    boolean covers(int id) {
        return exclusive.contains(id) || shared.contains(id);
    }

    /** Whether the role may set the pipeline. */
    boolean setsPipeline() {
        return setsPipeline;
    }

    /** Whether the role is told of this packet. */
    boolean receives(PacketIn packet) {
        if (!receivesPackets || !filters) {
            return receivesPackets;
        }
        for (PacketMetadata field : packet.getMetadataList()) {
            if (field.getMetadataId() == filterId) {
                return canonical(field.getValue()).equals(filterValue);
            }
        }
        return false;
    }

    /** Refuses what one of the two roles has for itself alone. */
    void checkBeside(RoleName other, RoleConfig its) throws Refusal {
        for (int id : exclusive) {
            if (its.covers(id)) {
                throw taken(id, other);
            }
        }
        for (int id : its.exclusive) {
            if (shared.contains(id)) {
                throw taken(id, other);
            }
        }
    }

    private static Refusal taken(int id, RoleName other) {
        return Refusal.invalid("role.config names " + (id == NO_ID ? "0 (multicast groups and clone sessions)"
                : "id " + Integer.toUnsignedString(id)) + ", which cannot be exclusive while " + other
                + " has it too: make it shared in both");
    }
}
