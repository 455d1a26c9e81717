// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

import java.nio.ByteBuffer;

/** The option types that this implementation knows. Stateless. */
public final class OptionRegistry {

    private OptionRegistry() {
    }

    /**
     * Reads the data of one option.
     *
     * @param type the option type, 2 to 255
     * @param data its data, from position to limit
     * @return the option; an {@link UnknownOption} or a {@link MalformedOption} where it has to be
     */
    public static MobilityOption read(int type, ByteBuffer data) {
        int start = data.position();
        try {
            return readKnown(type, data);
        } catch (MalformedOptionException e) {
            data.position(start);
            return new MalformedOption(type, octets(data), e.getMessage());
        }
    }

    private static byte[] octets(ByteBuffer data) {
        byte[] octets = new byte[data.remaining()];
        data.get(octets);
        return octets;
    }

    private static MobilityOption readKnown(int type, ByteBuffer data) {
        switch (type) {
            case AlternateCareOfAddress.TYPE:
                return AlternateCareOfAddress.read(data);
            case MobileNodeIdentifier.TYPE:
                return MobileNodeIdentifier.read(data);
            case HomeNetworkPrefix.TYPE:
                return HomeNetworkPrefix.read(data);
            case HandoffIndicator.TYPE:
                return HandoffIndicator.read(data);
            case AccessTechnologyType.TYPE:
                return AccessTechnologyType.read(data);
            case MobileNodeLinkLayerIdentifier.TYPE:
                return MobileNodeLinkLayerIdentifier.read(data);
            case LinkLocalAddress.TYPE:
                return LinkLocalAddress.read(data);
            case Timestamp.TYPE:
                return Timestamp.read(data);
            case NatDetection.TYPE:
                return NatDetection.read(data);
            case Ipv4CareOfAddress.TYPE:
                return Ipv4CareOfAddress.read(data);
            case GreKey.TYPE:
                return GreKey.read(data);
            case Ipv4HomeAddressRequest.TYPE:
                return Ipv4HomeAddressRequest.read(data);
            case Ipv4HomeAddressReply.TYPE:
                return Ipv4HomeAddressReply.read(data);
            case Ipv4DefaultRouterAddress.TYPE:
                return Ipv4DefaultRouterAddress.read(data);
            case Ipv4DhcpSupportMode.TYPE:
                return Ipv4DhcpSupportMode.read(data);
            default:
                return UnknownOption.of(type, octets(data));
        }
    }
}
