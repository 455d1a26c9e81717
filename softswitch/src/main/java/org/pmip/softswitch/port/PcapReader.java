// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads captures in the classic pcap format, of either byte order, with link type Ethernet. For one thread. */
public final class PcapReader implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private final ByteBuffer header = ByteBuffer.allocate(24);

    /**
     * Opens a file.
     *
     * @throws IOException when it cannot be read or is no such capture, with the reason
     */
    public PcapReader(Path file) throws IOException {
        this.file = file;
        in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            begin();
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private void begin() throws IOException {
        if (in.readNBytes(header.array(), 0, 24) < 24) {
            throw new IOException(file + ": too short for a pcap file");
        }
        int magic = header.getInt(0);
        if (magic != PcapWriter.MAGIC_MICROS && magic != PcapWriter.MAGIC_NANOS) {
            header.order(ByteOrder.LITTLE_ENDIAN);
            magic = header.getInt(0);
        }
        if (magic != PcapWriter.MAGIC_MICROS && magic != PcapWriter.MAGIC_NANOS) {
            throw new IOException(file + ": not in the classic pcap format (pcapng: convert it with editcap -F pcap)");
        }
        int link = header.getInt(20) & 0xffff;
        if (link != PcapWriter.ETHERNET) {
            throw new IOException(file + ": link type " + link + " is not Ethernet (1)");
        }
    }

    /**
     * The next frame, or null at the end.
     *
     * @throws IOException when the file breaks off or makes no sense
     */
    public byte[] next() throws IOException {
        int got = in.readNBytes(header.array(), 0, 16);
        if (got == 0) {
            return null;
        }
        int length = got < 16 ? -1 : header.getInt(8);
        if (length < 0 || length > PcapWriter.LONGEST) {
            throw new IOException(file + ": broken off or damaged");
        }
        byte[] frame = new byte[length];
        new DataInputStream(in).readFully(frame);
        return frame;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
