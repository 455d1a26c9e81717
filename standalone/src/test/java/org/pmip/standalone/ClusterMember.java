// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.slf4j.LoggerFactory;

/**
 * The process of one member of a cluster: {@code ClusterMember SELF PORTS DIRECTORY CONFIGURATION}. Answers each line
 * of its standard input with one line; ends with its standard input, so that it never outlives the test.
 */
final class ClusterMember {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ClusterMember() {
    }

    /** Runs a member. */
    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (Exception e) {
            LoggerFactory.getLogger(ClusterMember.class).error("The member ends", e);
            // What has started of it would keep the process.
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(String[] arguments) throws Exception {
        JsonNode configuration = JSON.readTree(Path.of(arguments[3]).toFile());
        List<DeviceId> devices = new ArrayList<>();
        configuration.path("devices").fieldNames().forEachRemaining(name -> devices.add(DeviceId.deviceId(name)));
        AtomixMember member = new AtomixMember(Integer.parseInt(arguments[0]),
            Stream.of(arguments[1].split(",")).map(Integer::valueOf).toList(), devices);
        StandaloneHost host = StandaloneHost.builder().cluster(member).dataDirectory(Path.of(arguments[2]))
            .shareTypes().pollSeconds(5).networkConfig(configuration).start();
        ConsistentMap<String, String> own = host.service(StorageService.class).<String, String>consistentMapBuilder()
            .withName("cluster-test").withSerializer(Serializer.using(KryoNamespaces.BASIC)).build();
        System.out.println("{\"started\":" + host.startMillis() + "}");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            ObjectNode answer = JSON.createObjectNode();
            try {
                answer(line.split(" "), answer, member, host, own);
            } catch (RuntimeException e) {
                answer.removeAll();
                answer.put("failure", e.toString());
            }
            System.out.println(answer);
        }
        // The store may have lost its majority by now and would not stop in time.
        Runtime.getRuntime().halt(0);
    }

    private static void answer(String[] words, ObjectNode answer, AtomixMember member, StandaloneHost host,
                               ConsistentMap<String, String> own) {
        switch (words[0]) {
            case "state" -> state(answer, member, host);
            case "known" -> host.service(LmaService.class).bindings().forEach(record -> describe(record, answer));
            case "stored" -> stored(answer, host);
            case "known-lists" -> host.service(MagService.class).lists().forEach(list -> describe(list, answer));
            case "stored-lists" -> storedLists(answer, host);
            case "write" -> answer.put("version", own.putAndGet("member", "was here").version());
            case "cut" -> member.cut(true);
            case "heal" -> member.cut(false);
            case "yield" -> member.handOver(DeviceId.deviceId(words[1]));
            case "take" -> member.take(DeviceId.deviceId(words[1]));
            default -> answer.put("failure", "no command is called " + words[0]);
        }
    }

    private static void state(ObjectNode answer, AtomixMember member, StandaloneHost host) {
        LmaService lma = host.service(LmaService.class);
        MagService mag = host.service(MagService.class);
        ObjectNode devices = answer.putObject("devices");
        devices.putObject(Samples.DEVICE).put("leads", member.leads(DeviceId.deviceId(Samples.DEVICE)))
            .put("ready", lma.ready());
        for (JsonNode gateway : mag.gateways()) {
            String device = gateway.path("device").asText();
            devices.putObject(device).put("leads", member.leads(DeviceId.deviceId(device)))
                .put("ready", gateway.path("ready").asBoolean());
        }
        lma.statistics().counts().forEach(answer.putObject("statistics")::put);
        mag.statistics().counts().forEach(answer.putObject("gateways")::put);
    }

    private static void storedLists(ObjectNode answer, StandaloneHost host) {
        ListStore lists = new ListStore(host.service(StorageService.class),
            host.service(CoreService.class).getAppId("org.pmip"), (before, after) -> { });
        lists.all().forEach(list -> describe(list, answer));
        lists.close();
    }

    private static void describe(BindingUpdateList list, ObjectNode out) {
        ArrayNode sessions = out.putArray(list.key());
        for (BindingUpdateListEntry entry : list.entries()) {
            if (entry.state() != BindingUpdateListEntry.State.LEFT) {
                ObjectNode session = sessions.addObject().put("state", entry.state().name())
                    .put("gateway", entry.attachment().gateway()).put("forwards", entry.forwards());
                entry.binding().ifPresent(binding -> session.put("prefix", binding.prefixes().get(0).toString())
                    .put("uplink", binding.gre() == GreMode.KEYS ? binding.uplinkKey() : -1)
                    .put("downlink", binding.gre() == GreMode.KEYS ? binding.downlinkKey() : -1));
            }
        }
    }

    /** What a new reader finds in the store. */
    private static void stored(ObjectNode answer, StandaloneHost host) {
        StorageService storage = host.service(StorageService.class);
        ApplicationId application = host.service(CoreService.class).getAppId("org.pmip");
        BindingStore bindings = new BindingStore(storage, application, (before, after) -> { });
        PrefixClaims prefixes = new PrefixClaims(storage, application);
        AddressClaims addresses = new AddressClaims(storage, application);
        ObjectNode records = answer.putObject("records");
        for (MobileNodeRecord record : bindings.all()) {
            describe(record, records);
        }
        holders(prefixes.holders(), answer.putObject("prefixes"));
        holders(addresses.holders(), answer.putObject("addresses"));
        bindings.close();
        prefixes.close();
        addresses.close();
    }

    private static void holders(Map<String, String> claims, ObjectNode out) {
        claims.forEach(out::put);
    }

    private static void describe(MobileNodeRecord record, ObjectNode out) {
        ArrayNode sessions = out.putArray(record.key());
        for (BindingCacheEntry entry : record.entries()) {
            sessions.addObject().put("id", entry.sessionId()).put("active",
                    entry.state() == BindingCacheEntry.State.ACTIVE)
                .put("gateway", entry.proxyCoa().toString()).put("prefix", entry.prefixes().get(0).toString())
                .put("uplink", entry.gre() == GreMode.KEYS ? entry.uplinkKey() : -1)
                .put("downlink", entry.gre() == GreMode.KEYS ? entry.downlinkKey() : -1);
        }
    }

    /** The options of the JVM that a member needs besides its size: those of this one about modules. */
    static List<String> options(List<String> own) {
        return Stream.concat(own.stream().filter(option -> option.startsWith("--add-opens")
            || option.startsWith("-Djdk.util.zip")), Stream.of("-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.log.org.pmip=info",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS")).toList();
    }
}
