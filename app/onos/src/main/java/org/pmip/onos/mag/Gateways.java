// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.onosproject.store.service.StorageException;
import org.pmip.onos.config.Interface;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.dataplane.PuntMeters;
import org.pmip.onos.dataplane.SwitchReading;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.lma.LmaService.Traffic;
import org.pmip.onos.link.AccessLink;
import org.pmip.onos.link.Attachments;
import org.pmip.onos.link.GatewayLinks;
import org.pmip.onos.link.HomeLinks;
import org.pmip.onos.link.LinkEvents;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.onos.signalling.GatewaySignalling;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
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
final class Gateways implements Attachments, GatewaySignalling.Receiver, MagProcessor.Switches {

    private static final Logger LOG = LoggerFactory.getLogger(Gateways.class);
    private static final long TICK_MILLIS = 50;
    private static final long RETRY_MILLIS = 1_000;
    private static final int GREATEST_QUEUE = 16;

    private final PmipConfig config;
    private final MagConfig mag;
    private final MagManager.Services services;
    private final MagProcessor processor;
    private final AccessPlane plane;
    private final GatewaySignalling signalling;
    private final HomeLinks links;
    private final Turnstile turnstile;
    private final Awaited awaited;
    private final Optional<LinkEvents> linkEvents;
    private final PlainNodes plain;
    private final PuntMeters meters;
    private final AccessPorts ports;
    private final Comparisons comparisons;
    private ScheduledFuture<?> tick;
    private final TunnelSweep tunnelSweep;

    Gateways(PmipConfig config, MagManager.Services services) {
        this.config = config;
        this.mag = config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway"));
        this.services = services;
        this.ports = new AccessPorts(config);
        this.plane = new AccessPlane(services.rules, SwitchReading.of(services.devices), services.application,
                services.tunnels, config, services.workers);
        this.meters = new PuntMeters(services.meters, services.application);
        this.comparisons = new Comparisons(this::compared, services.workers,
                Comparisons.after(services.timer, services.workers));
        Map<DeviceId, Set<IpAddress>> careOf = new HashMap<>();
        List<GatewayLinks> gatewayLinks = new ArrayList<>();
        for (Gateway gateway : mag.gateways()) {
            DeviceId device = mag.device(gateway.name());
            Set<IpAddress> own = careOf.computeIfAbsent(device, key -> new HashSet<>());
            own.add(gateway.proxyCoa());
            gateway.ipv4ProxyCoa().ifPresent(own::add);
            gatewayLinks.add(links(gateway, device));
        }
        this.signalling = new GatewaySignalling(services.packets, config, careOf, this,
                services.clock::millis, services.counter);
        this.links = new HomeLinks(services.packets, services.masterships::isLocalMaster, this, gatewayLinks,
                services.clock::millis, services.counter);
        this.tunnelSweep = new TunnelSweep(services, plane, this::keeps, this::forwarding);
        this.turnstile = new Turnstile(services.clock::steadyMillis, services.counter, mag.parameters());
        this.awaited = new Awaited(services.lists, mag.policy(), services.clock::steadyMillis);
        this.linkEvents = services.hosts.map(hosts -> new LinkEvents(services.devices, hosts, links));
        this.plain = new PlainNodes(mag, services, at -> ports.place(at, false), plane::change, links,
                this::servesPlainly);
        MagProcessor.Parts parts = new MagProcessor.Parts();
        parts.engine = new MagEngine(mag.policy(), mag.parameters());
        parts.store = services.lists;
        parts.sessionIds = services.sessionIds;
        parts.downlinkKeys = services.downlinkKeys;
        parts.sequencer = new KeyedSequencer(services.workers, GREATEST_QUEUE);
        parts.clock = services.clock::now;
        parts.switches = this;
        parts.links = links;
        parts.turnstile = turnstile;
        parts.counter = services.counter;
        this.processor = new MagProcessor(parts);
    }

