// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;

/** The state of Linux interfaces, of which {@link java.net.NetworkInterface} knows only those with an address. */
final class Link {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final int IFF_UP = 1;
    private static final int IFF_RUNNING = 0x40;

    /** In struct ifreq the name has 16 octets, with a zero at its end, and the flags follow. */
    private static final int IFREQ_OCTETS = 40;
    private static final int NAME_OCTETS = 16;

    private Link() {
    }

    /** Whether the interface is there, enabled, and has a carrier. */
    static boolean up(String device) {
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        if (name.length >= NAME_OCTETS) {
            return false;
        }
        int socket = Libc.socket(AF_INET, SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0);
        if (socket < 0) {
            throw new IllegalStateException("interface " + device + " cannot be looked at: " + Libc.lastError());
        }
        try (Memory request = new Memory(IFREQ_OCTETS)) {
            request.clear();
            request.write(0, name, 0, name.length);
            int wanted = IFF_UP | IFF_RUNNING;
            return Libc.ioctl(socket, SIOCGIFFLAGS, request) == 0
                    && (request.getShort(NAME_OCTETS) & wanted) == wanted;
        } finally {
            Libc.close(socket);
        }
    }
}
