// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Writes a capture in the classic pcap format with link type Ethernet and nanoseconds. Thread-safe. */
public final class PcapWriter implements AutoCloseable {
    static final int MAGIC_NANOS = 0xa1b23c4d;
    static final int MAGIC_MICROS = 0xa1b2c3d4;
    static final int ETHERNET = 1;
    static final int LONGEST = 262144;

    private final OutputStream out;
    private final ByteBuffer header = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    private boolean closed;

    /**
     * Begins a file; one that exists is overwritten.
     *
     * @throws IOException when it cannot be written
     */
    public PcapWriter(Path file) throws IOException {
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        ByteBuffer begin = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        begin.putInt(MAGIC_NANOS).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(LONGEST)
                .putInt(ETHERNET);
        out.write(begin.array());
        out.flush();
    }

    /** Appends one frame with the time of day; nothing once the file is closed. */
    public synchronized void write(byte[] frame, int offset, int length) throws IOException {
        if (closed) {
            return;
        }
        Instant now = Instant.now();
        header.clear();
        header.putInt((int) now.getEpochSecond()).putInt(now.getNano()).putInt(length).putInt(length);
        out.write(header.array());
        out.write(frame, offset, length);
    }

    /** Makes what was written visible in the file. */
    public synchronized void flush() throws IOException {
        if (!closed) {
            out.flush();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (!closed) {
            closed = true;
            out.close();
        }
    }
}
