// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Arrays;
import org.onlab.packet.IpAddress;

/**
 * A Binding Acknowledgement ready to be sent: over IPv6 as a Mobility Header of its own, over IPv4 directly in UDP (RFC
 * 5844 section 4.1.3.2). Immutable.
 */
public final class Answer {

    private final int status;
    private final byte[] mobilityHeader;
    private final IpAddress source;
    private final IpAddress destination;
    private final int destinationPort;

    Answer(int status, byte[] mobilityHeader, Request request) {
        this.status = status;
        this.mobilityHeader = mobilityHeader.clone();
        this.source = request.destination();
        this.destination = request.source();
        this.destinationPort = request.sourcePort();
    }

    /** The status value, 0 to 255. */
    public int status() {
        return status;
    }

    /**
     * The message: with its checksum for IPv6 between {@link #source} and {@link #destination}, or with a checksum of
     * zero {@link #overIpv4}, where that of UDP is to be used.
     */
    public byte[] mobilityHeader() {
        return mobilityHeader.clone();
    }

    /** The destination address of the request (draft-ietf-netlmm-proxymip6-10 section 5.3.6). */
    public IpAddress source() {
        return source;
    }

    /** The source address of the request, even where an Alternate Care-of Address was given. */
    public IpAddress destination() {
        return destination;
    }

    /** The UDP port to send to, the source port of the request; 0 over IPv6. The source port is 5436. */
    public int destinationPort() {
        return destinationPort;
    }

    /** Whether it goes over IPv4 and UDP. */
    public boolean overIpv4() {
        return destination.isIp4();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer && status == ((Answer) other).status
                && source.equals(((Answer) other).source) && destination.equals(((Answer) other).destination)
                && destinationPort == ((Answer) other).destinationPort
                && Arrays.equals(mobilityHeader, ((Answer) other).mobilityHeader);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mobilityHeader);
    }

    @Override
    public String toString() {
        return source + " -> " + destination + (overIpv4() ? ":" + destinationPort : "") + " status " + status;
    }
}
