// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PlainAccess;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nodes that get regular access without the mobility service: each has a prefix of the visited network, which is taken
 * from it when it leaves the gateway (draft-ietf-netlmm-proxymip6-10 sections 6.9.2 and 6.14). On its link such a node
 * is a session like another, of an anchor that does not exist. Thread-safe.
 */
final class PlainNodes {

    /** Sessions with a binding have numbers below. */
    static final long FIRST_SESSION = 0x8000_0000L;
    private static final Logger LOG = LoggerFactory.getLogger(PlainNodes.class);
    private static final int BITS_OF_A_GATEWAY = 16;
    private static final int GREATEST_QUEUE = 16;
    private static final int LONGEST_LIFETIME = 65_535;
    private static final Anchor NO_ANCHOR = Anchor.overIpv6("none", Ip6Address.ZERO);

    /** The places of all nodes of the cluster that have a visited prefix. Thread-safe. */
    static final class Places {
        private final Map<String, Ip6Prefix> prefixes = new ConcurrentHashMap<>();
        private final Map<String, Ip6Address> linkLocals = new ConcurrentHashMap<>();

        void taken(Ip6Prefix prefix, String place) {
            prefixes.put(place, prefix);
        }

        void free(Ip6Prefix prefix, String place) {
            if (prefixes.remove(place, prefix)) {
                linkLocals.remove(place);
            }
        }

        private long on(Attachment link) {
            String beginning = link.gateway() + " " + link.link() + " ";
            return prefixes.keySet().stream().filter(place -> place.startsWith(beginning)).count();
        }
    }

    private final MagConfig mag;
    private final MagManager.Services services;
    private final Function<Attachment, Optional<AccessEntities.Attached>> places;
    private final BiFunction<List<Placed>, List<Placed>, CompletableFuture<Void>> switches;
    private final LinkEffects links;
    private final BiPredicate<MobileNodeIdentifier, Attachment> entitled;
    private final KeyedSequencer sequencer;
    /** Who is about to get a prefix, and where. */
    private final Map<Object, String> arriving = new ConcurrentHashMap<>();
    /** Held while a link is told that a prefix is, or is no more, a node's: nothing else is done meanwhile. */
    private final Object telling = new Object();
    private volatile boolean stopped;

    /**
     * Makes the plain access of a configuration.
     *
     * @param places where an attachment is in its switch; empty if it is not configured any more
     * @param switches takes entries out and puts others in; completes when the switches have them
     * @param entitled whether a node at a place may have it now
     */
    PlainNodes(MagConfig mag, MagManager.Services services,
               Function<Attachment, Optional<AccessEntities.Attached>> places,
               BiFunction<List<Placed>, List<Placed>, CompletableFuture<Void>> switches, LinkEffects links,
               BiPredicate<MobileNodeIdentifier, Attachment> entitled) {
        this.mag = mag;
        this.services = services;
        this.places = places;
        this.switches = switches;
        this.links = links;
        this.entitled = entitled;
        this.sequencer = new KeyedSequencer(services.workers, GREATEST_QUEUE);
    }

    /** How an interface of nobody who is known is called. */
    static MobileNodeIdentifier stranger(MacAddress node) {
        return MobileNodeIdentifier.ofNai(node.toString());
    }

    private MobileNodeIdentifier owner(Attachment at) {
        MacAddress node = MacAddress.valueOf(at.linkLayerIdentifier());
        return mag.node(node).orElseGet(() -> stranger(node));
    }

    /** A place in the store: gateway, link and interface. */
    private static String place(Attachment at) {
        return at.gateway() + " " + at.link() + " " + MacAddress.valueOf(at.linkLayerIdentifier());
    }

    private Optional<Attachment> attachment(String place) {
        String[] parts = place.split(" ", -1);
        return parts.length != 3 ? Optional.empty() : Optional.of(Attachment.of(parts[0], parts[1],
                MacAddress.valueOf(parts[2]).toBytes(), mag.link().accessTechnology()));
    }

    private static boolean isMac(Attachment at) {
        return at.linkLayerIdentifier().length == MacAddress.MAC_ADDRESS_LENGTH;
    }

