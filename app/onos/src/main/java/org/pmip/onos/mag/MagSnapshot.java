// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.dataplane.Progress;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.PathSnapshot;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.Registration;

/** Writes what the gateways know as JSON, the one form that console, REST and scripts share. Stateless. */
final class MagSnapshot {

    private static final int UNIT_SECONDS = 4;

    private MagSnapshot() {
    }

    /** A node's list: where it is, what it has. */
    static ObjectNode summary(BindingUpdateList list, long now) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("mobileNode", list.key());
        ArrayNode attachments = node.putArray("attachments");
        list.entries().forEach(entry -> session(attachments.addObject(), entry, now));
        return node;
    }

    /** The same with what signalling is under way and what the switch should have. */
    static ObjectNode full(BindingUpdateList list, long now, MagService service) {
        ObjectNode node = summary(list, now);
        node.put("sequence", list.sequence());
        for (int i = 0; i < list.entries().size(); i++) {
            BindingUpdateListEntry entry = list.entries().get(i);
            ObjectNode out = (ObjectNode) node.get("attachments").get(i);
            ContextJson.write(out, list, entry);
            entry.registration().ifPresent(request -> request(out.putObject("request"), request));
            ArrayNode ruledOut = out.putArray("restrictions");
            entry.restrictions().stream().map(Enum::name).sorted().forEach(ruledOut::add);
            LmaService.Traffic traffic = service.traffic(list, entry);
            out.putObject("traffic").put("uplinkPackets", traffic.uplinkPackets())
                    .put("uplinkOctets", traffic.uplinkOctets()).put("downlinkPackets", traffic.downlinkPackets())
                    .put("downlinkOctets", traffic.downlinkOctets());
            service.path(list, entry).ifPresent(path -> PathSnapshot.write(out, path));
            ArrayNode entries = out.putArray("entries");
            service.entries(list, entry).forEach(entries::add);
        }
        return node;
    }

    /** The gateways, each with whether this node of the cluster keeps its switch and has it as it should be. */
    static ArrayNode gateways(MagConfig mag, Collection<BindingUpdateList> lists,
                              ToIntFunction<String> plainNodes, AccessSwitches switches) {
        Map<String, Long> counts = lists.stream().flatMap(list -> list.entries().stream())
                .filter(entry -> entry.state() != BindingUpdateListEntry.State.LEFT)
                .collect(Collectors.groupingBy(entry -> entry.attachment().gateway(), Collectors.counting()));
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        for (Gateway gateway : mag.gateways()) {
            ObjectNode node = out.addObject();
            node.put("name", gateway.name());
            DeviceId device = mag.device(gateway.name());
            node.put("device", device.toString());
            node.put("address", gateway.proxyCoa().toString());
            gateway.ipv4ProxyCoa().ifPresent(address -> node.put("ipv4Address", address.toString()));
            node.put("attachments", counts.getOrDefault(gateway.name(), 0L));
            node.put("plainNodes", plainNodes.applyAsInt(gateway.name()));
            node.put("ready", switches.keeps(device));
            Progress.Snapshot at = switches.progress(device);
            node.putObject("reconciliation").put("going", at.going()).put("mobileNodes", at.nodes())
                    .put("compared", at.compared()).put("written", at.written()).put("removed", at.removed());
            switches.drops(device).forEach(node.putObject("drops")::put);
        }
        return out;
    }

    /** The state of the gateways, what they did on this node, how long it took, and what their switches dropped. */
    static ObjectNode report(MagService service) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("ready", service.ready());
        root.set("gateways", service.gateways());
        service.statistics().counts().forEach(root.putObject("statistics")::put);
        root.set("latencies", service.statistics().latenciesAsJson());
        service.drops().forEach(root.putObject("drops")::put);
        return root;
    }

    private static void session(ObjectNode out, BindingUpdateListEntry entry, long now) {
        out.put("sessionId", entry.sessionId());
        out.put("state", entry.state().name());
        out.put("gateway", entry.attachment().gateway());
        out.put("link", entry.attachment().link());
        out.put("linkLayerIdentifier", hex(entry.attachment().linkLayerIdentifier()));
        out.put("accessTechnology", entry.attachment().accessTechnology());
        out.put("anchor", entry.anchor().name());
        out.put("lmaAddress", entry.anchor().address().toString());
        out.put("proxyCoa", entry.careOf().toString());
        ArrayNode prefixes = out.putArray("prefixes");
        entry.binding().ifPresent(binding -> binding(out, prefixes, binding, now));
        out.put("forwards", entry.forwards());
        entry.downlinkKey().ifPresent(key -> out.put("downlinkKey", key));
        if (entry.status() != 0) {
            out.put("status", entry.status());
        }
        out.put("waitingFor", entry.waiting().name());
        if (entry.waiting() != Waiting.NOTHING) {
            out.put("waitingMillis", Math.max(0, entry.dueAt() - now));
        }
    }

    private static void binding(ObjectNode out, ArrayNode prefixes, Binding binding, long now) {
        binding.prefixes().forEach(prefix -> prefixes.add(prefix.toString()));
        binding.ipv4Home().ifPresent(home -> {
            out.put("ipv4HomeAddress", home.toString());
            out.put("ipv4DefaultRouter", home.defaultRouter().toString());
        });
        out.put("tunnel", binding.format().name());
        out.put("gre", binding.gre().name());
        if (binding.gre() == GreMode.KEYS) {
            out.put("uplinkKey", binding.uplinkKey());
        }
        out.put("lifetimeSeconds", (long) binding.lifetime() * UNIT_SECONDS);
        out.put("remainingMillis", Math.max(0, binding.endsAt() - now));
    }

    private static void request(ObjectNode out, Registration request) {
        out.put("purpose", request.purpose().name());
        out.put("handoffIndicator", request.handoffIndicator());
        out.put("gre", request.gre().name());
        out.put("attempts", request.attempts().size());
        out.put("rejections", request.rejections());
        out.put("timeoutMillis", request.timeout());
    }

    private static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder(octets.length * 2);
        for (byte octet : octets) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
    }
}
