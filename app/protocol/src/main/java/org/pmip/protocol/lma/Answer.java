// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Arrays;
import org.onlab.packet.Ip6Address;

/** A Binding Acknowledgement ready to be sent. Immutable. */
public final class Answer {

    private final int status;
    private final byte[] mobilityHeader;
    private final Ip6Address source;
    private final Ip6Address destination;

    Answer(int status, byte[] mobilityHeader, Ip6Address source, Ip6Address destination) {
        this.status = status;
        this.mobilityHeader = mobilityHeader.clone();
        this.source = source;
        this.destination = destination;
    }

    /** The status value, 0 to 255. */
    public int status() {
        return status;
    }

    /** The message with its checksum for IPv6 between {@link #source} and {@link #destination}. */
    public byte[] mobilityHeader() {
        return mobilityHeader.clone();
    }

    /** The destination address of the request (draft-ietf-netlmm-proxymip6-10 section 5.3.6). */
    public Ip6Address source() {
        return source;
    }

    /** The source address of the request, even where an Alternate Care-of Address was given. */
    public Ip6Address destination() {
        return destination;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Answer && status == ((Answer) other).status
                && source.equals(((Answer) other).source) && destination.equals(((Answer) other).destination)
                && Arrays.equals(mobilityHeader, ((Answer) other).mobilityHeader);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mobilityHeader);
    }

    @Override
    public String toString() {
        return source + " -> " + destination + " status " + status;
    }
}