    /** The session of a place in the store; empty if its gateway has no such prefixes any more. */
    private Optional<NodeSession> session(String place, Ip6Prefix prefix) {
        return attachment(place).flatMap(at -> {
            Optional<PlainAccess> access = mag.plainAccess(at.gateway()).filter(one -> one.pool().assigns(prefix));
            Optional<Gateway> gateway = mag.policy().gateway(at.gateway());
            if (access.isEmpty() || gateway.isEmpty()) {
                return Optional.empty();
            }
            long id = FIRST_SESSION + ((long) mag.gateways().indexOf(gateway.get()) << BITS_OF_A_GATEWAY)
                    + access.get().pool().indexOf(prefix).orElseThrow();
            Binding binding = Binding.builder().prefixes(List.of(prefix))
                    .lifetime(LONGEST_LIFETIME, services.clock.now().millis()).build();
            return Optional.of(new NodeSession(owner(at), BindingUpdateListEntry.builder()
                    .sessionId(id)
                    .attachment(at.withNodeLinkLocal(services.places.linkLocals.getOrDefault(place, Ip6Address.ZERO)))
                    .tunnel(NO_ANCHOR, gateway.get().proxyCoa()).state(State.ACTIVE).forwards(true)
                    .binding(Optional.of(binding)).build()));
        });
    }

    /** Whether a session is of a node without the mobility service. */
    static boolean isPlain(NodeSession session) {
        return session.sessionId() >= FIRST_SESSION;
    }

    Optional<NodeSession> at(Attachment at) {
        if (!isMac(at) || services.places.prefixes.isEmpty()) {
            return Optional.empty();
        }
        String place = place(at);
        return Optional.ofNullable(services.places.prefixes.get(place)).flatMap(prefix -> session(place, prefix));
    }

    /** All at one gateway. */
    Collection<NodeSession> at(String gateway) {
        List<NodeSession> out = new ArrayList<>();
        services.places.prefixes.forEach((place, prefix) -> session(place, prefix)
                .filter(one -> one.entry().attachment().gateway().equals(gateway)).ifPresent(out::add));
        return out;
    }

    /**
     * The entries of all that are at a switch, by what the store has now: a node of the cluster that was cut off has
     * not heard of those that came meanwhile, and would take theirs for entries of nobody. Blocks.
     *
     * @throws org.onosproject.store.service.StorageException if the store is not available
     */
    List<Placed> placed(DeviceId device) {
        List<Gateway> here = mag.gateways().stream().filter(one -> mag.device(one.name()).equals(device)
                && mag.plainAccess(one.name()).isPresent()).collect(Collectors.toList());
        if (!here.isEmpty()) {
            services.visitedPrefixes.refresh();
        }
        List<Placed> out = new ArrayList<>();
        here.forEach(one -> at(one.name()).forEach(session -> placed(session).ifPresent(out::add)));
        return out;
    }

    private Optional<Placed> placed(NodeSession session) {
        Ip6Prefix prefix = session.entry().binding().orElseThrow().prefixes().get(0);
        Attachment at = session.entry().attachment();
        return mag.plainAccess(at.gateway()).flatMap(access -> places.apply(at).map(place ->
                new Placed(mag.device(at.gateway()),
                        AccessEntities.plain(session.sessionId(), prefix, place, access.domain()))));
    }

    /**
     * A node without the mobility service is at a place: it gets a prefix there, and is told of it.
     *
     * @param denied whether its anchor has just refused it
     */
    void attached(Attachment at, boolean denied) {
        if (isMac(at) && mag.plainAccess(at.gateway()).isPresent()) {
            String mac = MacAddress.valueOf(at.linkLayerIdentifier()).toString();
            Object arrival = new Object();
            arriving.put(arrival, place(at));
            if (!sequencer.submit(mac, () -> arrive(at, mac, denied, arrival))) {
                arriving.remove(arrival);
            }
        }
    }

    private CompletableFuture<Void> arrive(Attachment at, String mac, boolean denied, Object arrival) {
        try {
            return attach(at, mac, denied, arrival).whenComplete((nothing, failure) -> arriving.remove(arrival));
        } catch (RuntimeException e) {
            arriving.remove(arrival);
            throw e;
        }
    }

