// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.BindingLookup.Found;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * The local mobility anchor's handling of Proxy Binding Updates: draft-ietf-netlmm-proxymip6-10 section 5.3 in the
 * order that it prescribes, with the corrections of RFC 5213, the GRE negotiation of RFC 5845 and the IPv4
 * support of RFC 5844.
 *
 * <p>A pure function of its arguments: immutable and safe for use from any thread.
 */
public final class LmaEngine {

    /**
     * The gateway's address on the link to the mobile node where the anchor has to choose one: the interface
     * identifier reserved for that by RFC 6543 section 3.
     */
    public static final Ip6Address GATEWAY_LINK_LOCAL = Ip6Address.valueOf("fe80::200:5eff:fe00:5213");

    /** More prefixes than any session has; an answer that repeats them all still fits into a Mobility Header. */
    private static final int GREATEST_PREFIXES = 32;

    private final LmaPolicy policy;
    private final LmaParameters parameters;
    private final Ordering ordering;
    private final Ending ending;

    /** Makes an engine for a configuration; a changed configuration is a new engine. */
    public LmaEngine(LmaPolicy policy, LmaParameters parameters) {
        this.policy = policy;
        this.parameters = parameters;
        this.ordering = new Ordering(parameters);
        this.ending = new Ending(parameters);
    }

    /**
     * Tells whose record a request is about.
     *
     * @return empty if the request has no usable Mobile Node Identifier; {@link #process} then takes the record of
     *     any name and rejects the request with status 160
     */
    public static Optional<MobileNodeIdentifier> mobileNode(BindingUpdate update) {
        return update.first(MobileNodeIdentifier.class).filter(option -> option.identifier().length > 0);
    }

    /**
     * Decides what a request makes of a mobile node's record.
     *
     * @param record the node's sessions as stored
     * @param request an authenticated Proxy Binding Update
     * @param now the present
     * @param supply unique values set aside for this request; at first {@link Supply#NOTHING}
     */
    public Transition process(MobileNodeRecord record, Request request, Moment now, Supply supply) {
        BindingUpdate update = request.update();
        if (!update.proxy()) {
            return rejected(record, request, Status.HOME_REGISTRATION_NOT_SUPPORTED, "P is not set");
        }
        for (BindingCacheEntry entry : record.entries()) {
            if (entry.accepted(request.digest())) {
                return Transition.repeated(record, AnswerBuilder.again(request, entry.answer()));
            }
        }
        IpAddress proxyCoa = request.proxyCoa();
        if (!Routable.is(proxyCoa) || !proxyCoa.equals(request.source()) && !Routable.is(request.source())) {
            return Transition.ignored(record, "the care-of address is not unicast routable");
        }
        if (update.all(HomeNetworkPrefix.class).size() > GREATEST_PREFIXES) {
            return Transition.ignored(record, "over " + GREATEST_PREFIXES + " Home Network Prefix options");
        }
        if (mobileNode(update).isEmpty()) {
            return rejected(record, request, Status.MISSING_MN_IDENTIFIER_OPTION,
                    "no Mobile Node Identifier option");
        }
        String node = record.key();
        Optional<LmaPolicy.MagPolicy> gateway = gateway(request);
        if (gateway.isEmpty() || !gateway.get().mayRegister(node)) {
            return rejected(record, request, Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG,
                    "the gateway may not register this node");
        }
        for (Ip6Prefix prefix : BindingLookup.named(update)) {
            if (update.lifetime() > 0 && !gateway.get().mayRegister(prefix)) {
                return rejected(record, request, Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG,
                        "the gateway may not register " + prefix);
            }
        }
        Optional<MobileNodeProfile> profile = policy.profile(node);
        if (profile.isEmpty()) {
            return rejected(record, request, Status.NOT_LMA_FOR_THIS_MOBILE_NODE, "the node is unknown");
        }
        if (!profile.get().mobilityService()) {
            return rejected(record, request, Status.PROXY_REG_NOT_ENABLED, "the node has no mobility service");
        }
        Found found = BindingLookup.find(record, request);
        Optional<Transition> outOfOrder = ordering.check(record, request, now, Optional.ofNullable(found.entry));
        if (outOfOrder.isPresent()) {
            return outOfOrder.get();
        }
        if (update.first(HomeNetworkPrefix.class).isEmpty()
                && update.first(Ipv4HomeAddressRequest.class).isEmpty()) {
            return rejected(record, request, Status.MISSING_HOME_NETWORK_PREFIX_OPTION,
                    "no Home Network Prefix option");
        }
        if (update.first(HandoffIndicator.class).isEmpty()) {
            return rejected(record, request, Status.MISSING_HANDOFF_INDICATOR_OPTION,
                    "no Handoff Indicator option");
        }
        if (update.first(AccessTechnologyType.class).isEmpty()) {
            return rejected(record, request, Status.MISSING_ACCESS_TECH_TYPE_OPTION,
                    "no Access Technology Type option");
        }
        Optional<Transition> notEntitled = services(record, request, profile.get());
        if (notEntitled.isPresent()) {
            return notEntitled.get();
        }
        if (update.lifetime() == 0) {
            return deregister(record, request, now, found);
        }
        if (request.overIpv4() && update.has(BindingUpdate.F)
                && !parameters.acceptForcedIpv4UdpEncapsulationRequest()) {
            return rejected(record, request, Status.ADMINISTRATIVELY_PROHIBITED,
                    "UDP encapsulation cannot be forced");
        }
        MobileNodeProfile served = found.kind == Found.Kind.UPDATE ? profile.get().in(found.entry.operator())
                : profile.get();
        GreNegotiation gre = GreNegotiation.of(update, policy.grePolicy(served, gateway.get()));
        switch (found.kind) {
            case REFUSED:
                return rejected(record, request, found.status, found.reason);
            case UPDATE:
                return gre.isRejected() ? greRequired(record, request, gre)
                        : carry(new Case(record, request, now, supply, gateway.get(), served, gre),
                                Optional.of(found.entry));
            case UNDECIDED:
                long until = request.receivedAt().millis() + parameters.maxDelayBeforeNewBceAssign();
                if (now.millis() < until) {
                    return Transition.waits(record, until, "handoff state unknown: waiting for a de-registration");
                }
                break;
            default:
                break;
        }
        return gre.isRejected() ? greRequired(record, request, gre)
                : carry(new Case(record, request, now, supply, gateway.get(), served, gre), Optional.empty());
    }

