// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of the loopback interface for sockets that somebody else opens a moment later. They lie below those that Linux
 * hands out of itself, which would now and then be the very one that was found free just before, and none is given
 * again before all others were. Thread-safe.
 */
public final class FreePorts {

    private static final int FIRST = 20_000;
    /** Linux hands out 32768 and above. */
    private static final int COUNT = 12_000;
    /** Other processes begin elsewhere. */
    private static final AtomicInteger NEXT = new AtomicInteger((int) (ProcessHandle.current().pid() * 211 % COUNT));

    private FreePorts() {
    }

    private interface Socket {
        AutoCloseable open(int port) throws IOException;
    }

    /**
     * A UDP port.
     *
     * @throws IOException if none is free
     */
    public static int udp() throws IOException {
        return free(port -> new DatagramSocket(port, InetAddress.getLoopbackAddress()));
    }

    /**
     * A TCP port.
     *
     * @throws IOException if none is free
     */
    public static int tcp() throws IOException {
        return free(port -> new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
    }

    private static int free(Socket socket) throws IOException {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            try (AutoCloseable taken = socket.open(port)) {
                return port;
            } catch (BindException e) {
                // Another process has it: the next one.
                continue;
            } catch (IOException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
        throw new IOException("no port from " + FIRST + " on is free");
    }
}
