// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import org.pmip.softswitch.port.PcapWriter;
import org.pmip.softswitch.port.Port;

/** A port of a switch with the capture of what goes through it. */
final class Attached {
    private static final Logger LOG = System.getLogger(Attached.class.getName());

    private final Port port;
    private volatile PcapWriter capture;
    private volatile boolean enabled = true;

    /** Takes a frame of this port. */
    interface Receiver {
        void receive(Attached port, byte[] frame, int offset, int length);
    }

    Attached(Port port) {
        this.port = port;
    }

    Port port() {
        return port;
    }

    /** Opens it, with a capture in that file unless it is null. */
    void start(Path file, Receiver receiver) throws IOException {
        if (file != null) {
            try {
                Files.createDirectories(file.toAbsolutePath().getParent());
                capture = new PcapWriter(file);
            } catch (IOException e) {
                throw new IOException(port + ": cannot write the capture " + file + ": " + e.getMessage(), e);
            }
        }
        port.start((frame, offset, length) -> {
            if (!enabled) {
                port.counters().dropIn();
                return;
            }
            capture(frame, offset, length);
            receiver.receive(this, frame, offset, length);
        });
    }

    /** While it is not enabled, no frame goes through. */
    void enable(boolean now) {
        enabled = now;
    }

    boolean up() {
        return enabled && port.up();
    }

    void send(byte[] frame, int offset, int length) {
        if (!enabled) {
            port.counters().dropOut();
            return;
        }
        capture(frame, offset, length);
        port.send(frame, offset, length);
    }

    private void capture(byte[] frame, int offset, int length) {
        PcapWriter open = capture;
        if (open != null) {
            try {
                open.write(frame, offset, length);
            } catch (IOException e) {
                // A full disk must not stop the switch, nor fill the log frame by frame.
                capture = null;
                LOG.log(Level.WARNING, "no longer capturing " + port, e);
            }
        }
    }

    void flush() {
        PcapWriter open = capture;
        if (open != null) {
            try {
                open.flush();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "capture of " + port, e);
            }
        }
    }

    void close() {
        port.close();
        PcapWriter open = capture;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                LOG.log(Level.WARNING, "capture of " + port, e);
            }
        }
    }
}