    /**
     * The gateway's policy, by its Proxy-CoA. Its message must come from there, over IPv6 from another gateway's
     * address (an Alternate Care-of Address), over IPv4 from a translator that it is behind.
     */
    private Optional<LmaPolicy.MagPolicy> gateway(Request request) {
        Optional<LmaPolicy.MagPolicy> gateway = policy.gateway(request.proxyCoa());
        if (request.source().equals(request.proxyCoa())) {
            return gateway;
        }
        if (request.overIpv4()) {
            return gateway.filter(one -> one.translatedBy(request.source()));
        }
        return gateway.flatMap(one -> policy.gateway(request.source()));
    }

    /** RFC 5844 section 3.1.2.1. A session may always be ended, also when its node has lost the service. */
    private static Optional<Transition> services(MobileNodeRecord record, Request request,
                                                 MobileNodeProfile profile) {
        BindingUpdate update = request.update();
        int addresses = update.all(Ipv4HomeAddressRequest.class).size();
        boolean prefixes = update.first(HomeNetworkPrefix.class).isPresent();
        boolean begins = update.lifetime() > 0;
        if (begins && prefixes && !profile.ipv6Service()) {
            return Optional.of(rejected(record, request, Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE,
                    "the node has no IPv6 service"));
        }
        if (begins && addresses > 0 && !profile.ipv4Service()) {
            return Optional.of(rejected(record, request, Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE,
                    "the node has no IPv4 service"));
        }
        if (addresses > 1) {
            return Optional.of(rejected(record, request, Status.MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED,
                    addresses + " IPv4 Home Address Request options"));
        }
        return Optional.empty();
    }

    /** Rejects a request that was found right, because the anchor cannot carry it: status 130. */
    public Transition insufficientResources(MobileNodeRecord record, Request request, String reason) {
        return rejected(record, request, Status.INSUFFICIENT_RESOURCES, reason);
    }

