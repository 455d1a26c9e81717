// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;

/** A switch under test: P4Runtime on one side, ports 1 to 6 on the other. */
interface Target extends AutoCloseable {
    int PORTS = 6;

    /** A frame at a port. */
    record Frame(int port, byte[] octets) {
    }

    /** What it is, for the test's report. */
    String name();

    /** A new channel to its P4Runtime server; the caller shuts it down. */
    ManagedChannel channel();

    /** Puts a frame on the wire towards the switch. */
    void send(int port, byte[] frame) throws IOException;

    /** What has left the switch, in order of arrival. */
    BlockingQueue<Frame> received();

    @Override
    void close() throws Exception;
}
