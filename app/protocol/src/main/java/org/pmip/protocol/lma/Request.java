// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;

/** A Binding Update as it came: the message, the addresses of its packet, and when it came. Immutable. */
public final class Request {

    private static final int DIGEST_OCTETS = 16;

    private final BindingUpdate update;
    private final Ip6Address source;
    private final Ip6Address destination;
    private final byte[] digest;
    private final Moment receivedAt;

    /**
     * Makes a request.
     *
     * @param update the message
     * @param source source address of its packet, already authenticated
     * @param destination destination address of its packet, the LMAA
     * @param octets the Mobility Header as received, by which a retransmission is known again
     * @param receivedAt when it came, kept while the request waits
     */
    public Request(BindingUpdate update, Ip6Address source, Ip6Address destination, byte[] octets,
                   Moment receivedAt) {
        this.update = update;
        this.source = source;
        this.destination = destination;
        this.digest = digest(source, octets);
        this.receivedAt = receivedAt;
    }

    private static byte[] digest(Ip6Address source, byte[] octets) {
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
    public Ip6Address source() {
        return source;
    }

    /** Destination address of the packet: the LMAA, and where the answer comes from. */
    public Ip6Address destination() {
        return destination;
    }

    /** The Proxy Care-of Address: the Alternate Care-of Address option if there is one, else the source. */
    public Ip6Address proxyCoa() {
        return update.first(AlternateCareOfAddress.class).map(AlternateCareOfAddress::address).orElse(source);
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
        return source + " -> " + destination + " " + update;
    }
}
