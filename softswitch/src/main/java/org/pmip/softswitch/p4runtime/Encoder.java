// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import org.pmip.softswitch.pipeline.Bits;

/**
 * Writes protocol buffers from their end to their beginning: fields in falling order, what is inside a message before
 * the length and the tag that stand in front of it. So no length must be known before it is there. Fields have numbers
 * up to 15. Not thread-safe.
 */
final class Encoder {
    private static final int VARINT = 0;
    private static final int DELIMITED = 2;

    private byte[] octets = new byte[512];
    private int at = octets.length;

    /** Begins anew. */
    void clear() {
        at = octets.length;
    }

    /** Holds what was written, from {@link #from} to its end. */
    byte[] array() {
        return octets;
    }

    int from() {
        return at;
    }

    /** How much was written: where a message ends that is written next. */
    int written() {
        return octets.length - at;
    }

    private void room(int more) {
        if (at < more) {
            int size = octets.length - at;
            byte[] larger = new byte[Math.max(2 * octets.length, size + more)];
            System.arraycopy(octets, at, larger, larger.length - size, size);
            at = larger.length - size;
            octets = larger;
        }
    }

    private void raw(long value) {
        if ((value & ~0x7FL) == 0) {
            octets[--at] = (byte) value;
            return;
        }
        at -= (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7;
        int to = at;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            octets[to++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[to] = (byte) rest;
    }

    private void tag(int field, int type) {
        octets[--at] = (byte) (field << 3 | type);
    }

    /** An id or another number of type uint32. */
    void unsigned(int field, int value) {
        number(field, Integer.toUnsignedLong(value));
    }

    /** A number of type int32, int64 or uint64. */
    void number(int field, long value) {
        room(16);
        raw(value);
        tag(field, VARINT);
    }

    /** A number, left out where it is zero, as it reads then. */
    void numberUnlessZero(int field, long value) {
        if (value != 0) {
            number(field, value);
        }
    }

    void octets(int field, Bits value) {
        int length = value.octets();
        room(length + 16);
        at -= length;
        value.copyTo(octets, at);
        raw(length);
        tag(field, DELIMITED);
    }

    void octets(int field, ByteString value) {
        int length = value.size();
        room(length + 16);
        at -= length;
        value.copyTo(octets, at);
        raw(length);
        tag(field, DELIMITED);
    }

    /** A number, or the name by which controllers know it. */
    void value(int field, Bits value, SdnNames names) {
        if (names == null) {
            octets(field, value);
        } else {
            octets(field, names.name(value));
        }
    }

    void message(int field, MessageLite message) {
        int length = message.getSerializedSize();
        room(length + 16);
        at -= length;
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(octets, at, length);
            message.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("a message has another size than it says", e);
        }
        raw(length);
        tag(field, DELIMITED);
    }

    /** Makes a message of what was written since there were that many octets. */
    void close(int field, int since) {
        room(16);
        raw(written() - since);
        tag(field, DELIMITED);
    }
}