    private GatewayLinks links(Gateway gateway, DeviceId device) {
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

    void start() {
        services.packets.addProcessor(links, PacketProcessor.director(0));
        services.packets.addProcessor(signalling, PacketProcessor.director(0));
        linkEvents.ifPresent(LinkEvents::start);
        tick = services.timer.scheduleWithFixedDelay(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        LOG.info("mobile access gateways {}, {}", mag.gateways(), mag.parameters());
        compareAll();
        services.lists.all().forEach(list -> processor.submitAlways(list.mobileNode(), MagEvent.policyChanged()));
        // The store may be slow, or away: nothing else waits for that.
        services.workers.execute(() -> plain.sweep(this::compareAll));
    }

    private void compareAll() {
        mag.gateways().forEach(gateway -> deviceChanged(mag.device(gateway.name())));
    }

    /** Decides by other protocol variables from now on; what is under way goes on. */
    void use(MagParameters parameters) {
        processor.use(new MagEngine(mag.policy(), parameters));
        turnstile.use(parameters);
        LOG.info("mobile access gateways use {}", parameters);
    }

    void stop() {
        comparisons.stop();
        plain.stop();
        tick.cancel(false);
        linkEvents.ifPresent(LinkEvents::stop);
        services.packets.removeProcessor(links);
        services.packets.removeProcessor(signalling);
    }

    /** Takes everything of this application out of the switches that are neither gateway nor anchor any more. */
    void clearUnless(Optional<PmipConfig> next) {
        Set<DeviceId> kept = new HashSet<>();
        next.flatMap(PmipConfig::lma).ifPresent(lma -> kept.add(lma.device()));
        next.flatMap(PmipConfig::mag).ifPresent(own ->
                own.gateways().forEach(gateway -> kept.add(own.device(gateway.name()))));
        mag.gateways().stream().map(one -> mag.device(one.name()))
                .filter(device -> !kept.contains(device) && services.masterships.isLocalMaster(device))
                .forEach(plane::clear);
    }

    /** Of a switch that another node of the cluster keeps, only that node knows what it holds. */
    boolean ready() {
        return mag.gateways().stream().map(one -> mag.device(one.name())).allMatch(device -> keeps(device)
                || services.devices.isAvailable(device) && !services.masterships.isLocalMaster(device));
    }

    /** Whether this node of the cluster keeps a switch, and has it as it should be. */
    boolean keeps(DeviceId device) {
        return comparisons.done(device) && services.devices.isAvailable(device)
                && services.masterships.isLocalMaster(device);
    }

    private void tick() {
        try {
            long now = services.clock.millis();
            for (String key : services.clock.agreed() ? services.deadlines.due(now) : List.<String>of()) {
                // Until the list changes it stays due: this node may be its gateway's master a moment later.
                services.deadlines.at(key, now + RETRY_MILLIS);
                services.lists.find(key).filter(this::isMine).ifPresent(list ->
                        processor.submit(list.mobileNode(), MagEvent.timer()));
            }
            links.tick();
            turnstile.tick();
            tunnelSweep.tick(now);
        } catch (RuntimeException e) {
            // An exception would end the repeated task for good.
            LOG.error("a task of the gateways failed", e);
        }
    }

    /**
     * The master of the switch where a list's next deadline is keeps it. A gateway that is not configured any more has
     * none: what is left of it ends by whoever comes first, and the store lets one through.
     */
    private boolean isMine(BindingUpdateList list) {
        OptionalLong next = list.deadline();
        Optional<String> gateway = list.first(entry -> entry.deadline().equals(next))
                .map(entry -> entry.attachment().gateway());
        return gateway.isPresent() && gateway.map(mag::device).map(services.masterships::isLocalMaster).orElse(true);
    }

    void deviceChanged(DeviceId device) {
        if (mag.gateways().stream().noneMatch(one -> mag.device(one.name()).equals(device))) {
            return;
        }
        plane.doubt(device);
        if (services.devices.isAvailable(device) && services.masterships.isLocalMaster(device)) {
            comparisons.begin(device);
        } else {
            comparisons.forget(device);
        }
    }

    private CompletableFuture<Integer> compared(DeviceId device) {
        if (!services.devices.isAvailable(device) || !services.masterships.isLocalMaster(device)) {
            // It is compared when it comes back, or by its master.
            return CompletableFuture.completedFuture(Comparisons.NOT_OURS);
        }
        return plane.reconcile(device, () -> plain.placed(device), this::lists, this::current, this::forwarding)
                .thenApply(count -> {
                    meters.limit(device, config.switches().get(device).puntLimit());
                    return count;
                });
    }

    @Override
    public CompletableFuture<Void> compare(DeviceId device) {
        plane.doubt(device);
        return comparisons.begin(device);
    }

    private Collection<BindingUpdateList> lists() {
        services.lists.refresh();
        return services.lists.all();
    }

    private BindingUpdateList current(BindingUpdateList list) {
        return services.lists.find(BindingUpdateList.key(list.mobileNode()))
                .orElseGet(() -> BindingUpdateList.none(list.mobileNode()));
    }

    private List<Placed> forwarding(BindingUpdateList list) {
        List<Placed> sessions = new ArrayList<>();
        ListStore.forwarding(list).forEach(entry -> placed(list.mobileNode(), entry).ifPresent(sessions::add));
        list.expected().forEach(entry -> placed(list.mobileNode(), entry).map(Placed::closed)
                .ifPresent(sessions::add));
        return sessions;
    }

    @Override
    public Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        Attachment attachment = entry.attachment();
        return entry.binding().flatMap(binding -> ports.place(attachment, config.localRouting(node, entry.anchor())))
                .map(place -> new Placed(entry, mag.device(attachment.gateway()), place));
    }

    @Override
    public CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
        try {
            List<Placed> gone = new ArrayList<>(removed);
            installed.forEach(one -> one.attachment().ifPresent(at -> gone.addAll(plain.overtaken(at))));
            return plane.change(gone, installed);
        } catch (StorageException e) {
            return CompletableFuture.failedFuture(e);
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
        processor.submit(node.get(), MagEvent.acknowledged(message, source, destination));
    }

    @Override
    public void error(BindingError message, IpAddress source) {
        awaited.error(source).forEach(list -> processor.submit(list.mobileNode(), MagEvent.error(message, source)));
    }

    @Override
    public Optional<Ip4Address> router(ConnectPoint port, byte[] frame) {
        return AccessLink.vlanOf(frame).map(vlan -> ports.link(port, vlan).attachment(AccessLink.senderOf(frame),
                        mag.link().accessTechnology())).flatMap(services.index::at)
                .flatMap(session -> session.entry().binding()).flatMap(Binding::ipv4Home)
                .map(Ipv4Home::defaultRouter);
    }

    @Override
    public Optional<MobileNodeIdentifier> identify(AccessLink link, MacAddress node, Optional<byte[]> dhcpClientId) {
        return mag.node(node).or(() -> services.desk.whose(new Sighting(link.port(), link.vlan(), node, dhcpClientId),
                        services.clock::millis, services.counter, this::named).map(mag::stable)
                        .filter(one -> mag.policy().profile(BindingUpdateList.key(one)).mobilityService()))
                .or(() -> Optional.of(PlainNodes.stranger(node)).filter(one -> mag.servesStrangers()));
    }

    /** Somebody who was seen has a name by now. */
    private void named(Sighting sighting) {
        services.workers.execute(() -> links.hostCame(sighting.port(), sighting.vlan(), sighting.node()));
    }

    /** Whether a node gets regular access where it is: it may, and the mobility service is not for it. */
    private boolean servesPlainly(MobileNodeIdentifier node, Attachment at) {
        boolean without = mag.policy().service(BindingUpdateList.key(node), at.gateway()).isEmpty();
        return mag.node(node).plainAccess() && (without || services.index.at(at)
                .filter(session -> session.entry().state() == BindingUpdateListEntry.State.DENIED).isPresent());
    }

    @Override
    public void denied(NodeSession session) {
        if (mag.node(session.node()).plainAccess()) {
            plain.attached(session.entry().attachment(), true);
        }
    }

    @Override
    public void attached(MobileNodeIdentifier node, Attachment attachment, int hint) {
        Optional<Anchor> anchor = mag.policy().service(BindingUpdateList.key(node), attachment.gateway());
        if (anchor.isEmpty()) {
            plain.attached(attachment, false);
            return;
        }
        services.counter.accept("attachments");
        processor.attached(node, anchor.get(), attachment, MagEvent.attached(attachment, hint, Optional.empty()));
    }

    @Override
    public void detached(Attachment attachment) {
        plain.detached(attachment);
        processor.left(attachment);
        Collection<NodeSession> gone = attachment.identified()
                ? services.index.at(attachment).map(List::of).orElse(List.of()) : services.index.on(attachment);
        for (NodeSession session : gone) {
            services.counter.accept("detachments");
            processor.gone(session, MagEvent.detached(attachment));
        }
    }

    @Override
    public void presence(NodeSession session, boolean present) {
        if (!present) {
            services.counter.accept("found to be gone");
        }
        if (!PlainNodes.isPlain(session)) {
            processor.presence(session, present);
        } else if (!present) {
            plain.detached(session.entry().attachment());
        }
    }

    @Override
    public Optional<NodeSession> at(Attachment place) {
        Optional<NodeSession> session = services.index.at(place).map(one -> processor.confirmed(one.sessionId()) ? one
                : one.unconfirmed());
        return session.flatMap(NodeSession::binding).isPresent() ? session : plain.at(place).or(() -> session);
    }

    @Override
    public boolean compared(String gateway) {
        return comparisons.done(mag.device(gateway));
    }

    @Override
    public Collection<NodeSession> active(String gateway) {
        Collection<NodeSession> active = services.index.active(gateway);
        active.removeIf(session -> !processor.confirmed(session.sessionId()));
        active.addAll(plain.at(gateway));
        return active;
    }

    /** How many nodes have regular access without the mobility service at a gateway. */
    int plainNodes(String gateway) {
        return plain.at(gateway).size();
    }

    MagConfig mag() {
        return mag;
    }

    /** The table entries of a session, in words. */
    List<String> entries(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return entry.forwards() ? placed(node, entry).map(plane::describe).orElse(List.of()) : List.of();
    }

    /** What a session counted in its switch; nothing while it forwards not. */
    Traffic traffic(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
        return (entry.forwards() ? placed(node, entry) : Optional.<Placed>empty()).map(one ->
                plane.traffic(one, Traffic::new)).orElse(new Traffic(0, 0, 0, 0));
    }

    void attach(ConnectPoint port, int vlan, MacAddress node, int hint, Optional<MobileNodeIdentifier> identity) {
        AccessLink link = ports.link(port, vlan);
        MobileNodeIdentifier identifier = identity.map(mag::stable)
                .or(() -> identify(link, node, Optional.empty())).orElseThrow(() ->
                new IllegalArgumentException("nobody is known to have the interface " + node
                        + "; name it under mag/mobileNodes, or name the mobile node here"));
        attached(identifier, link.attachment(node, mag.link().accessTechnology()), hint);
    }

    void detach(ConnectPoint port, int vlan, MacAddress node) {
        detached(ports.link(port, vlan).attachment(node, mag.link().accessTechnology()));
    }
}
