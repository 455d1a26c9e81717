// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;

/**
 * A Binding Update as it came: the message, the addresses of its packet, and when it came. Over IPv6 it came as a
 * Mobility Header of its own, over IPv4 in UDP (RFC 5844 section 4). Immutable.
 */
public final class Request {

    private static final int DIGEST_OCTETS = 16;

    private final BindingUpdate update;
    private final IpAddress source;
    private final int sourcePort;
    private final IpAddress destination;
    private final byte[] digest;
    private final Moment receivedAt;

    /**
     * Makes a request that came over IPv6.
     *
     * @param update the message
     * @param source source address of its packet, already authenticated
     * @param destination destination address of its packet, the LMAA
     * @param octets the Mobility Header as received, by which a retransmission is known again
     * @param receivedAt when it came, kept while the request waits
     */
    public Request(BindingUpdate update, Ip6Address source, Ip6Address destination, byte[] octets,
                   Moment receivedAt) {
        this(update, source, 0, destination, octets, receivedAt);
    }

    /**
     * Makes a request that came over IPv4 and UDP.
     *
     * @param update the message
     * @param source source address of its packet, already authenticated; a translator's if there is one on the path
     * @param sourcePort UDP source port of its packet, 0 to 65535
     * @param destination destination address of its packet, the IPv4-LMAA
     * @param octets the Mobility Header as received, by which a retransmission is known again
     * @param receivedAt when it came, kept while the request waits
     */
    public Request(BindingUpdate update, Ip4Address source, int sourcePort, Ip4Address destination, byte[] octets,
                   Moment receivedAt) {
        this(update, (IpAddress) source, sourcePort, destination, octets, receivedAt);
    }

    private Request(BindingUpdate update, IpAddress source, int sourcePort, IpAddress destination, byte[] octets,
                    Moment receivedAt) {
        this.update = update;
        this.source = source;
        this.sourcePort = sourcePort;
        this.destination = destination;
        this.digest = digest(source, octets);
        this.receivedAt = receivedAt;
    }

    private static byte[] digest(IpAddress source, byte[] octets) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(source.toOctets());
            return Arrays.copyOf(sha.digest(octets), DIGEST_OCTETS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The message. */
    public BindingUpdate update() {
        return update;
    }

    /** Source address of the packet: the peer, and where the answer goes. */
    public IpAddress source() {
        return source;
    }

    /** UDP source port of the packet, where the answer goes; 0 over IPv6. */
    public int sourcePort() {
        return sourcePort;
    }

    /** Destination address of the packet: the LMAA, and where the answer comes from. */
    public IpAddress destination() {
        return destination;
    }

    /** Whether it came over IPv4 and UDP. */
    public boolean overIpv4() {
        return source.isIp4();
    }

    /**
     * The Proxy Care-of Address: what the Alternate Care-of Address option says, over IPv4 the IPv4 Care-of Address
     * option; the source if there is no such option.
     */
    public IpAddress proxyCoa() {
        if (overIpv4()) {
            return update.first(Ipv4CareOfAddress.class).<IpAddress>map(Ipv4CareOfAddress::address).orElse(source);
        }
        return update.first(AlternateCareOfAddress.class).<IpAddress>map(AlternateCareOfAddress::address)
                .orElse(source);
    }

    /** Whether something on the path has translated the gateway's IPv4 address (RFC 5555 section 4.1). */
    public boolean translated() {
        return overIpv4() && !proxyCoa().equals(source);
    }

    /** Tells this request from every other one of the same source. */
    public byte[] digest() {
        return digest.clone();
    }

    /** When the request came. */
    public Moment receivedAt() {
        return receivedAt;
    }

    @Override
    public String toString() {
        return source + (overIpv4() ? ":" + sourcePort : "") + " -> " + destination + " " + update;
    }
}
