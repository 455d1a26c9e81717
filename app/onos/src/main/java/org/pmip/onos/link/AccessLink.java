// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.protocol.mag.Attachment;

/** One access link of a gateway: a port of its switch, or a VLAN of a port. Immutable. */
public final class AccessLink {

    private static final int MAC = 6;
    private static final int MACS = 2 * MAC;
    private static final int ETHERNET = MACS + 2;
    private static final int TAGGED = ETHERNET + 4;
    private static final int TYPE_VLAN = 0x8100;
    private static final int VLAN_MASK = 0xfff;
    private static final int GREATEST_VLAN = 4094;

    private final String gateway;
    private final ConnectPoint port;
    private final int vlan;

    /**
     * Makes a link.
     *
     * @param gateway the gateway's name in the configuration
     * @param vlan VLAN identifier, 1 to 4094; 0 for untagged frames
     */
    public AccessLink(String gateway, ConnectPoint port, int vlan) {
        this.gateway = Objects.requireNonNull(gateway, "gateway");
        this.port = Objects.requireNonNull(port, "port");
        if (vlan < 0 || vlan > GREATEST_VLAN) {
            throw new IllegalArgumentException("vlan is " + vlan + ": use 1 to 4094, or 0 for untagged frames");
        }
        this.vlan = vlan;
    }

    /** The VLAN of a frame; 0 if it has no tag, empty if it is too short to be a frame. */
    public static Optional<Integer> vlanOf(byte[] frame) {
        if (frame.length < ETHERNET) {
            return Optional.empty();
        }
        if ((ByteBuffer.wrap(frame).getShort(MACS) & 0xffff) != TYPE_VLAN) {
            return Optional.of(0);
        }
        return frame.length < TAGGED ? Optional.empty()
                : Optional.of(ByteBuffer.wrap(frame).getShort(ETHERNET) & VLAN_MASK);
    }

    /** Who sent a frame of at least 12 octets. */
    public static MacAddress senderOf(byte[] frame) {
        byte[] mac = new byte[MAC];
        System.arraycopy(frame, MAC, mac, 0, MAC);
        return MacAddress.valueOf(mac);
    }

    /** The frame as it goes onto this link: with a tag if the link is a VLAN. */
    byte[] frame(byte[] untagged) {
        if (vlan == 0) {
            return untagged;
        }
        return ByteBuffer.allocate(untagged.length + 4).put(untagged, 0, MACS).putShort((short) TYPE_VLAN)
                .putShort((short) vlan).put(untagged, MACS, untagged.length - MACS).array();
    }

    /** The gateway's name. */
    public String gateway() {
        return gateway;
    }

    /** The switch and its port. */
    public ConnectPoint port() {
        return port;
    }

    /** The VLAN; 0 for untagged frames. */
    public int vlan() {
        return vlan;
    }

    /** The name under which attachments of the gateway have it. */
    public String name() {
        return vlan == 0 ? port.port().toString() : port.port() + "/" + vlan;
    }

    /** The attachment of an interface of that address to this link. */
    public Attachment attachment(MacAddress node, int accessTechnology) {
        return Attachment.of(gateway, name(), node.toBytes(), accessTechnology);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccessLink && gateway.equals(((AccessLink) other).gateway)
                && port.equals(((AccessLink) other).port) && vlan == ((AccessLink) other).vlan;
    }

    @Override
    public int hashCode() {
        return Objects.hash(gateway, port, vlan);
    }

    @Override
    public String toString() {
        return gateway + " " + port + (vlan == 0 ? "" : " VLAN " + vlan);
    }
}
