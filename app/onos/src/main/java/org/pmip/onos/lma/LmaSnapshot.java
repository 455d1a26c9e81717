// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.onos.config.PmipConfig;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.PrefixPool;

/** Writes what a {@link LmaService} knows as JSON, the one form that console, REST and scripts share. Stateless. */
final class LmaSnapshot {

    private LmaSnapshot() {
    }

    static ObjectNode of(LmaService service, long now) {
        ObjectNode root = report(service);
        ArrayNode nodes = root.putArray("bindings");
        service.bindings().stream().sorted(Comparator.comparing(MobileNodeRecord::key))
                .forEach(record -> nodes.add(full(service, record, now)));
        ObjectNode prefixes = root.putObject("prefixes");
        service.prefixes().forEach(prefixes::put);
        return root;
    }

    static ObjectNode report(LmaService service) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("ready", service.ready());
        service.reconciliation().ifPresent(at -> root.putObject("reconciliation").put("going", at.going())
                .put("mobileNodes", at.nodes()).put("compared", at.compared()).put("written", at.written())
                .put("removed", at.removed()));
        counts(root.putObject("statistics"), service.statistics().counts());
        root.set("latencies", service.statistics().latenciesAsJson());
        counts(root.putObject("drops"), service.drops());
        return root;
    }

    static ObjectNode full(LmaService service, MobileNodeRecord record, long now) {
        return record(record, now, (out, entry) -> counters(out, service, entry));
    }

    static ObjectNode summary(MobileNodeRecord record, long now) {
        return record(record, now, (out, entry) -> { });
    }

    private static ObjectNode record(MobileNodeRecord record, long now,
                                     BiConsumer<ObjectNode, BindingCacheEntry> more) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mobileNode", record.key());
        ArrayNode sessions = node.putArray("sessions");
        for (BindingCacheEntry entry : record.entries()) {
            ObjectNode out = sessions.addObject();
            session(out, entry, now);
            more.accept(out, entry);
        }
        return node;
    }

    static ArrayNode gateways(PmipConfig.Lma lma, Collection<BindingCacheEntry> sessions) {
        Map<String, Long> counts = sessions.stream().collect(
                Collectors.groupingBy(entry -> entry.proxyCoa().toString(), Collectors.counting()));
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        lma.gateways().stream().sorted(Comparator.comparing(gateway -> gateway.policy().name()))
                .forEach(gateway -> gateway.addresses().forEach(address -> {
                    ObjectNode node = out.addObject();
                    node.put("name", gateway.policy().name());
                    node.put("address", address.toString());
                    node.put("grePolicy", gateway.policy().grePolicy().map(GrePolicy::word).orElse("of the anchor"));
                    node.put("operator", gateway.policy().operator());
                    node.put("sessions", counts.getOrDefault(address.toString(), 0L));
                }));
        return out;
    }

    static ArrayNode pools(PmipConfig.Lma lma, Set<String> assigned, Set<String> addresses) {
        Set<Ip6Prefix> prefixes = assigned.stream().map(Ip6Prefix::valueOf).collect(Collectors.toSet());
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (PrefixPool pool : lma.policy().pools()) {
            ObjectNode node = out.addObject();
            node.put("name", pool.name());
            node.put("prefix", pool.prefix().toString());
            node.put("length", pool.assignedLength());
            node.put("size", pool.size());
            node.put("assigned", prefixes.stream().filter(pool::assigns).count());
        }
        for (Ipv4Pool pool : lma.policy().ipv4Pools()) {
            ObjectNode node = out.addObject();
            node.put("name", pool.name());
            node.put("prefix", pool.subnet().toString());
            node.put("operator", pool.operator());
            node.put("length", Ip4Address.BYTE_LENGTH * 8);
            node.put("size", pool.size());
            String operator = pool.operator() + "/";
            node.put("assigned", addresses.stream().filter(name -> name.startsWith(operator))
                    .map(name -> Ip4Address.valueOf(name.substring(operator.length()))).filter(pool::assigns).count());
        }
        return out;
    }

    private static void session(ObjectNode out, BindingCacheEntry entry, long now) {
        out.put("sessionId", entry.sessionId());
        out.put("state", entry.state().name());
        ArrayNode prefixes = out.putArray("prefixes");
        entry.prefixes().forEach(prefix -> prefixes.add(prefix.toString()));
        entry.ipv4Home().ifPresent(home -> {
            out.put("ipv4HomeAddress", home.toString());
            out.put("ipv4DefaultRouter", home.defaultRouter().toString());
        });
        out.put("proxyCoa", entry.proxyCoa().toString());
        if (entry.udp() || !entry.peerAddress().equals(entry.proxyCoa())) {
            out.put("peer", entry.peerAddress() + (entry.udp() ? ":" + entry.peerPort() : ""));
        }
        out.put("lmaAddress", entry.lmaAddress().toString());
        out.put("operator", entry.operator());
        out.put("accessTechnology", entry.accessTechnology());
        out.put("linkLayerIdentifier", hex(entry.linkLayerIdentifier()));
        out.put("linkLocalAddress", entry.linkLocalAddress().toString());
        out.put("gre", entry.gre().name());
        out.put("udp", entry.udp());
        out.put("tlvHeader", entry.tlvHeader());
        if (entry.gre() == GreMode.KEYS) {
            out.put("downlinkKey", entry.downlinkKey());
            out.put("uplinkKey", entry.uplinkKey());
        }
        out.put("lifetimeSeconds", entry.lifetime() * 4L);
        out.put("remainingMillis", Math.max(0, entry.deadline() - now));
    }

    private static void counters(ObjectNode out, LmaService service, BindingCacheEntry entry) {
        LmaService.Traffic traffic = service.traffic(entry.sessionId());
        ObjectNode counted = out.putObject("traffic");
        counted.put("uplinkPackets", traffic.uplinkPackets());
        counted.put("uplinkOctets", traffic.uplinkOctets());
        counted.put("downlinkPackets", traffic.downlinkPackets());
        counted.put("downlinkOctets", traffic.downlinkOctets());
        service.path(entry.sessionId()).ifPresent(path -> PathSnapshot.write(out, path));
        ArrayNode entries = out.putArray("entries");
        service.entries(entry.sessionId()).forEach(entries::add);
    }

    private static void counts(ObjectNode out, Map<String, Long> counts) {
        counts.forEach(out::put);
    }

    private static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder(octets.length * 2);
        for (byte octet : octets) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
    }
}
