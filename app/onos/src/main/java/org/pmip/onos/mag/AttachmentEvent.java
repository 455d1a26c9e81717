// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** An interface on an access link as people and programs write it down, read and checked. Immutable. */
public final class AttachmentEvent {

    private static final int GREATEST_VLAN = 4_094;

    private final ConnectPoint port;
    private final int vlan;
    private final MacAddress node;

    private AttachmentEvent(ConnectPoint port, int vlan, MacAddress node) {
        this.port = port;
        this.vlan = vlan;
        this.node = node;
    }

    /**
     * Reads one.
     *
     * @param port switch and port, such as {@code device:mag1/2}
     * @param vlan VLAN identifier, 1 to 4094; 0 for untagged frames
     * @param mac the interface's MAC address
     * @throws IllegalArgumentException naming what is wrong
     */
    public static AttachmentEvent of(String port, int vlan, String mac) {
        if (vlan < 0 || vlan > GREATEST_VLAN) {
            throw new IllegalArgumentException("vlan: " + vlan + " is not from 1 to " + GREATEST_VLAN
                    + ", or 0 for untagged frames");
        }
        return new AttachmentEvent(port(port), vlan, mac(mac));
    }

    private static ConnectPoint port(String text) {
        try {
            return ConnectPoint.deviceConnectPoint(given("port", text));
        } catch (RuntimeException e) {
            // ONOS lets out whatever comes of a text without slash or with a port that is no number.
            throw new IllegalArgumentException("port: '" + text + "' is not a switch and port such as device:mag1/2",
                    e);
        }
    }

    private static MacAddress mac(String text) {
        try {
            return MacAddress.valueOf(given("interface", text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("interface: '" + text
                    + "' is not a MAC address such as 00:00:5e:00:53:41", e);
        }
    }

    private static String given(String name, String text) {
        if (text == null) {
            throw new IllegalArgumentException(name + ": missing");
        }
        return text;
    }

    /**
     * Tells the gateways that it has begun.
     *
     * @param mobileNode whose interface it is; null leaves it to the profiles
     * @param handoff Handoff Indicator, 1 to 4; null leaves it to what the context tells, or 4 without one
     * @param context what the node has at another cluster's gateway, as that shows it; null if that is not known
     * @throws IllegalArgumentException naming what is wrong
     */
    public void attach(MagService service, String mobileNode, Integer handoff, JsonNode context) {
        Handoff how = ContextJson.read(handoff, context, node);
        if (mobileNode != null && mobileNode.isEmpty()) {
            throw new IllegalArgumentException("mobileNode: empty; leave it out where the profiles say who it is");
        }
        Optional<MobileNodeIdentifier> identity = Optional.ofNullable(mobileNode).map(MobileNodeIdentifier::ofNai);
        service.attach(port, vlan, node, how, identity);
    }

    /** Tells the gateways that it is over. */
    public void detach(MagService service) {
        service.detach(port, vlan, node);
    }

    @Override
    public String toString() {
        return node + " on " + port + (vlan == 0 ? "" : " VLAN " + vlan);
    }
}
