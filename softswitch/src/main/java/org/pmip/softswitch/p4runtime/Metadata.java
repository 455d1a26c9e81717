// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import org.pmip.softswitch.pipeline.Bits;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * What a controller attaches to an entry and gets back as it was: the 64-bit cookie and the octets of P4Runtime 1.3,
 * section 9.1. The pipeline keeps one number for it, in which a leading one keeps zeros from being lost.
 */
@SuppressWarnings("deprecation") // The cookie is deprecated, but controllers still use it.
final class Metadata {
    private static final Bits NONE = Bits.of(0);

    private Metadata() {
    }

    static Bits read(TableEntry entry) {
        ByteString octets = entry.getMetadata();
        if (entry.getControllerMetadata() == 0 && octets.isEmpty()) {
            return NONE;
        }
        ByteBuffer kept = ByteBuffer.allocate(1 + Long.BYTES + octets.size());
        kept.put((byte) 1).putLong(entry.getControllerMetadata());
        octets.copyTo(kept);
        return Bits.of(kept.array());
    }

    static void write(Bits metadata, TableEntry.Builder entry) {
        if (!metadata.isZero()) {
            ByteBuffer kept = kept(metadata);
            entry.setControllerMetadata(kept.getLong()).setMetadata(ByteString.copyFrom(kept));
        }
    }

    private static ByteBuffer kept(Bits metadata) {
        ByteBuffer kept = ByteBuffer.wrap(metadata.toBytes());
        kept.get();
        return kept;
    }

    static void writeCookie(Bits metadata, Encoder to) {
        if (!metadata.isZero()) {
            to.numberUnlessZero(TableEntry.CONTROLLER_METADATA_FIELD_NUMBER, kept(metadata).getLong());
        }
    }

    static void writeOctets(Bits metadata, Encoder to) {
        if (!metadata.isZero()) {
            ByteString octets = ByteString.copyFrom(kept(metadata).position(Byte.BYTES + Long.BYTES));
            if (!octets.isEmpty()) {
                to.octets(TableEntry.METADATA_FIELD_NUMBER, octets);
            }
        }
    }

    /** Whether a pattern of a read selects entries whatever they carry. */
    static boolean selectsAll(TableEntry pattern) {
        return pattern.getControllerMetadata() == 0 && pattern.getMetadata().isEmpty();
    }

    /** Whether a pattern of a read, in which nothing given stands for anything, selects entries with it. */
    static boolean selects(TableEntry pattern, Bits metadata) {
        TableEntry.Builder attached = TableEntry.newBuilder();
        write(metadata, attached);
        return (pattern.getControllerMetadata() == 0
                || pattern.getControllerMetadata() == attached.getControllerMetadata())
                && (pattern.getMetadata().isEmpty() || pattern.getMetadata().equals(attached.getMetadata()));
    }
}
