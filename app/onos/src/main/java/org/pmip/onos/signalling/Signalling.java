// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.signalling;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
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
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.MobilityMessage;
import org.pmip.protocol.wire.UnknownMobilityMessage;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;
import org.pmip.protocol.wire.packet.SignallingPacket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes signalling packets that the switch sends up, decodes them and hands Binding Updates on; sends answers back
 * through the switch. Thread-safe.
 */
public final class Signalling implements PacketProcessor {

    private static final Ip4Address BROADCAST = Ip4Address.valueOf("255.255.255.255");
    private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);
    private static final int ICMP_ERRORS_PER_SECOND = 100;
    private static final String ICMP_LIMITED = "not sent, too many ICMP errors";
    private static final String BINDING_ERRORS_LIMITED = "not sent, too many Binding Errors";

    private final PacketService packets;
    private final PmipConfig config;
    private final PmipConfig.Lma lma;
    private final Supplier<Moment> clock;
    private final Consumer<Request> requests;
    private final Consumer<String> counter;
    private final RateLimit bindingErrors;
    private final RateLimit icmpErrors;
    private final TunnelErrors tunnelErrors;

    /**
     * Makes a processor for the anchor of a configuration.
     *
     * @param tunnelErrors takes what is said of packets in the anchor's tunnels
     * @param requests takes each Binding Update; must not block
     * @param counter told by name of each packet-in's class, and of each packet that leads to no request
     */
    public Signalling(PacketService packets, PmipConfig config, Supplier<Moment> clock, TunnelErrors tunnelErrors,
                      Consumer<Request> requests, Consumer<String> counter) {
        this.packets = packets;
        this.tunnelErrors = tunnelErrors;
        this.config = config;
        this.lma = config.lma().orElseThrow(() -> new IllegalArgumentException("no anchor"));
        this.clock = clock;
        this.requests = requests;
        this.counter = counter;
        // RFC 6275 section 9.3.3: Binding Errors are limited like ICMPv6 errors, RFC 4443's example is 10 a second.
        this.bindingErrors = new RateLimit(10, 10, () -> clock.get().millis());
        this.icmpErrors = new RateLimit(ICMP_ERRORS_PER_SECOND, ICMP_ERRORS_PER_SECOND,
                () -> clock.get().millis());
    }

    @Override
    public void process(PacketContext context) {
        InboundPacket inbound = context.inPacket();
        DeviceId device = inbound.receivedFrom().deviceId();
        Optional<PacketInReason> reason = PacketInReason.of(inbound);
        if (context.isHandled() || !device.equals(lma.device()) || reason.isEmpty()) {
            return;
        }
        counter.accept(Punts.counted(reason.get().puntClass()));
        ByteBuffer unparsed = inbound.unparsed().duplicate();
        unparsed.rewind();
        byte[] frame = new byte[unparsed.remaining()];
        unparsed.get(frame);
        switch (reason.get().puntClass()) {
            case MOBILITY_SIGNALLING:
                context.block();
                signalling(device, frame);
                break;
            case UDP_SIGNALLING:
                context.block();
                ipv4Signalling(device, frame);
                break;
            case ARP:
                context.block();
                arp(device, inbound.receivedFrom().port(), frame);
                break;
            case NEIGHBOUR_DISCOVERY:
                context.block();
                neighbour(device, inbound.receivedFrom().port(), frame);
                break;
            case ICMP:
                context.block();
                Echo.reply(device, reason.get().domain(), frame).ifPresentOrElse(packets::emit,
                        () -> tunnelErrors.accept(device, reason.get().domain(), frame));
                break;
            case TOO_BIG:
            case HOP_LIMIT:
            case UNREACHABLE:
                context.block();
                tellSender(device, reason.get(), frame);
                break;
            default:
                break;
        }
    }

    private void signalling(DeviceId device, byte[] frame) {
        SignallingPacket packet;
        try {
            packet = SignallingPacket.decode(frame);
        } catch (DecodeException e) {
            undecodable(device, e);
            return;
        }
        byte[] octets = packet.mobilityHeader();
        MobilityMessage message;
        try {
            message = MobilityHeaderCodec.decode(octets, packet.checksumSource(), packet.destination());
        } catch (DecodeException e) {
            undecodable(device, e);
            if (e.reason() == Reason.PAYLOAD_PROTO || e.reason() == Reason.HEADER_LENGTH) {
                IcmpError.parameterProblem(frame, packet.destination(), octets.length, e.offset())
                        .filter(error -> allowed(icmpErrors, ICMP_LIMITED))
                        .ifPresent(error -> emit(device, PortNumber.TABLE, error));
            }
            return;
        }
        if (!packet.destination().equals(lma.address())) {
            counter.accept("not to the anchor");
        } else if (message instanceof BindingUpdate) {
            requests.accept(new Request((BindingUpdate) message, packet.source(), packet.destination(), octets,
                    clock.get()));
        } else if (message instanceof UnknownMobilityMessage) {
            counter.accept("unknown message type");
            unknown(packet);
        } else {
            counter.accept("unexpected message type");
            LOG.debug("{}: {} sent {}, which an anchor has no use for", device, packet.source(), message);
        }
    }

    /** RFC 5844 section 4.1.3: the Mobility Header stands in UDP, whose checksum counts; its own is not looked at. */
    private void ipv4Signalling(DeviceId device, byte[] frame) {
        Ipv4SignallingPacket packet;
        byte[] octets;
        MobilityMessage message;
        try {
            packet = Ipv4SignallingPacket.decode(frame);
            octets = packet.mobilityHeader();
            message = MobilityHeaderCodec.decodeWithoutChecksum(octets);
        } catch (DecodeException e) {
            undecodable(device, e);
            return;
        }
        if (!lma.isOwn(packet.destination())) {
            counter.accept("not to the anchor");
        } else if (message instanceof BindingUpdate) {
            requests.accept(new Request((BindingUpdate) message, packet.source(), packet.sourcePort(),
                    packet.destination(), octets, clock.get()));
        } else if (message instanceof UnknownMobilityMessage) {
            counter.accept("unknown message type");
            if (isOne(packet.source()) && allowed(bindingErrors, BINDING_ERRORS_LIMITED)) {
                send(packet.destination(), packet.source(), packet.sourcePort(), MobilityHeaderCodec
                        .encodeWithoutChecksum(BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE, Ip6Address.ZERO)));
            }
        } else {
            counter.accept("unexpected message type");
        }
    }

    /** Whether an answer to this address goes to one node. */
    private static boolean isOne(Ip4Address sender) {
        return !sender.isMulticast() && !sender.isZero() && !sender.equals(BROADCAST);
    }

    private boolean allowed(RateLimit limit, String otherwise) {
        boolean allowed = limit.allows();
        if (!allowed) {
            counter.accept(otherwise);
        }
        return allowed;
    }

    private void undecodable(DeviceId device, DecodeException failure) {
        counter.accept("undecodable " + failure.reason().name().toLowerCase(Locale.ROOT));
        LOG.debug("{}: {}", device, failure.getMessage());
    }

    /** RFC 6275 section 9.2: an unknown MH Type is answered by a Binding Error with status 2. */
    private void unknown(SignallingPacket packet) {
        Ip6Address to = packet.source();
        if (to.isMulticast() || to.isZero() || !allowed(bindingErrors, BINDING_ERRORS_LIMITED)) {
            return;
        }
        BindingError error = BindingError.of(BindingError.UNRECOGNIZED_MH_TYPE,
                packet.homeAddress().orElse(Ip6Address.ZERO));
        send(packet.destination(), to, MobilityHeaderCodec.encode(error, packet.destination(), to));
    }

    private void neighbour(DeviceId device, PortNumber port, byte[] frame) {
        for (Interface one : config.switches().get(device).interfaces()) {
            if (one.port() == port.toLong()) {
                NeighborSolicitation.decode(frame)
                        .filter(solicitation -> one.answersFor(solicitation.target()))
                        .ifPresent(solicitation -> emit(device, port, solicitation.advertise(one.mac())));
            }
        }
    }

    private void arp(DeviceId device, PortNumber port, byte[] frame) {
        for (Interface one : config.switches().get(device).interfaces()) {
            if (one.port() == port.toLong()) {
                ArpRequest.decode(frame).filter(request -> one.addresses().contains(request.target()))
                        .ifPresent(request -> emit(device, port, request.reply(one.mac())));
            }
        }
    }

    /** The sender of what the switch had to drop learns why, from an address of the switch there. */
    private void tellSender(DeviceId device, PacketInReason reason, byte[] frame) {
        Optional<byte[]> packet = ReportedPacket.in(frame, lma::isOwn);
        if (packet.isEmpty()) {
            return;
        }
        boolean ipv4 = ReportedPacket.version(packet.get()) == 4;
        int domain = reason.domain();
        config.switches().get(device).interfaces().stream().filter(one -> one.domain() == domain)
                .flatMap(one -> one.addresses().stream()).filter(own -> own.isIp4() == ipv4).findFirst()
                .flatMap(own -> ipv4 ? Icmpv4Error.of(packet.get(), reason, own.getIp4Address())
                        : IcmpError.of(packet.get(), reason, own.getIp6Address()))
                .filter(error -> allowed(icmpErrors, ICMP_LIMITED))
                .ifPresent(error -> packets.emit(new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                        .writeMetadata(domain, -1L).setOutput(PortNumber.TABLE).build(), ByteBuffer.wrap(error))));
    }

    /** Sends an answer to where its request came from. */
    public void send(Answer answer) {
        if (answer.overIpv4()) {
            send(answer.source().getIp4Address(), answer.destination().getIp4Address(), answer.destinationPort(),
                    answer.mobilityHeader());
        } else {
            send(answer.source().getIp6Address(), answer.destination().getIp6Address(), answer.mobilityHeader());
        }
    }

    private void send(Ip4Address source, Ip4Address destination, int port, byte[] mobilityHeader) {
        emit(lma.device(), PortNumber.TABLE, Ipv4SignallingPacket.encode(MacAddress.ZERO, MacAddress.ZERO, source,
                destination, port, mobilityHeader));
    }

    private void send(Ip6Address source, Ip6Address destination, byte[] mobilityHeader) {
        // The pipeline routes the packet and writes the Ethernet addresses of the next hop.
        emit(lma.device(), PortNumber.TABLE, SignallingPacket.encode(MacAddress.ZERO, MacAddress.ZERO, source,
                destination, mobilityHeader));
    }

    private void emit(DeviceId device, PortNumber port, byte[] frame) {
        packets.emit(new DefaultOutboundPacket(device,
                DefaultTrafficTreatment.builder().setOutput(port).build(), ByteBuffer.wrap(frame)));
    }
}
