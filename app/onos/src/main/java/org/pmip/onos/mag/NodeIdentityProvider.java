// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Tells whose an interface is that has come to an access link and that no profile of the network configuration names:
 * an OSGi service that other bundles register, for access authentication for example (draft-ietf-netlmm-proxymip6-10
 * section 6.6). Providers are asked one after another, in the order of their ranking, until one knows.
 */
public interface NodeIdentityProvider {

    /** What is seen of an interface. Immutable. */
    final class Sighting {
        private final ConnectPoint port;
        private final int vlan;
        private final MacAddress node;
        private final Optional<byte[]> dhcpClientId;

        /**
         * Makes a sighting.
         *
         * @param port the port of the gateway's switch
         * @param vlan VLAN identifier, 0 for untagged frames
         * @param node the interface's address
         * @param dhcpClientId the Client-identifier option of its DHCP message (RFC 2132 section 9.14), if it sent one
         */
        public Sighting(ConnectPoint port, int vlan, MacAddress node, Optional<byte[]> dhcpClientId) {
            this.port = Objects.requireNonNull(port, "port");
            this.vlan = vlan;
            this.node = Objects.requireNonNull(node, "node");
            this.dhcpClientId = dhcpClientId.map(byte[]::clone);
        }

        /** The port of the gateway's switch. */
        public ConnectPoint port() {
            return port;
        }

        /** VLAN identifier, 0 for untagged frames. */
        public int vlan() {
            return vlan;
        }

        /** The interface's address. */
        public MacAddress node() {
            return node;
        }

        /** The Client-identifier option of its DHCP message, if it sent one. */
        public Optional<byte[]> dhcpClientId() {
            return dhcpClientId.map(byte[]::clone);
        }

        boolean samePlace(Sighting other) {
            return port.equals(other.port) && vlan == other.vlan && node.equals(other.node);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Sighting && samePlace((Sighting) other)
                    && Arrays.equals(dhcpClientId.orElse(null), ((Sighting) other).dhcpClientId.orElse(null));
        }

        @Override
        public int hashCode() {
            return Objects.hash(port, vlan, node);
        }

        @Override
        public String toString() {
            return node + " at " + port + (vlan == 0 ? "" : " VLAN " + vlan);
        }
    }

    /**
     * Tells whose an interface is. Must not block; may be called by any thread, and again for the same interface when
     * its answer has become old.
     *
     * @return completes within 5 s with the mobile node's identifier, the same one wherever the node is, or empty if it
     *     is nobody's who is known here; a failure or no answer means the same, and is counted
     */
    CompletionStage<Optional<MobileNodeIdentifier>> identify(Sighting sighting);
}
