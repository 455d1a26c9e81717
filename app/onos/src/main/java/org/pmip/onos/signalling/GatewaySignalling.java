// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.onosproject.net.packet.InboundPacket;
import org.onosproject.net.packet.PacketContext;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketService;
import org.pmip.onos.config.Interface;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.statistics.Punts;
import org.pmip.pipeconf.PacketInReason;
import org.pmip.protocol.mag.OutgoingUpdate;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.MobilityMessage;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;
import org.pmip.protocol.wire.packet.SignallingPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways' side of the signalling: sends Proxy Binding Updates through the access switch, and takes what anchors
 * send to a Proxy-CoA. Thread-safe.
 */
public final class GatewaySignalling implements PacketProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(GatewaySignalling.class);
    private static final int ICMP_ERRORS_PER_SECOND = 100;
    private static final int ETHERNET = 14;
    private static final int MACS = 12;
    private static final int TAGGED = 18;
    private static final int VLAN = 0x8100;

    /** Takes what an anchor has sent; must not block. */
    public interface Receiver {
        /** An acknowledgement came. */
        void acknowledged(BindingAcknowledgement message, IpAddress source, IpAddress destination);

        /** A Binding Error came, which names no mobile node. */
        void error(BindingError message, IpAddress source);

        /** The IPv4 router of the node that sent a frame on an access link; empty if the node has no such session. */
        Optional<Ip4Address> router(ConnectPoint port, byte[] frame);
    }

    private final PacketService packets;
    private final PmipConfig config;
    private final Map<DeviceId, Set<IpAddress>> careOf;
    private final Receiver receiver;
    private final Consumer<String> counter;
    private final RateLimit icmpErrors;
    private final TunnelErrors tunnelErrors;

    /**
     * Makes a processor.
     *
     * @param careOf the Proxy-CoAs of each gateway's switch
     * @param tunnelErrors takes what is said of packets in the gateways' tunnels
     * @param millis a clock that never goes backwards
     * @param counter told by name of each packet-in's class, and of each packet that leads to nothing
     */
    public GatewaySignalling(PacketService packets, PmipConfig config, Map<DeviceId, Set<IpAddress>> careOf,
                             Receiver receiver, TunnelErrors tunnelErrors, LongSupplier millis,
                             Consumer<String> counter) {
        this.packets = packets;
        this.config = config;
        this.careOf = Map.copyOf(careOf);
        this.receiver = receiver;
        this.tunnelErrors = tunnelErrors;
        this.counter = counter;
        this.icmpErrors = new RateLimit(ICMP_ERRORS_PER_SECOND, ICMP_ERRORS_PER_SECOND, millis);
    }

    @Override
    public void process(PacketContext context) {
        InboundPacket inbound = context.inPacket();
        ConnectPoint port = inbound.receivedFrom();
        Optional<PacketInReason> reason = PacketInReason.of(inbound);
        if (context.isHandled() || !careOf.containsKey(port.deviceId()) || reason.isEmpty()) {
            return;
        }
        ByteBuffer unparsed = inbound.unparsed().duplicate();
        unparsed.rewind();
        byte[] frame = new byte[unparsed.remaining()];
        unparsed.get(frame);
        context.block();
        counter.accept(Punts.counted(reason.get().puntClass()));
        switch (reason.get().puntClass()) {
            case MOBILITY_SIGNALLING:
            case UDP_SIGNALLING:
                received(port.deviceId(), frame, reason.get());
                break;
            case NEIGHBOUR_DISCOVERY:
                own(port).ifPresent(one -> NeighborSolicitation.decode(frame)
                        .filter(asked -> one.answersFor(asked.target()))
                        .ifPresent(asked -> emit(port, asked.advertise(one.mac()))));
                break;
            case ICMP:
                Echo.reply(port.deviceId(), reason.get().domain(), frame).ifPresentOrElse(packets::emit,
                        () -> tunnelErrors.accept(port.deviceId(), reason.get().domain(), frame));
                break;
            case ARP:
                own(port).ifPresent(one -> ArpRequest.decode(frame)
                        .filter(asked -> one.addresses().contains(asked.target()))
                        .ifPresent(asked -> emit(port, asked.reply(one.mac()))));
                break;
            case TOO_BIG:
            case HOP_LIMIT:
            case UNREACHABLE:
                tellSender(port, frame, reason.get());
                break;
            default:
                break;
        }
    }

    /**
     * The sender of what the switch had to drop learns why: a mobile node on its link, by its router; who has sent
     * something to a mobile node through the anchor, by the gateway as the router that it is behind the tunnel's end
     * (RFC 2473 section 8). What a tunnel brings for nobody here is dropped in silence by the switch itself.
     */
    private void tellSender(ConnectPoint port, byte[] frame, PacketInReason reason) {
        Set<IpAddress> own = careOf.get(port.deviceId());
        Optional<Interface> access = config.switches().get(port.deviceId()).interfaces().stream().filter(one ->
                one.role() == Interface.Role.ACCESS && one.port() == port.port().toLong()).findFirst();
        Optional<byte[]> packet = ReportedPacket.in(frame, access.isPresent() ? address -> false : own::contains);
        if (packet.isEmpty()) {
            return;
        }
        Optional<byte[]> error;
        if (ReportedPacket.version(packet.get()) == 6) {
            error = own.stream().filter(IpAddress::isIp6).findFirst()
                    .flatMap(router -> IcmpError.of(packet.get(), reason, router.getIp6Address()));
        } else {
            // Beyond the tunnel IPv4 addresses are the operator's, and the transport network must not route by them.
            error = access.flatMap(one -> receiver.router(port, frame))
                    .flatMap(router -> Icmpv4Error.of(packet.get(), reason, router));
        }
        if (error.isPresent() && !icmpErrors.allows()) {
            counter.accept("not sent, too many ICMP errors");
            return;
        }
        error.ifPresent(message -> {
            counter.accept("ICMP errors");
            emit(access.isPresent() ? port : new ConnectPoint(port.deviceId(), PortNumber.TABLE),
                    access.map(one -> onLink(message, one.mac(), frame)).orElse(message));
        });
    }

    /** A message as the router of a link sends it to whom a frame came from there: with the frame's tag. */
    private static byte[] onLink(byte[] message, MacAddress router, byte[] from) {
        boolean tagged = from.length >= TAGGED && (ByteBuffer.wrap(from).getShort(MACS) & 0xffff) == VLAN;
        ByteBuffer out = ByteBuffer.allocate(message.length + (tagged ? TAGGED - ETHERNET : 0));
        out.put(from, MACS / 2, MACS / 2).put(router.toBytes());
        if (tagged) {
            out.put(from, MACS, TAGGED - ETHERNET);
        }
        return out.put(message, MACS, message.length - MACS).array();
    }

    private Optional<Interface> own(ConnectPoint port) {
        return config.switches().get(port.deviceId()).interfaces().stream()
                .filter(one -> one.role() != Interface.Role.ACCESS && one.port() == port.port().toLong()).findFirst();
    }

    private void received(DeviceId device, byte[] frame, PacketInReason reason) {
        try {
            IpAddress source;
            IpAddress destination;
            MobilityMessage message;
            switch (reason.puntClass()) {
                case MOBILITY_SIGNALLING:
                    SignallingPacket ipv6 = SignallingPacket.decode(frame);
                    source = ipv6.source();
                    destination = ipv6.destination();
                    message = MobilityHeaderCodec.decode(ipv6.mobilityHeader(), ipv6.checksumSource(),
                            ipv6.destination());
                    break;
                default:
                    Ipv4SignallingPacket ipv4 = Ipv4SignallingPacket.decode(frame);
                    source = ipv4.source();
                    destination = ipv4.destination();
                    message = MobilityHeaderCodec.decodeWithoutChecksum(ipv4.mobilityHeader());
                    break;
            }
            if (!careOf.get(device).contains(destination)) {
                counter.accept("not to the gateway");
            } else if (message instanceof BindingAcknowledgement) {
                receiver.acknowledged((BindingAcknowledgement) message, source, destination);
            } else if (message instanceof BindingError) {
                receiver.error((BindingError) message, source);
            } else {
                counter.accept("unexpected message type");
            }
        } catch (DecodeException e) {
            counter.accept("undecodable " + e.reason().name().toLowerCase(Locale.ROOT));
            LOG.debug("{}: {}", device, e.getMessage());
        }
    }

    /** Has a gateway's switch send a Proxy Binding Update. */
    public void send(DeviceId device, OutgoingUpdate update) {
        // The pipeline routes the packet and writes the Ethernet addresses of the next hop.
        byte[] frame = update.udp()
                ? Ipv4SignallingPacket.encode(MacAddress.ZERO, MacAddress.ZERO, update.source().getIp4Address(),
                        update.destination().getIp4Address(), Ipv4SignallingPacket.PORT, update.mobilityHeader())
                : SignallingPacket.encode(MacAddress.ZERO, MacAddress.ZERO, update.source().getIp6Address(),
                        update.destination().getIp6Address(), update.mobilityHeader());
        emit(new ConnectPoint(device, PortNumber.TABLE), frame);
    }

    private void emit(ConnectPoint port, byte[] frame) {
        packets.emit(new DefaultOutboundPacket(port.deviceId(),
                DefaultTrafficTreatment.builder().setOutput(port.port()).build(), ByteBuffer.wrap(frame)));
    }
}
