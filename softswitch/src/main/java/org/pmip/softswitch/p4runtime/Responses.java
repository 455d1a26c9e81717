// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.CodedOutputStream;
import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ReadResponse;

/** Gathers entities into encoded ReadResponse messages of bounded size. */
final class Responses implements Found {
    /**
     * Octets in one response: few enough for the client to take in one while the next is made, and far from the 4 MiB
     * above which clients refuse a message unless told otherwise. One entity that is longer goes alone.
     */
    private static final int MOST_OCTETS = 1 << 15;
    private static final byte TAG = ReadResponse.ENTITIES_FIELD_NUMBER << 3 | 2;

    private static final byte[] NONE = {};

    private final Consumer<InputStream> to;
    private byte[] octets = new byte[MOST_OCTETS];
    private int length;

    Responses(Consumer<InputStream> to) {
        this.to = to;
    }

    @Override
    public void accept(Entity entity) {
        int size = entity.getSerializedSize();
        begin(size);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(octets, length, size);
            entity.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException("an entity has another size than it says", e);
        }
        length += size;
    }

    @Override
    public void encoded(byte[] entity, int from, int until) {
        begin(until - from);
        System.arraycopy(entity, from, octets, length, until - from);
        length += until - from;
    }

    /** Makes room for an entity, and writes what stands in front of it. */
    private void begin(int size) {
        int more = 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
        if (length + more > octets.length) {
            flush();
            octets = new byte[Math.max(MOST_OCTETS, more)];
        }
        octets[length++] = TAG;
        int rest = size;
        while (rest > 0x7F) {
            octets[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        octets[length++] = (byte) rest;
    }

    /** Sends what was gathered. */
    void flush() {
        if (length > 0) {
            to.accept(new Message(octets, length));
            octets = NONE;
            length = 0;
        }
    }

    /** One encoded message, as gRPC wants it; it is copied at once into the buffers of the transport. */
    private static final class Message extends ByteArrayInputStream implements KnownLength, Drainable {
        Message(byte[] octets, int length) {
            super(octets, 0, length);
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int length = count - pos;
            target.write(buf, pos, length);
            pos = count;
            return length;
        }
    }

    /** Messages that are encoded already. */
    static final class Encoded implements MethodDescriptor.Marshaller<InputStream> {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return stream;
        }
    }
}
