// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;

/**
 * The Binding Cache Entry existence test of draft-ietf-netlmm-proxymip6-10 section 5.4.1, with the corrections of
 * RFC 5213: which session of the mobile node, if any, a request is about.
 */
final class BindingLookup {

    private static final byte[] NO_IDENTIFIER = new byte[2];

    private final MobileNodeRecord record;
    private final IpAddress proxyCoa;
    private final boolean deregistration;
    private final int handoff;
    private final int accessTechnology;
    private final byte[] identifier;
    private final List<Ip6Prefix> prefixes;
    private final Optional<Ip4Address> ipv4;

    private BindingLookup(MobileNodeRecord record, Request request) {
        BindingUpdate update = request.update();
        this.record = record;
        this.proxyCoa = request.proxyCoa();
        this.deregistration = update.lifetime() == 0;
        this.handoff = update.first(HandoffIndicator.class).map(HandoffIndicator::value).orElse(0);
        this.accessTechnology =
                update.first(AccessTechnologyType.class).map(AccessTechnologyType::value).orElse(0);
        this.identifier = identifier(update);
        this.prefixes = named(update);
        this.ipv4 = update.first(Ipv4HomeAddressRequest.class).map(Ipv4HomeAddressRequest::address)
                .filter(address -> !address.isZero());
    }

    /** The identifier as the Binding Cache holds it: two zero octets if it is absent or all zero. */
    static byte[] identifier(BindingUpdate update) {
        byte[] octets = update.first(MobileNodeLinkLayerIdentifier.class)
                .map(MobileNodeLinkLayerIdentifier::identifier).orElse(NO_IDENTIFIER);
        for (byte octet : octets) {
            if (octet != 0) {
                return octets;
            }
        }
        return NO_IDENTIFIER.clone();
    }

    /** The NON_ZERO prefixes of a request, in order. */
    static List<Ip6Prefix> named(BindingUpdate update) {
        List<Ip6Prefix> named = new ArrayList<>(2);
        for (HomeNetworkPrefix option : update.all(HomeNetworkPrefix.class)) {
            if (!option.isAllZero() && !named.contains(option.prefix())) {
                named.add(option.prefix());
            }
        }
        return named;
    }

    /** Runs the test. */
    static Found find(MobileNodeRecord record, Request request) {
        return new BindingLookup(record, request).find();
    }

    private Found find() {
        if (!prefixes.isEmpty()) {
            return byPrefix();
        }
        if (ipv4.isPresent()) {
            return byIpv4();
        }
        return identifierKnown() ? byIdentifier() : byMobileNode();
    }

    private boolean identifierKnown() {
        return identifier.length != 2 || identifier[0] != 0 || identifier[1] != 0;
    }

    /** Section 5.4.1.1: a NON_ZERO prefix is the key. */
    private Found byPrefix() {
        Optional<BindingCacheEntry> match =
                record.first(entry -> entry.prefixes().stream().anyMatch(prefixes::contains));
        if (match.isEmpty()) {
            return Found.nothing();
        }
        BindingCacheEntry entry = match.get();
        if (!updates(entry)) {
            return Found.refused(Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX, entry,
                    "the prefix is bound to another interface");
        }
        if (!new HashSet<>(entry.prefixes()).equals(new HashSet<>(prefixes))) {
            return Found.refused(Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH, entry,
                    "the session has " + entry.prefixes());
        }
        return Found.update(entry);
    }

    /** RFC 5844 section 3.1.2.7: without a NON_ZERO prefix, a NON_ZERO IPv4 home address is the key. */
    private Found byIpv4() {
        Optional<BindingCacheEntry> match =
                record.first(entry -> entry.ipv4Home().map(Ipv4Home::address).equals(ipv4));
        if (match.isEmpty()) {
            return Found.nothing();
        }
        return updates(match.get()) ? Found.update(match.get())
                : Found.refused(Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS, match.get(),
                        "the address is bound to another interface");
    }

    /** The conditions of sections 5.4.1.1 and 9 under which a request updates the session that has its key. */
    private boolean updates(BindingCacheEntry entry) {
        boolean sameTechnology = entry.accessTechnology() == accessTechnology;
        return sameTechnology && identifierKnown() && entry.sameInterface(identifier)
                || handoff == HandoffIndicator.BETWEEN_INTERFACES
                || sameTechnology && !identifierKnown() && entry.interfaceUnknown()
                        && handoff == HandoffIndicator.BETWEEN_GATEWAYS
                || sameTechnology && entry.proxyCoa().equals(proxyCoa)
                || takesUpAgain(entry);
    }

    /**
     * Section 9, MinDelayBeforeBCEDelete: the session was de-registered and still has its key, so the next gateway's
     * request is about it, also where the gateway cannot tell what moved. An interface that says it is another one
     * is not meant: the first may be on its way to its next gateway.
     */
    private boolean takesUpAgain(BindingCacheEntry entry) {
        return entry.state() == BindingCacheEntry.State.ENDING && !deregistration
                && (handoff == HandoffIndicator.UNKNOWN || entry.sameInterface(identifier));
    }

    /** Section 5.4.1.2: the interface is the key. */
    private Found byIdentifier() {
        Optional<BindingCacheEntry> match = record.first(entry ->
                entry.accessTechnology() == accessTechnology && entry.sameInterface(identifier));
        if (match.isPresent()) {
            return Found.update(match.get());
        }
        if (deregistration && record.only().filter(entry -> !entry.interfaceUnknown()).isPresent()) {
            // It names an interface that has no session; the session of another one is none of its business.
            return Found.nothing();
        }
        return byOnlySession(handoff == HandoffIndicator.BETWEEN_INTERFACES);
    }

    /** Section 5.4.1.3: the mobile node is the key. */
    private Found byMobileNode() {
        return byOnlySession(handoff == HandoffIndicator.BETWEEN_INTERFACES
                || handoff == HandoffIndicator.BETWEEN_GATEWAYS);
    }

    private Found byOnlySession(boolean updates) {
        Optional<BindingCacheEntry> only = record.only();
        if (only.isEmpty()) {
            return Found.nothing();
        }
        if (updates) {
            return Found.update(only.get());
        }
        if (handoff == HandoffIndicator.UNKNOWN) {
            // Whoever de-registers, or finds the session de-registered, has nothing to wait for.
            return deregistration || only.get().state() == BindingCacheEntry.State.ENDING
                    ? Found.update(only.get()) : Found.undecided(only.get());
        }
        return Found.nothing();
    }

    /** What the test found. */
    static final class Found {
        /** The kinds of result. */
        enum Kind { UPDATE, NOTHING, UNDECIDED, REFUSED }

        final Kind kind;
        final BindingCacheEntry entry;
        final int status;
        final String reason;

        private Found(Kind kind, BindingCacheEntry entry, int status, String reason) {
            this.kind = kind;
            this.entry = entry;
            this.status = status;
            this.reason = reason;
        }

        static Found update(BindingCacheEntry entry) {
            return new Found(Kind.UPDATE, entry, 0, "");
        }

        static Found nothing() {
            return new Found(Kind.NOTHING, null, 0, "");
        }

        static Found undecided(BindingCacheEntry entry) {
            return new Found(Kind.UNDECIDED, entry, 0, "");
        }

        static Found refused(int status, BindingCacheEntry entry, String reason) {
            return new Found(Kind.REFUSED, entry, status, reason);
        }
    }
}
