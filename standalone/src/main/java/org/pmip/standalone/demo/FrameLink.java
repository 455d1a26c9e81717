// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.Closeable;
import java.io.IOException;

/** A wire to the switch: whole Ethernet frames in and out. Sending is thread-safe, receiving is for one thread. */
interface FrameLink extends Closeable {

    /** Greatest frame. */
    int GREATEST_FRAME = 65_535;

    /** Sends one frame. */
    void send(byte[] frame) throws IOException;

    /** Waits for a frame; null after the link was closed. */
    byte[] receive() throws IOException;

    /**
     * Opens a link.
     *
     * @param spec {@code udp:LOCALHOST:PORT/REMOTEHOST:PORT} or the name of a Linux interface
     */
    static FrameLink open(String spec) throws IOException {
        return spec.startsWith("udp:") ? new UdpFrameLink(spec.substring("udp:".length()))
                : new InterfaceFrameLink(spec);
    }
}
