// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Optional;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.NatDetection;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;

/**
 * What the tunnel of a session is carried in: over IPv4 perhaps UDP (RFC 5844 section 4.1.3.1), and if GRE goes with it
 * the TLV header (RFC 5845 sections 7.1, 7.2 and 7.4).
 */
final class TunnelChoice {

    /** The UDP port of user packets (RFC 5844 section 4.1.4.1). */
    static final int DATA_PORT = 5437;

    private final int status;
    private final boolean tlvHeader;
    private final int peerPort;
    private final Optional<NatDetection> natDetection;

    private TunnelChoice(int status, boolean tlvHeader, int peerPort, Optional<NatDetection> natDetection) {
        this.status = status;
        this.tlvHeader = tlvHeader;
        this.peerPort = peerPort;
        this.natDetection = natDetection;
    }

    /**
     * Chooses.
     *
     * @param gre what was agreed of GRE, not a rejection
     * @param session the session as it is
     */
    static TunnelChoice of(Request request, LmaPolicy.MagPolicy gateway, LmaParameters parameters, GreNegotiation gre,
                           BindingCacheEntry session) {
        boolean greAgreed = gre.mode() != GreMode.NONE;
        boolean asked = greAgreed && request.update().has(BindingUpdate.T);
        boolean tlv = asked && request.overIpv4() && parameters.acceptTlvHeader()
                && (request.translated() || !goesOnWithout(session, request));
        boolean forced = request.update().has(BindingUpdate.F) || gateway.alwaysUdp();
        boolean udp = greAgreed ? tlv : request.overIpv4() && (forced || request.translated());
        Optional<NatDetection> natDetection = Optional.empty();
        if (request.translated()) {
            natDetection = Optional.of(NatDetection.of(true, parameters.natKeepalive()));
        } else if (udp && !greAgreed) {
            natDetection = Optional.of(NatDetection.of(true, NatDetection.NO_REFRESH));
        }
        return new TunnelChoice(asked && !tlv ? Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED : gre.status(),
                tlv, udp ? port(request, gateway) : 0, natDetection);
    }

    /** RFC 5845 section 7.2: an extension from the same gateway does not change the format. */
    private static boolean goesOnWithout(BindingCacheEntry session, Request request) {
        return session.lifetime() > 0 && session.state() == BindingCacheEntry.State.ACTIVE
                && session.proxyCoa().equals(request.proxyCoa()) && session.gre() != GreMode.NONE
                && !session.tlvHeader();
    }

    private static int port(Request request, LmaPolicy.MagPolicy gateway) {
        if (!request.translated()) {
            return DATA_PORT;
        }
        boolean unchanged = request.sourcePort() == Ipv4SignallingPacket.PORT || request.sourcePort() == 0;
        return gateway.translatedDataPort().orElse(unchanged ? DATA_PORT : request.sourcePort());
    }

    /** Status of the answer, should nothing else be wrong. */
    int status() {
        return status;
    }

    boolean tlvHeader() {
        return tlvHeader;
    }

    /** UDP port of the far end; 0 without UDP. */
    int peerPort() {
        return peerPort;
    }

    /** The option of a successful answer. */
    Optional<NatDetection> natDetection() {
        return natDetection;
    }
}
