// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.packet.PacketProcessor;
import org.pmip.onos.config.Interface;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.link.AccessLink;
import org.pmip.onos.link.GatewayLinks;
import org.pmip.onos.link.HomeLinks;
import org.pmip.onos.link.LinkEvents;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.onos.signalling.GatewaySignalling;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways of one configuration at work. A changed configuration gets new ones over the same lists. The master of
 * an access switch keeps its sessions' deadlines. Thread-safe.
 */
final class Gateways implements GatewaySignalling.Receiver, MagTerms.Messages {

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);
    private static final long TICK_MILLIS = 50;
    private static final long REPAY_MILLIS = 10_000;
    /** An anchor, this application's own or another, may take up a configuration somewhat later than its gateways. */
    private static final long REFUSED_MILLIS = 5_000;

    private final MagConfig mag;
    private final MagManager.Services services;
    private final AccessPorts ports;
    private final Awaited awaited;
    private final AccessSwitches switches;
    private final LinkAttachments attachments;
    private final GatewaySignalling signalling;
    private final HomeLinks links;
    private final DueLists dueLists;
    private final Optional<LinkEvents> linkEvents;
    private final PlainNodes plain;
    private volatile MagParameters parameters;
    private ScheduledFuture<?> tick;
    private ScheduledFuture<?> refused;
    private long repayAt;

    /** Makes the gateways, which do nothing yet. */
    Gateways(PmipConfig config, MagManager.Services services) {
        this.mag = config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway"));
        this.services = services;
        this.parameters = mag.parameters();
        this.ports = new AccessPorts(config);
        this.awaited = new Awaited(services.lists, mag.policy(), services.clock::steadyMillis);
        this.switches = new AccessSwitches(config, services, ports, this::plain);
        this.attachments = new LinkAttachments(mag, services, ports, this::plain, services.processor,
                switches, () -> parameters.contextCoversDomain());
        Map<DeviceId, Set<IpAddress>> careOf = new HashMap<>();
        List<GatewayLinks> gatewayLinks = new ArrayList<>();
        for (Gateway gateway : mag.gateways()) {
            DeviceId device = mag.device(gateway.name());
            Set<IpAddress> own = careOf.computeIfAbsent(device, key -> new HashSet<>());
            own.add(gateway.proxyCoa());
            gateway.ipv4ProxyCoa().ifPresent(own::add);
            gatewayLinks.add(links(config, gateway, device));
        }
        this.signalling = new GatewaySignalling(services.packets, config, careOf, this,
                new TunnelErrors(services.packets, switches.tunnels(), services.workers, services.clock::steadyMillis,
                        services.counter), services.clock::millis, services.counter);
        this.links = new HomeLinks(services.packets, services.masterships::isLocalMaster, attachments, gatewayLinks,
                services.clock::millis, services.counter);
        this.dueLists = new DueLists(services, mag, links, () -> parameters.presenceTimeout());
        this.linkEvents = services.hosts.map(hosts -> new LinkEvents(services.devices, hosts, links));
        this.plain = new PlainNodes(mag, services, at -> ports.place(at, false), switches, links,
                attachments::servesPlainly);
    }

    private PlainNodes plain() {
        return plain;
    }

    private GatewayLinks links(PmipConfig config, Gateway gateway, DeviceId device) {
        List<AccessLink> all = new ArrayList<>();
        MacAddress router = MacAddress.ZERO;
        for (Interface one : config.switches().get(device).interfaces()) {
            if (one.role() == Interface.Role.ACCESS) {
                ConnectPoint port = new ConnectPoint(device, PortNumber.portNumber(one.port()));
                router = one.mac();
                one.vlans().forEach(vlan -> all.add(new AccessLink(gateway.name(), port, vlan)));
            }
        }
        MagConfig.LinkPart link = mag.link();
        return GatewayLinks.builder(gateway.name(), device).links(all, link.accessTechnology())
                .router(router, link.linkLocal()).settings(node -> mag.node(node).settings())
                .dhcpv6(gateway.proxyCoa(), link.dhcpv6Servers()).probeInterval(link.probeInterval())
                .dhcpv4(gateway.ipv4ProxyCoa().flatMap(link::dhcpv4)).build();
    }

    /**
     * From now on what is worked on is for these gateways, also what was begun by others.
     *
     * @return sessions of which it is not known whether a switch has their entries
     */
    Set<Long> takeOver() {
        services.turnstile.use(parameters);
        services.downlinkKeys.range(mag.downlinkKeys().first(), mag.downlinkKeys().last());
        services.plain = Optional.of(plain);
        return services.processor.use(new MagTerms(new MagEngine(mag.policy(), parameters), switches,
                this, links));
    }

    /**
     * Begins to work.
     *
     * @param quiet done when nothing of former gateways is on its way to a switch any more
     * @param unconfirmed what {@link #takeOver} has returned
     */
    void start(CompletableFuture<Void> quiet, Set<Long> unconfirmed) {
        services.packets.addProcessor(links, PacketProcessor.director(0));
        services.packets.addProcessor(signalling, PacketProcessor.director(0));
        linkEvents.ifPresent(LinkEvents::start);
        tick = services.timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("mobile access gateways {}, {}", mag.gateways(), parameters);
        switches.compareAll().thenRun(() -> services.processor.confirm(unconfirmed));
        if (!quiet.isDone()) {
            // What was on its way to a switch may come after a comparison has looked.
            quiet.thenRun(switches::compareAll);
        }
        services.lists.all().forEach(list -> {
            list.entries().stream().map(entry -> new NodeSession(list.mobileNode(), entry))
                    .filter(this::isOfAnotherInterface).forEach(session -> services.processor.gone(session,
                            MagEvent.detached(session.entry().attachment())));
            services.processor.submitAlways(list.mobileNode(), MagEvent.policyChanged());
        });
        refused = services.timer.schedule(this::askAgain, REFUSED_MILLIS, TimeUnit.MILLISECONDS);
        // The store may be slow, or away: nothing else waits for that.
        services.workers.execute(() -> plain.sweep(switches::compareAll));
    }

    private void askAgain() {
        services.lists.all().stream().filter(list -> list.first(entry -> entry.state() == State.DENIED).isPresent())
                .forEach(list -> services.processor.submitAlways(list.mobileNode(), MagEvent.policyChanged()));
    }

    /**
     * Whether what a session has for its node's interface is another one by the configuration: with another access
     * technology, which is part of what an interface is, or of another node. Whose profile names it no more may have
     * been told by somebody who knows.
     */
    private boolean isOfAnotherInterface(NodeSession session) {
        Attachment at = session.entry().attachment();
        State state = session.entry().state();
        return mag.device(at.gateway()) != null && state != State.LEFT && state != State.SUPERSEDED
                && (at.accessTechnology() != mag.link().accessTechnology()
                        || session.mac().flatMap(mag::node).filter(node -> !node.equals(session.node())).isPresent());
    }

    /** The protocol variables by which is decided. */
    MagParameters parameters() {
        return parameters;
    }

    /** Decides by other protocol variables from now on; what is under way goes on. */
    void use(MagParameters next) {
        parameters = next;
        services.processor.use(new MagEngine(mag.policy(), parameters));
        services.turnstile.use(parameters);
        LOG.info("mobile access gateways use {}", parameters);
    }

    /**
     * Begins nothing and writes nothing any more. To be called for gateways that did not start, or did so half, too.
     *
     * @return completes when nothing that they have written is on its way to a switch any more
     */
    CompletableFuture<Void> stop() {
        CompletableFuture<Void> quiet = switches.stop();
        plain.stop();
        for (ScheduledFuture<?> one : Arrays.asList(tick, refused)) {
            if (one != null) {
                one.cancel(false);
            }
        }
        linkEvents.ifPresent(LinkEvents::stop);
        services.packets.removeProcessor(links);
        services.packets.removeProcessor(signalling);
        return quiet;
    }

    /** What happens on access links. */
    LinkAttachments attachments() {
        return attachments;
    }

    /** The gateways' switches. */
    AccessSwitches switches() {
        return switches;
    }

    /** Somebody who was seen has a name by now. */
    void named(Sighting sighting) {
        links.hostCame(sighting.port(), sighting.vlan(), sighting.node());
    }

    private void tick() {
        try {
            long now = services.clock.millis();
            dueLists.tick(now);
            links.tick();
            services.turnstile.tick();
            switches.tick(now);
            if (now >= repayAt) {
                repayAt = now + REPAY_MILLIS;
                plain.repayAll();
            }
        } catch (RuntimeException e) {
            // An exception would end the repeated task for good.
            LOG.error("a task of the gateways failed", e);
        }
    }

    @Override
    public void send(Effect effect) {
        DeviceId device = mag.device(effect.entry().attachment().gateway());
        if (device != null) {
            effect.message().ifPresent(message -> signalling.send(device, message));
        }
    }

    @Override
    public void synchroniseClock() {
        LOG.warn("an anchor says that this machine's clock is wrong: see to its time service");
    }

    @Override
    public void acknowledged(BindingAcknowledgement message, IpAddress source, IpAddress destination) {
        Optional<MobileNodeIdentifier> node = MagEngine.mobileNode(message);
        if (node.filter(one -> awaited.acknowledgement(BindingUpdateList.key(one), source, destination)).isEmpty()) {
            services.counter.accept("acknowledgements " + (node.isEmpty() ? "without mobile node" : "nobody awaits"));
            return;
        }
        services.counter.accept("acknowledged with status " + message.status());
        services.processor.submit(node.get(), MagEvent.acknowledged(message, source, destination));
    }

    @Override
    public void error(BindingError message, IpAddress source) {
        awaited.error(source).forEach(list ->
                services.processor.submit(list.mobileNode(), MagEvent.error(message, source)));
    }

    @Override
    public Optional<Ip4Address> router(ConnectPoint port, byte[] frame) {
        return AccessLink.vlanOf(frame).map(vlan -> ports.link(port, vlan).attachment(AccessLink.senderOf(frame),
                        mag.link().accessTechnology())).flatMap(services.index::at)
                .flatMap(session -> session.entry().binding()).flatMap(Binding::ipv4Home)
                .map(Ipv4Home::defaultRouter);
    }

    /** How many nodes have regular access without the mobility service at a gateway. */
    int plainNodes(String gateway) {
        return plain.at(gateway).size();
    }

    MagConfig mag() {
        return mag;
    }

    /** See {@link MagService#reconcile}. */
    CompletableFuture<Integer> reconcile(Optional<String> gateway) {
        return switches.reconcile(gateway.map(name -> Optional.ofNullable(mag.device(name)).map(Set::of)
                .orElseThrow(() -> new IllegalArgumentException("gateway: there is none of the name '" + name + "'")))
                .orElseGet(switches::devices));
    }
}
