// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.HandoffContext;
import org.pmip.protocol.wire.option.HandoffIndicator;

/**
 * The context of a session as clusters hand it to each other: what one of them shows of an attachment is what another
 * takes with one. Stateless.
 */
final class ContextJson {

    /** The name of the object everywhere. */
    static final String NAME = "context";

    private static final String INTERFACE = "interface";
    private static final String LMA = "lmaAddress";
    private static final String PREFIXES = "prefixes";
    private static final String IPV4 = "ipv4HomeAddress";
    private static final String LINK_LOCAL = "linkLocal";
    private static final String NODE_LINK_LOCAL = "nodeLinkLocal";
    private static final String KEY = "downlinkKey";
    private static final String SEQUENCE = "sequence";
    private static final List<String> ALL = List.of(INTERFACE, LMA, PREFIXES, IPV4, LINK_LOCAL, NODE_LINK_LOCAL, KEY,
            SEQUENCE);
    /** As many as an anchor takes in one request. */
    private static final int GREATEST_PREFIXES = 32;
    private static final int GREATEST_SEQUENCE = 0xffff;
    private static final long GREATEST_KEY = 0xffff_ffffL;
    private static final String LINK_LOCAL_EXAMPLE = "a link-local IPv6 address such as fe80::200:5eff:fe00:5213";

    private ContextJson() {
    }

    /** Adds the context of a session, if its anchor has accepted it. */
    static void write(ObjectNode session, BindingUpdateList list, BindingUpdateListEntry entry) {
        HandoffContext.of(list, entry).ifPresent(context -> {
            ObjectNode out = session.putObject(NAME);
            byte[] identifier = entry.attachment().linkLayerIdentifier();
            if (identifier.length == MacAddress.MAC_ADDRESS_LENGTH) {
                out.put(INTERFACE, MacAddress.valueOf(identifier).toString());
            }
            context.anchor().ifPresent(address -> out.put(LMA, address.toString()));
            ArrayNode prefixes = out.putArray(PREFIXES);
            context.prefixes().forEach(prefix -> prefixes.add(prefix.toString()));
            context.ipv4HomeAddress().ifPresent(address -> out.put(IPV4, address.toString()));
            if (!context.linkLocal().isZero()) {
                out.put(LINK_LOCAL, context.linkLocal().toString());
            }
            if (!context.nodeLinkLocal().isZero()) {
                out.put(NODE_LINK_LOCAL, context.nodeLinkLocal().toString());
            }
            context.downlinkKey().ifPresent(key -> out.put(KEY, key));
            context.sequence().ifPresent(number -> out.put(SEQUENCE, number));
        });
    }

    /**
     * Reads how an interface has come.
     *
     * @param indicator the Handoff Indicator if somebody tells it; null otherwise
     * @param context null, or missing, if nobody tells anything
     * @param mac the interface that has come
     * @throws IllegalArgumentException naming what is wrong
     */
    static Handoff read(Integer indicator, JsonNode context, MacAddress mac) {
        if (indicator != null && (indicator < HandoffIndicator.NEW_INTERFACE
                || indicator > HandoffIndicator.UNKNOWN)) {
            throw new IllegalArgumentException("handoff: " + indicator + " is not from 1 to 4");
        }
        if (context == null || context.isMissingNode() || context.isNull()) {
            return Handoff.of(indicator == null ? HandoffIndicator.UNKNOWN : indicator);
        }
        if (!context.isObject()) {
            throw new IllegalArgumentException(NAME + ": an object is expected, as GET /attachments shows it, not "
                    + context);
        }
        if (indicator != null && indicator == HandoffIndicator.NEW_INTERFACE) {
            throw new IllegalArgumentException("handoff: 1 says that there was no session before, of which " + NAME
                    + " tells; leave one of both out");
        }
        for (Iterator<String> names = context.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!ALL.contains(name)) {
                throw wrong(name, "unknown; known are " + String.join(", ", ALL));
            }
        }
        Optional<MacAddress> former = parsed(context, INTERFACE, "a MAC address such as 00:00:5e:00:53:41",
                MacAddress::valueOf);
        boolean other = former.filter(one -> !one.equals(mac)).isPresent();
        int known = other ? HandoffIndicator.BETWEEN_INTERFACES : HandoffIndicator.BETWEEN_GATEWAYS;
        return Handoff.of(indicator == null ? known : indicator, fields(context));
    }

    private static HandoffContext fields(JsonNode context) {
        HandoffContext.Builder out = HandoffContext.builder().prefixes(prefixes(context.path(PREFIXES)))
                .ipv4HomeAddress(parsed(context, IPV4, "an IPv4 address such as 10.1.0.5", Ip4Address::valueOf))
                .linkLocal(linkLocal(context, LINK_LOCAL)).nodeLinkLocal(linkLocal(context, NODE_LINK_LOCAL))
                .downlinkKey(number(context, KEY, GREATEST_KEY));
        parsed(context, LMA, "an IP address such as 2001:db8:0:1::1", IpAddress::valueOf).ifPresent(out::anchor);
        number(context, SEQUENCE, GREATEST_SEQUENCE).ifPresent(number -> out.sequence((int) number));
        return out.build();
    }

    private static List<Ip6Prefix> prefixes(JsonNode value) {
        List<Ip6Prefix> out = new ArrayList<>();
        if (value.isMissingNode() || value.isNull()) {
            return out;
        }
        if (!value.isArray() || value.size() > GREATEST_PREFIXES) {
            throw wrong(PREFIXES, "a list of at most " + GREATEST_PREFIXES + " IPv6 prefixes is expected, not "
                    + value);
        }
        for (JsonNode one : value) {
            Ip6Prefix prefix = parsed(PREFIXES, one, "an IPv6 prefix such as 2001:db8:100::/64", Ip6Prefix::valueOf);
            if (prefix.prefixLength() == 0 || prefix.address().isMulticast() || prefix.address().isLinkLocal()) {
                throw wrong(PREFIXES, prefix + " is no home network prefix");
            }
            if (!out.contains(prefix)) {
                out.add(prefix);
            }
        }
        return out;
    }

    private static Ip6Address linkLocal(JsonNode context, String name) {
        return parsed(context, name, LINK_LOCAL_EXAMPLE, text -> {
            Ip6Address address = Ip6Address.valueOf(text);
            if (!address.isLinkLocal()) {
                throw new IllegalArgumentException("another scope");
            }
            return address;
        }).orElse(Ip6Address.ZERO);
    }

    private static OptionalLong number(JsonNode context, String name, long greatest) {
        JsonNode value = context.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0
                || value.asLong() > greatest) {
            throw wrong(name, "a whole number from 0 to " + greatest + " is expected, not " + value);
        }
        return OptionalLong.of(value.asLong());
    }

    private static <T> Optional<T> parsed(JsonNode context, String name, String expected, Function<String, T> parse) {
        JsonNode value = context.path(name);
        return value.isMissingNode() || value.isNull() ? Optional.empty()
                : Optional.of(parsed(name, value, expected, parse));
    }

    private static <T> T parsed(String name, JsonNode value, String expected, Function<String, T> parse) {
        if (!value.isTextual()) {
            throw wrong(name, expected + " is expected, not " + value);
        }
        try {
            return parse.apply(value.asText());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(NAME + "/" + name + ": '" + value.asText() + "' is not " + expected, e);
        }
    }

    private static IllegalArgumentException wrong(String name, String text) {
        return new IllegalArgumentException(NAME + "/" + name + ": " + text);
    }
}