    private CompletableFuture<Void> attach(Attachment at, String mac, boolean denied, Object arrival) {
        PlainAccess access = mag.plainAccess(at.gateway()).orElseThrow();
        String place = place(at);
        if (!arriving.containsKey(arrival) || !denied && !entitled.test(owner(at), at)) {
            return CompletableFuture.completedFuture(null);
        }
        List<Placed> gone = new ArrayList<>();
        services.places.prefixes.forEach((other, prefix) -> {
            if (other.endsWith(" " + mac) && !other.equals(place)) {
                session(other, prefix).ifPresent(session -> {
                    placed(session).ifPresent(gone::add);
                    links.removed(session);
                });
                release(prefix, other);
            }
        });
        Optional<Ip6Prefix> prefix = claim(access, at, mac);
        prefix.ifPresent(one -> {
            if (!at.nodeLinkLocal().isZero()) {
                services.places.linkLocals.put(place, at.nodeLinkLocal());
            }
            // The store's own word may take a moment.
            services.places.taken(one, place);
        });
        Optional<NodeSession> session = prefix.flatMap(one -> session(place, one));
        Optional<Placed> placed = session.flatMap(this::placed);
        if (placed.isEmpty()) {
            services.counter.accept("no visited prefix for a node");
            prefix.ifPresent(one -> release(one, place));
            return switches.apply(gone, List.of());
        }
        if (!arriving.containsKey(arrival)) {
            release(prefix.get(), place);
            return switches.apply(gone, List.of());
        }
        return switches.apply(gone, List.of(placed.get())).handle((nothing, failure) -> {
            if (failure == null) {
                advertise(session.get(), arrival);
            } else {
                LOG.warn("{}: no plain access: {}", place, failure.getMessage());
                release(prefix.get(), place);
            }
            return null;
        });
    }

    /** The prefix that a node has, or another one while its link has room: anybody can make up interfaces. */
    private Optional<Ip6Prefix> claim(PlainAccess access, Attachment at, String mac) {
        String place = place(at);
        Ip6Prefix own = services.places.prefixes.get(place);
        if (own != null && access.pool().assigns(own) && services.visitedPrefixes.claim(own, place)) {
            return Optional.of(own);
        }
        if (services.places.on(at) >= access.nodesPerLink()) {
            services.counter.accept("too many nodes with regular access on a link");
            return Optional.empty();
        }
        return services.visitedPrefixes.allocate(access.pool(), mac, place);
    }

    private void advertise(NodeSession session, Object arrival) {
        synchronized (telling) {
            // The mobility service may have come first: it has withdrawn the prefix, which is anybody's by now.
            if (arriving.remove(arrival) != null) {
                services.counter.accept("plain access");
                links.advertise(session);
            }
        }
    }

    private void release(Ip6Prefix prefix, String place) {
        services.places.free(prefix, place);
        services.visitedPrefixes.release(prefix, place);
    }

    /** Whoever is at a place, or on a link, has left. */
    void detached(Attachment at) {
        if (at.identified() && !isMac(at)) {
            return;
        }
        for (String place : List.copyOf(services.places.prefixes.keySet())) {
            attachment(place).filter(one -> at.identified() ? place.equals(place(at)) : one.sameLink(at))
                    .ifPresent(one -> sequencer.submit(place.substring(place.lastIndexOf(' ') + 1), () ->
                            switches.apply(leave(place, false), List.of())));
        }
    }

    /**
     * A session with the mobility service takes the place.
     *
     * @return what is to be taken out of the switch in the same write
     */
    List<Placed> overtaken(Attachment at) {
        if (!isMac(at) || arriving.isEmpty() && services.places.prefixes.isEmpty()) {
            return List.of();
        }
        String place = place(at);
        synchronized (telling) {
            arriving.values().removeIf(place::equals);
        }
        return leave(place, true);
    }

    /** The prefix is withdrawn and free; what is left are its entries. */
    private List<Placed> leave(String place, boolean staysRouter) {
        Ip6Prefix prefix = services.places.prefixes.get(place);
        if (prefix == null) {
            return List.of();
        }
        List<Placed> gone = new ArrayList<>();
        session(place, prefix).ifPresent(session -> {
            links.withdraw(session, List.of(prefix), staysRouter);
            links.removed(session);
            placed(session).ifPresent(gone::add);
        });
        release(prefix, place);
        return gone;
    }

    /**
     * Gives back what today's configuration has no room for. Blocks. What the store does not take back now is tried
     * again with the next configuration. Ends early once these nodes are stopped.
     *
     * @param compare has the switches compared with the rest; run if any place has lost its prefix
     */
    void sweep(Runnable compare) {
        int count = 0;
        for (Map.Entry<String, Ip6Prefix> one : Map.copyOf(services.places.prefixes).entrySet()) {
            Optional<NodeSession> session = session(one.getKey(), one.getValue());
            if (stopped) {
                return;
            }
            if (session.isPresent() && entitled.test(session.get().node(), session.get().entry().attachment())) {
                continue;
            }
            count++;
            try {
                release(one.getValue(), one.getKey());
            } catch (StorageException e) {
                LOG.warn("{}: {} is not given back yet: {}", one.getKey(), one.getValue(), e.toString());
            }
        }
        if (count > 0) {
            compare.run();
        }
    }

    /** Another configuration takes over: this one's word on who may stay does not count any more. */
    void stop() {
        stopped = true;
    }
}
