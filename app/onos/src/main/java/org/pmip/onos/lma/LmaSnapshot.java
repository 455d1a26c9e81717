// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Writes what a {@link LmaService} knows as JSON, the one form that console, REST and scripts share. Stateless. */
final class LmaSnapshot {

    private LmaSnapshot() {
    }

    static ObjectNode of(LmaService service, long now) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("ready", service.ready());
        ArrayNode nodes = root.putArray("bindings");
        service.bindings().stream().sorted(Comparator.comparing(MobileNodeRecord::key)).forEach(record -> {
            ObjectNode node = nodes.addObject();
            node.put("mobileNode", record.key());
            ArrayNode sessions = node.putArray("sessions");
            record.entries().forEach(entry -> session(sessions.addObject(), service, entry, now));
        });
        counts(root.putObject("statistics"), service.statistics());
        counts(root.putObject("drops"), service.drops());
        ObjectNode prefixes = root.putObject("prefixes");
        service.prefixes().forEach(prefixes::put);
        return root;
    }

    private static void session(ObjectNode out, LmaService service, BindingCacheEntry entry, long now) {
        out.put("sessionId", entry.sessionId());
        out.put("state", entry.state().name());
        ArrayNode prefixes = out.putArray("prefixes");
        entry.prefixes().forEach(prefix -> prefixes.add(prefix.toString()));
        out.put("proxyCoa", entry.proxyCoa().toString());
        out.put("lmaAddress", entry.lmaAddress().toString());
        out.put("operator", entry.operator());
        out.put("accessTechnology", entry.accessTechnology());
        out.put("linkLayerIdentifier", hex(entry.linkLayerIdentifier()));
        out.put("linkLocalAddress", entry.linkLocalAddress().toString());
        out.put("gre", entry.gre().name());
        if (entry.gre() == GreMode.KEYS) {
            out.put("downlinkKey", entry.downlinkKey());
            out.put("uplinkKey", entry.uplinkKey());
        }
        out.put("lifetimeSeconds", entry.lifetime() * 4L);
        out.put("remainingMillis", Math.max(0, entry.deadline() - now));
        LmaService.Traffic traffic = service.traffic(entry.sessionId());
        ObjectNode counted = out.putObject("traffic");
        counted.put("uplinkPackets", traffic.uplinkPackets());
        counted.put("uplinkOctets", traffic.uplinkOctets());
        counted.put("downlinkPackets", traffic.downlinkPackets());
        counted.put("downlinkOctets", traffic.downlinkOctets());
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
