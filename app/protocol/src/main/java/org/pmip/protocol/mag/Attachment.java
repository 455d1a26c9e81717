// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip6Address;

/** Where an interface of a mobile node is attached, and what is known of it. Immutable. */
public final class Attachment {

    private static final byte[] UNKNOWN = new byte[0];

    private final String gateway;
    private final String link;
    private final byte[] linkLayerIdentifier;
    private final int accessTechnology;
    private final Ip6Address nodeLinkLocal;

    private Attachment(String gateway, String link, byte[] linkLayerIdentifier, int accessTechnology,
                       Ip6Address nodeLinkLocal) {
        this.gateway = Objects.requireNonNull(gateway, "gateway");
        this.link = Objects.requireNonNull(link, "link");
        this.linkLayerIdentifier = known(linkLayerIdentifier);
        this.accessTechnology = accessTechnology;
        this.nodeLinkLocal = Objects.requireNonNull(nodeLinkLocal, "nodeLinkLocal");
    }

    /**
     * An attachment.
     *
     * @param gateway the gateway, by {@link Gateway#name}
     * @param link the access link at that gateway, as the host names it
     * @param linkLayerIdentifier of the node's interface; empty or all zero if it is not known
     * @param accessTechnology a value of {@link org.pmip.protocol.wire.option.AccessTechnologyType}, 0 to 255
     */
    public static Attachment of(String gateway, String link, byte[] linkLayerIdentifier, int accessTechnology) {
        return new Attachment(gateway, link, linkLayerIdentifier, accessTechnology, Ip6Address.ZERO);
    }

    /** RFC 5213 section 2.2: an all-zero identifier is none. */
    private static byte[] known(byte[] identifier) {
        for (byte octet : identifier) {
            if (octet != 0) {
                return identifier.clone();
            }
        }
        return UNKNOWN;
    }

    /** The same with the node's own link-local address on the link. */
    public Attachment withNodeLinkLocal(Ip6Address address) {
        return new Attachment(gateway, link, linkLayerIdentifier, accessTechnology, address);
    }

    /** The gateway, by {@link Gateway#name}. */
    public String gateway() {
        return gateway;
    }

    /** The access link, as the host names it. */
    public String link() {
        return link;
    }

    /** The link-layer identifier; empty if it is not known. */
    public byte[] linkLayerIdentifier() {
        return linkLayerIdentifier.clone();
    }

    /** The access technology type. */
    public int accessTechnology() {
        return accessTechnology;
    }

    /** The node's own link-local address; unspecified if it is not known. */
    public Ip6Address nodeLinkLocal() {
        return nodeLinkLocal;
    }

    /** Whether the interface is known by an identifier of its own. */
    public boolean identified() {
        return linkLayerIdentifier.length > 0;
    }

    /** Whether both are known to be of the same interface. */
    public boolean sameInterface(Attachment other) {
        return identified() && Arrays.equals(linkLayerIdentifier, other.linkLayerIdentifier)
                && accessTechnology == other.accessTechnology;
    }

    /** Whether both are on the same link of the same gateway. */
    public boolean sameLink(Attachment other) {
        return gateway.equals(other.gateway) && link.equals(other.link);
    }

    /** Whether both are the same interface on the same link. */
    public boolean samePlace(Attachment other) {
        return sameLink(other) && Arrays.equals(linkLayerIdentifier, other.linkLayerIdentifier)
                && accessTechnology == other.accessTechnology;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attachment && samePlace((Attachment) other)
                && nodeLinkLocal.equals(((Attachment) other).nodeLinkLocal);
    }

    @Override
    public int hashCode() {
        return Objects.hash(gateway, link, Arrays.hashCode(linkLayerIdentifier));
    }

    @Override
    public String toString() {
        StringBuilder identifier = new StringBuilder();
        for (byte octet : linkLayerIdentifier) {
            identifier.append(String.format("%02x", octet & 0xff));
        }
        return gateway + "/" + link + (identifier.length() == 0 ? "" : " " + identifier);
    }
}
