// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * A port on two capture files: what the one holds comes in, as fast as it can be taken, and what leaves is written to
 * the other. Nothing comes in before {@link #replay}, so that tables can be filled first.
 */
public final class PcapPort implements Port {
    private final int number;
    private final Path in;
    private final Path out;
    private final PortCounters counters = new PortCounters();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CompletableFuture<Void> replayed = new CompletableFuture<>();
    private volatile boolean closed;
    private volatile PcapWriter writer;
    private volatile ReaderThread reader;

    /** With the file that holds what comes in and that for what leaves; either may be null. */
    public PcapPort(int number, Path in, Path out) {
        this.number = number;
        this.in = in;
        this.out = out;
    }

    @Override
    public void start(Receiver receiver) throws IOException {
        try {
            PcapReader capture = in == null ? null : new PcapReader(in);
            writer = out == null ? null : new PcapWriter(out);
            reader = new ReaderThread("port-" + number, () -> read(capture, receiver));
        } catch (IOException e) {
            throw new IOException("port " + number + ": " + e.getMessage(), e);
        }
    }

    /** Lets the frames in; the future is done when all are through, and what left by then is in the file. */
    public CompletableFuture<Void> replay() {
        go.countDown();
        return replayed;
    }

    private void read(PcapReader capture, Receiver receiver) {
        try (capture) {
            go.await();
            byte[] frame = next(capture);
            while (frame != null) {
                ReaderThread.give(receiver, counters, frame, 0, frame.length);
                frame = next(capture);
            }
            flush();
            replayed.complete(null);
        } catch (EOFException e) {
            replayed.completeExceptionally(new IOException(in + ": broken off", e));
        } catch (IOException e) {
            replayed.completeExceptionally(e);
        } catch (InterruptedException e) {
            replayed.completeExceptionally(e);
        }
    }

    private byte[] next(PcapReader capture) throws IOException {
        return closed || capture == null ? null : capture.next();
    }

    /** Makes what has left until now visible in the file. */
    public void flush() throws IOException {
        PcapWriter open = writer;
        if (open != null) {
            open.flush();
        }
    }

    @Override
    public void send(byte[] frame, int offset, int length) {
        PcapWriter open = writer;
        if (open == null) {
            counters.dropOut();
            return;
        }
        try {
            open.write(frame, offset, length);
            counters.out(length);
        } catch (IOException e) {
            counters.dropOut();
        }
    }

    @Override
    public PortCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        closed = true;
        go.countDown();
        if (reader != null) {
            reader.join();
        }
        PcapWriter open = writer;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                System.getLogger(PcapPort.class.getName()).log(Level.WARNING, "port " + number, e);
            }
        }
    }

    @Override
    public String toString() {
        return number + "@pcap:" + (in == null ? "" : in) + "," + (out == null ? "" : out);
    }
}
