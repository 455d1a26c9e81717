// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.onlab.packet.IpPrefix;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;

/**
 * Selects mobile nodes of the binding cache by what one of their sessions has, and cuts the selection into pages.
 * Immutable; a filter without conditions selects all.
 */
public final class BindingFilter {

    /** Selects every mobile node. */
    public static final BindingFilter ALL = new BindingFilter(record -> true, entry -> true);

    private final Predicate<MobileNodeRecord> node;
    private final Predicate<BindingCacheEntry> session;

    private BindingFilter(Predicate<MobileNodeRecord> node, Predicate<BindingCacheEntry> session) {
        this.node = node;
        this.session = session;
    }

    private BindingFilter and(Predicate<BindingCacheEntry> more) {
        return new BindingFilter(node, session.and(more));
    }

    /** Only mobile nodes whose identifier contains this text; upper and lower case are one. */
    public BindingFilter mobileNode(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return new BindingFilter(node.and(one -> one.key().toLowerCase(Locale.ROOT).contains(wanted)), session);
    }

    /**
     * Only sessions with a home network prefix or IPv4 home address that lies in this prefix or around it.
     *
     * @param text a prefix or an address
     * @throws IllegalArgumentException if it is neither
     */
    public BindingFilter prefix(String text) {
        IpPrefix wanted;
        try {
            wanted = IpPrefix.valueOf(text.contains("/") ? text : text + (text.contains(":") ? "/128" : "/32"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("prefix: '" + text + "' is no prefix or address, such as "
                    + "2001:db8:100::/64 or 10.1.0.7", e);
        }
        return and(entry -> entry.prefixes().stream().anyMatch(own -> touch(own, wanted))
                || entry.ipv4Home().filter(home -> touch(home.address().toIpPrefix(), wanted)).isPresent());
    }

    private static boolean touch(IpPrefix one, IpPrefix other) {
        return one.version() == other.version() && (one.contains(other) || other.contains(one));
    }

    /**
     * Only sessions at this gateway.
     *
     * @param text its address, or its name in the configuration
     * @throws IllegalArgumentException if no gateway is called so
     */
    public BindingFilter gateway(String text, LmaService service) {
        Set<String> addresses = new HashSet<>();
        for (JsonNode gateway : service.gateways()) {
            // One that comes over IPv6 and over IPv4 has two addresses.
            if (gateway.path("name").asText().equals(text) || gateway.path("address").asText().equals(text)) {
                addresses.add(gateway.path("address").asText());
            }
        }
        if (!addresses.isEmpty()) {
            return and(entry -> addresses.contains(entry.proxyCoa().toString()));
        }
        throw new IllegalArgumentException("mag: no gateway has the name or address '" + text + "'");
    }

    /**
     * Only sessions in this operator's routing domain.
     *
     * @throws IllegalArgumentException if it is not from 1 to 65535
     */
    public BindingFilter operator(int number) {
        if (number < 1 || number > 65_535) {
            throw new IllegalArgumentException("operator: " + number + " is not from 1 to 65535");
        }
        return and(entry -> entry.operator() == number);
    }

    /**
     * Only sessions in this state.
     *
     * @param text {@code active} or {@code ending}
     * @throws IllegalArgumentException if there is no such state
     */
    public BindingFilter state(String text) {
        BindingCacheEntry.State wanted = Arrays.stream(BindingCacheEntry.State.values())
                .filter(state -> state.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("state: '" + text + "' is neither active nor ending"));
        return and(entry -> entry.state() == wanted);
    }

    /** Whether a mobile node has a session with all that is asked for. */
    public boolean selects(MobileNodeRecord record) {
        return node.test(record) && record.entries().stream().anyMatch(session);
    }

    /**
     * One page of what is selected, by identifier: no more than that page is sorted or held.
     *
     * @param after the identifier that ended the page before; empty for the first page
     * @param limit most mobile nodes on the page, 1 or more
     */
    public List<MobileNodeRecord> page(LmaService service, String after, int limit) {
        TreeMap<String, MobileNodeRecord> least = new TreeMap<>();
        for (MobileNodeRecord record : service.bindings()) {
            String key = record.key();
            if (key.compareTo(after) > 0 && (least.size() < limit || key.compareTo(least.lastKey()) < 0)
                    && selects(record)) {
                least.put(key, record);
                if (least.size() > limit) {
                    least.pollLastEntry();
                }
            }
        }
        return List.copyOf(least.values());
    }

    /** How many mobile nodes are selected. */
    public long count(LmaService service) {
        return service.bindings().stream().filter(this::selects).count();
    }
}