    /** Deletes the sessions whose lifetime or whose wait is over, and what has rested long enough. */
    public Transition expire(MobileNodeRecord record, Moment now) {
        return Transition.expired(record,
                ending.of(record, entry -> entry.deadline() <= now.millis(), now.millis()));
    }

    /** Ends a session at once, by order of the operator: no message tells its gateway. */
    public Transition end(MobileNodeRecord record, long sessionId, Moment now) {
        return Transition.expired(record, ending.of(record, entry -> entry.sessionId() == sessionId, now.millis()));
    }

    /** When {@link #expire} next has something to do; empty for an empty record. */
    public static OptionalLong nextDeadline(MobileNodeRecord record) {
        return LongStream.concat(record.entries().stream().mapToLong(BindingCacheEntry::deadline),
                record.remnants().stream().mapToLong(Remnant::until)).min();
    }

    /** A request to begin or to go on with a session, that nothing speaks against so far. */
    private static final class Case {
        private final MobileNodeRecord record;
        private final Request request;
        private final Moment now;
        private final Supply supply;
        private final LmaPolicy.MagPolicy gateway;
        private final MobileNodeProfile profile;
        private final GreNegotiation gre;

        Case(MobileNodeRecord record, Request request, Moment now, Supply supply, LmaPolicy.MagPolicy gateway,
             MobileNodeProfile profile, GreNegotiation gre) {
            this.record = record;
            this.request = request;
            this.now = now;
            this.supply = supply;
            this.gateway = gateway;
            this.profile = profile;
            this.gre = gre;
        }
    }

    /** Sections 5.3.2 to 5.3.4: a new session, or one that goes on at its gateway or at another one. */
    private Transition carry(Case one, Optional<BindingCacheEntry> session) {
        Assignment assignment = Assignment.of(policy, one.gateway, one.record, one.profile, one.request.update(),
                one.supply, session);
        if (assignment.isRefused()) {
            return rejected(one.record, one.request, assignment.status(), assignment.reason());
        }
        IpAddress proxyCoa = one.request.proxyCoa();
        boolean comes = session.map(entry -> !entry.proxyCoa().equals(proxyCoa)).orElse(true);
        boolean capped = comes && one.gateway.sessionCap().isPresent();
        Needs needs = assignment.needs(session.isEmpty() && one.supply.sessionId().isEmpty(),
                one.gre.needsUplinkKey(session) && one.supply.uplinkKey().isEmpty(),
                capped && one.supply.sessionsAt().isEmpty() ? Optional.of(proxyCoa) : Optional.empty());
        if (!needs.isEmpty()) {
            return Transition.needs(one.record, needs);
        }
        if (capped && one.supply.sessionsAt().getAsLong() >= one.gateway.sessionCap().getAsLong()) {
            String reason = "the gateway has " + one.supply.sessionsAt().getAsLong() + " sessions";
            return one.gateway.silentOverCap() ? Transition.ignored(one.record, reason)
                    : insufficientResources(one.record, one.request, reason);
        }
        BindingCacheEntry begun = session.map(BindingCacheEntry::toBuilder)
                .orElseGet(() -> fresh(one)).prefixes(assignment.prefixes()).ipv4Home(assignment.ipv4Home()).build();
        Transition.Kind kind = session.isEmpty() ? Transition.Kind.REGISTERED
                : comes ? Transition.Kind.HANDED_OFF : Transition.Kind.EXTENDED;
        return accept(kind, one, begun);
    }

    private BindingCacheEntry.Builder fresh(Case one) {
        return BindingCacheEntry.builder().sessionId(one.supply.sessionId().getAsLong())
                .operator(one.profile.operator()).tunnel(one.request.proxyCoa(), one.request.destination());
    }

