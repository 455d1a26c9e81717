// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;

/** A Proxy Binding Update ready to be sent. Immutable. */
public final class OutgoingUpdate {

    private final BindingUpdate update;
    private final IpAddress source;
    private final IpAddress destination;

    OutgoingUpdate(BindingUpdate update, IpAddress source, IpAddress destination) {
        this.update = update;
        this.source = source;
        this.destination = destination;
    }

    /** The message. */
    public BindingUpdate update() {
        return update;
    }

    /** The Proxy Care-of Address. */
    public IpAddress source() {
        return source;
    }

    /** The anchor. */
    public IpAddress destination() {
        return destination;
    }

    /** Whether it goes in UDP between ports 5436 over IPv4 (RFC 5844 section 4.2.2.1) instead of directly in IPv6. */
    public boolean udp() {
        return destination.isIp4();
    }

    /** The Mobility Header, with its checksum over IPv6 and without one over IPv4. */
    public byte[] mobilityHeader() {
        return udp() ? MobilityHeaderCodec.encodeWithoutChecksum(update)
                : MobilityHeaderCodec.encode(update, source.getIp6Address(), destination.getIp6Address());
    }

    @Override
    public String toString() {
        return source + " -> " + destination + " " + update;
    }
}
