// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** IPv4 DHCP Support Mode option (RFC 5844 section 3.3.4). Immutable. */
public final class Ipv4DhcpSupportMode extends MobilityOption {

    /** The option type. */
    public static final int TYPE = 39;
    private static final int LENGTH = 2;

    private final boolean server;

    private Ipv4DhcpSupportMode(boolean server) {
        super(TYPE);
        this.server = server;
    }

    /** Makes an option; S set lets the gateway act as DHCP server, clear as DHCP relay. */
    public static Ipv4DhcpSupportMode of(boolean server) {
        return new Ipv4DhcpSupportMode(server);
    }

    static Ipv4DhcpSupportMode read(ByteBuffer data) {
        Check.length(data, LENGTH);
        return new Ipv4DhcpSupportMode((data.getShort() & 1) != 0);
    }

    /** The S flag: the gateway is to be a DHCP server rather than a relay. */
    public boolean server() {
        return server;
    }

    @Override
    public int dataLength() {
        return LENGTH;
    }

    @Override
    void writeData(ByteBuffer out) {
        out.putShort((short) (server ? 1 : 0));
    }

    @Override
    public String toString() {
        return "IPv4-DHCP-Support=" + (server ? "server" : "relay");
    }
}