    private Transition accept(Transition.Kind kind, Case one, BindingCacheEntry session) {
        Request request = one.request;
        BindingUpdate update = request.update();
        long uplinkKey = session.gre() == GreMode.KEYS ? session.uplinkKey() : one.supply.uplinkKey().orElse(0);
        int lifetime = lifetime(update, one.profile);
        TunnelChoice choice = TunnelChoice.of(request, one.gateway, parameters, one.gre, session);
        BindingCacheEntry.Builder next = ordering.accepted(session.toBuilder(), update)
                .state(BindingCacheEntry.State.ACTIVE)
                .linkLayerIdentifier(BindingLookup.identifier(update))
                .accessTechnology(update.first(AccessTechnologyType.class).map(AccessTechnologyType::value)
                        .orElse(0))
                .gre(one.gre.mode(), one.gre.downlinkKey(), uplinkKey)
                .tlvHeader(choice.tlvHeader())
                .lifetime(lifetime)
                .times(one.now.millis(), one.now.millis() + lifetime * 4_000L);
        if (request.overIpv4()) {
            next.tunnel(request.proxyCoa(), request.destination(), request.source(), choice.peerPort());
        } else if (!session.proxyCoa().equals(request.proxyCoa())
                || !session.lmaAddress().equals(request.destination())) {
            // An Alternate Care-of Address is where the tunnel ends; a translated one is where it seems to.
            next.tunnel(request.proxyCoa(), request.destination());
        }
        update.first(LinkLocalAddress.class).map(LinkLocalAddress::address).ifPresent(queried -> {
            if (!queried.isZero()) {
                next.linkLocalAddress(queried);
            } else if (session.linkLocalAddress().isZero()) {
                next.linkLocalAddress(parameters.fixedMagLinkLocalAddress().isZero() ? GATEWAY_LINK_LOCAL
                        : parameters.fixedMagLinkLocalAddress());
            }
        });
        Answer answer = AnswerBuilder.accepted(request, choice.status(), next.build(), lifetime,
                choice.natDetection(), parameters.dhcpSupportMode());
        next.exchange(request.digest(), answer.mobilityHeader());
        return Transition.changed(kind, one.record,
                ending.change(one.record, session, next.build(), one.now.millis()), answer);
    }

    private int lifetime(BindingUpdate update, MobileNodeProfile profile) {
        int seconds = Math.min(parameters.lifetimeCap(), profile.lifetimeCap().orElse(parameters.lifetimeCap()));
        return Math.min(update.lifetime(), Math.max(1, seconds / 4));
    }

    /** Section 5.3.5: the end of a session. */
    private Transition deregister(MobileNodeRecord record, Request request, Moment now, Found found) {
        boolean otherPrefixes = found.status == Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH;
        if (found.kind != Found.Kind.UPDATE && !otherPrefixes) {
            return Transition.ignored(record, "a de-registration that belongs to no session");
        }
        BindingCacheEntry session = found.entry;
        if (!session.proxyCoa().equals(request.proxyCoa())) {
            return Transition.ignored(record, "a de-registration by a gateway that the node has left");
        }
        if (otherPrefixes) {
            return rejected(record, request, found.status, found.reason);
        }
        BindingCacheEntry.Builder next = ordering.accepted(session.toBuilder(), request.update());
        boolean prefixesStay = !session.prefixes().isEmpty()
                && request.update().first(HomeNetworkPrefix.class).isEmpty();
        boolean addressStays = session.ipv4Home().isPresent()
                && request.update().first(Ipv4HomeAddressRequest.class).isEmpty();
        if (session.state() == BindingCacheEntry.State.ACTIVE && (prefixesStay || addressStays)) {
            // RFC 5844 section 3.1.2.5: only the part that the request names ends, and that at once.
            next.prefixes(prefixesStay ? session.prefixes() : List.of())
                    .ipv4Home(addressStays ? session.ipv4Home() : Optional.empty());
        } else if (session.state() == BindingCacheEntry.State.ACTIVE) {
            next.state(BindingCacheEntry.State.ENDING)
                    .times(now.millis(), now.millis() + parameters.minDelayBeforeBceDelete());
        }
        Answer answer = AnswerBuilder.accepted(request, Status.ACCEPTED, session, 0, Optional.empty(),
                Optional.empty());
        next.exchange(request.digest(), answer.mobilityHeader());
        return Transition.changed(Transition.Kind.DEREGISTERED, record, record.with(next.build()), answer);
    }

    private static Transition greRequired(MobileNodeRecord record, Request request, GreNegotiation gre) {
        return rejected(record, request, gre.status(), "policy requires GRE with keys");
    }

    private static Transition rejected(MobileNodeRecord record, Request request, int status, String reason) {
        return Transition.rejected(record, AnswerBuilder.rejected(request, status, request.update().sequence(),
                request.update().first(Timestamp.class)), reason);
    }
}
