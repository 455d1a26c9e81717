// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.Optional;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;

/** How protocol variables that are no numbers are written, in the configuration and in component properties. */
public final class ParameterWords {

    private ParameterWords() {
    }

    /**
     * Reads what gateways are told to be for DHCP.
     *
     * @throws IllegalArgumentException if it is neither server, relay nor none
     */
    public static Optional<Ipv4DhcpSupportMode> dhcpSupportMode(String word) {
        switch (word) {
            case "server":
                return Optional.of(Ipv4DhcpSupportMode.of(true));
            case "relay":
                return Optional.of(Ipv4DhcpSupportMode.of(false));
            case "none":
                return Optional.empty();
            default:
                throw new IllegalArgumentException("'" + word + "' is neither server, relay nor none");
        }
    }

    /**
     * Reads a link-local address, or {@code ::} for none.
     *
     * @throws IllegalArgumentException if it is another address, or none at all
     */
    public static Ip6Address linkLocal(String text) {
        Ip6Address address = Ip6Address.valueOf(text);
        if (!address.isLinkLocal() && !address.isZero()) {
            throw new IllegalArgumentException("it does not begin with fe80");
        }
        return address;
    }

    /**
     * Reads yes or no.
     *
     * @throws IllegalArgumentException if it is neither true nor false
     */
    public static boolean flag(String word) {
        if (!word.equals("true") && !word.equals("false")) {
            throw new IllegalArgumentException("'" + word + "' is neither true nor false");
        }
        return word.equals("true");
    }
}
