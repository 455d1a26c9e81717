// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onosproject.net.DeviceId;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketService;
import org.pmip.onos.dataplane.Paths;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.packet.TunnelError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what nodes of the transport network say by ICMP of packets in tunnels that begin at a switch, and tells the
 * sources of the inner packets (RFC 2473 section 8). A message counts only if the packet that it quotes can be one of a
 * session that stands. Thread-safe.
 */
public final class TunnelErrors {

    private static final Logger LOG = LoggerFactory.getLogger(TunnelErrors.class);
    /** Each costs a search for a session; whatever is meant seriously is said again with the next packet. */
    private static final int PER_SECOND = 20;

    /** Those whose tunnels these are. */
    public interface Ends {
        /** Finds the session whose packet is quoted, and notes what is said of its tunnel; empty if there is none. */
        Optional<Heard> heard(DeviceId device, TunnelError error);
    }

    /** What has become of a message, and how the source of the inner packet can be told. Immutable. */
    public static final class Heard {
        private final Paths.Verdict verdict;
        private final int mtu;
        private final Optional<Ip6Address> router6;
        private final Optional<Ip4Address> router4;
        private final Function<byte[], OutboundPacket> back;

        /**
         * Makes it.
         *
         * @param mtu the largest packet in octets, outer header included, that the tunnel takes now
         * @param router6 the address that ICMPv6 errors to the source of the inner packet come from, if there is one
         * @param router4 the same of ICMP for IPv4
         * @param back makes of an Ethernet frame without link-layer addresses what the switch sends to that source
         */
        public Heard(Paths.Verdict verdict, int mtu, Optional<Ip6Address> router6, Optional<Ip4Address> router4,
                     Function<byte[], OutboundPacket> back) {
            this.verdict = verdict;
            this.mtu = mtu;
            this.router6 = router6;
            this.router4 = router4;
            this.back = back;
        }
    }

    private final PacketService packets;
    private final Ends ends;
    private final Executor workers;
    private final Consumer<String> counter;
    private final RateLimit limit;

    /**
     * Makes it.
     *
     * @param workers run what takes a while
     * @param millis a clock that never goes backwards
     * @param counter told by name of each message
     */
    public TunnelErrors(PacketService packets, Ends ends, Executor workers, LongSupplier millis,
                        Consumer<String> counter) {
        this.packets = packets;
        this.ends = ends;
        this.workers = workers;
        this.counter = counter;
        this.limit = new RateLimit(PER_SECOND, PER_SECOND, millis);
    }

    /**
     * Takes a frame with an ICMP message that came to an address of the switch.
     *
     * @param domain the routing domain that it came from; only the transport network, 0, can know of tunnels
     */
    void accept(DeviceId device, int domain, byte[] frame) {
        if (domain != 0) {
            counter.accept("ICMP messages of no use");
            return;
        }
        TunnelError error;
        try {
            error = TunnelError.decode(frame);
        } catch (DecodeException e) {
            counter.accept("ICMP messages of no use");
            LOG.debug("{}: {}", device, e.getMessage());
            return;
        }
        if (!limit.allows()) {
            counter.accept("tunnel errors over the rate");
            return;
        }
        workers.execute(() -> {
            try {
                heard(device, error);
            } catch (RuntimeException e) {
                LOG.error("{}: {} was not worked on", device, error, e);
            }
        });
    }

    private void heard(DeviceId device, TunnelError error) {
        Optional<Heard> heard = ends.heard(device, error);
        if (heard.isEmpty()) {
            counter.accept("tunnel errors of no session");
            LOG.debug("{}: {}, which no session has sent", device, error);
            return;
        }
        Paths.Verdict verdict = heard.get().verdict;
        if (verdict == Paths.Verdict.IMPLAUSIBLE) {
            counter.accept("tunnel errors not believed");
            LOG.debug("{}: {} cannot be", device, error);
            return;
        }
        counter.accept("tunnel errors " + error.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        if (verdict == Paths.Verdict.LOWERED) {
            counter.accept("path MTUs lowered");
            LOG.info("{}: path MTU is {} now: {}", device, heard.get().mtu, error);
        }
        error.inner().flatMap(inner -> told(inner, error, heard.get())).ifPresent(message -> {
            counter.accept("tunnel errors passed on");
            packets.emit(heard.get().back.apply(message));
        });
    }

    private static Optional<byte[]> told(byte[] inner, TunnelError error, Heard heard) {
        boolean ipv4 = ReportedPacket.version(inner) == 4;
        boolean tooBig = error.kind() == TunnelError.Kind.TOO_BIG;
        int mtu = heard.mtu - (error.length() - ReportedPacket.length(inner));
        if (ipv4) {
            return heard.router4.flatMap(router -> tooBig ? Icmpv4Error.tooBig(inner, mtu, router)
                    : Icmpv4Error.unreachable(inner, router));
        }
        return heard.router6.flatMap(router -> tooBig ? IcmpError.tooBig(inner, mtu, router)
                : IcmpError.unreachable(inner, router));
    }
}
