// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.grpc.StatusRuntimeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.pmip.standalone.ClusterLoad.Node;
import org.pmip.standalone.ClusterLoad.Wish;

/**
 * A switch, two gateways and mobile nodes for controllers that run elsewhere, such as the nodes of an ONOS cluster:
 * {@code OnosClusterProbe HOST:PORT NODES SEED DIRECTORY [INTERFACE INTERFACE INTERFACE]}. The switch is of its own at
 * that address, or another's, if its ports' other ends are given. Writes the controllers' network configuration to the
 * directory, and carries out a command a line: {@code configure URL USER:PASSWORD}, {@code attach},
 * {@code load SECONDS RATE}, {@code pump WISH WINDOW}, {@code pace WISH RATE SECONDS}, {@code mark},
 * {@code settle SECONDS}, {@code lifetime UNITS}, {@code verify URL USER:PASSWORD}, {@code entries}, {@code restart},
 * {@code filled SESSIONS SECONDS}, {@code leave}. {@code bench/onos.sh} gives it those.
 */
final class OnosClusterProbe {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long PATIENCE_MILLIS = 240_000;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final int OWN_SWITCH = 4;
    private static final int PORTS = 3;

    private final Path configuration;
    private final ClusterDomain domain;
    private final ClusterLoad load;

    private OnosClusterProbe(Path configuration, ClusterDomain domain, ClusterLoad load) {
        this.configuration = configuration;
        this.domain = domain;
        this.load = load;
    }

    /** Runs a probe until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        try (ClusterDomain domain = arguments.length == OWN_SWITCH ? new ClusterDomain(arguments[0])
            : new ClusterDomain(arguments[0], List.of(arguments).subList(OWN_SWITCH, arguments.length))) {
            Path configuration = domain.configuration(Path.of(arguments[3]), "2001:db8:100::/40");
            System.out.println("configuration " + configuration);
            OnosClusterProbe probe = new OnosClusterProbe(configuration, domain, new ClusterLoad(domain,
                Long.parseLong(arguments[2]), Integer.parseInt(arguments[1])));
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                long began = System.nanoTime();
                String outcome;
                try {
                    outcome = probe.command(line.trim().split(" "));
                } catch (IOException | AssertionError e) {
                    outcome = "FAILED " + e.getMessage();
                }
                System.out.printf("%s: %s [%d ms]%n", line, outcome, (System.nanoTime() - began) / 1_000_000);
            }
        }
    }

    private String command(String[] words) throws IOException, InterruptedException {
        switch (words[0]) {
            case "attach" -> load.all(Wish.ATTACH, PATIENCE_MILLIS);
            case "leave" -> load.all(Wish.LEAVE, PATIENCE_MILLIS);
            case "load" -> load.run(Long.parseLong(words[1]) * 1_000, Integer.parseInt(words[2]));
            case "pump" -> {
                double rate = load.pump(Wish.valueOf(words[1]), Integer.parseInt(words[2]), PATIENCE_MILLIS);
                return String.format(Locale.ROOT, "%.0f a second; %s", rate, summary());
            }
            case "pace" -> load.pace(Wish.valueOf(words[1]), Integer.parseInt(words[2]),
                Long.parseLong(words[3]) * 1_000);
            case "mark" -> load.mark();
            case "settle" -> load.settle(Long.parseLong(words[1]) * 1_000);
            case "lifetime" -> load.lifetime(Integer.parseInt(words[1]));
            case "configure" -> {
                return configure(words[1], words[2]);
            }
            case "restart" -> {
                domain.restart();
                return "the switch is empty";
            }
            case "filled" -> {
                return filled(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            }
            case "entries" -> {
                return domain.entries().toString();
            }
            case "verify" -> {
                return verify(words[1], words[2]);
            }
            default -> throw new IOException("no command is called " + words[0]);
        }
        return summary();
    }

    /** Waits until the switch has as many sessions; a switch that was restarted gets its pipeline and tables again. */
    private String filled(int sessions, long seconds) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String last;
        do {
            Map<String, Integer> entries;
            try {
                entries = new TreeMap<>(domain.entries());
            } catch (StatusRuntimeException e) {
                // Until somebody has given it a pipeline there is nothing to read.
                entries = Map.of();
            }
            last = entries.toString();
            if (entries.getOrDefault("uplink_sessions", 0) >= sessions
                && entries.getOrDefault("downlink_sessions", 0) >= sessions) {
                return last;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        } while (System.nanoTime() < end);
        throw new IOException("not within " + seconds + " s: " + last);
    }

    private String summary() {
        Map<String, Object> out = new TreeMap<>(load.counts());
        for (Wish wish : Wish.values()) {
            List<Long> micros = load.micros(wish).stream().sorted().toList();
            if (!micros.isEmpty()) {
                out.put(wish + " since mark", micros.size() + " first after " + load.firstAfterMark(wish)
                    + " ms, median " + micros.get(micros.size() / 2) + " us, 99 % "
                    + micros.get(micros.size() * 99 / 100) + " us");
            }
        }
        return out + (load.contradictions().isEmpty() ? "" : " CONTRADICTIONS " + load.contradictions());
    }

    /** Compares what was answered with the binding cache of a controller and with what the switch does. */
    private String verify(String url, String user) throws IOException, InterruptedException {
        Map<String, JsonNode> bindings = new TreeMap<>();
        String after = "";
        do {
            JsonNode page = get(url + "/onos/pmip/bindings?limit=1000" + after, user);
            page.path("bindings").forEach(one -> bindings.put(one.path("mobileNode").asText(), one));
            after = page.hasNonNull("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        int wrong = 0;
        int silent = 0;
        int attached = 0;
        for (Node node : load.nodes()) {
            if (!node.attached()) {
                continue;
            }
            attached++;
            String binding = String.valueOf(bindings.get(node.name));
            if (!binding.contains(node.prefix.toString())
                || !binding.contains(ClusterDomain.GATEWAYS[node.gateway].toString())) {
                wrong++;
                System.out.println(node.name + " should have " + node.prefix + " at gateway " + node.gateway + ": "
                    + binding);
            }
            if (!passes(node)) {
                silent++;
                System.out.println("no packets pass for " + node.name + " " + node.prefix);
            }
        }
        return attached + " attached, " + bindings.size() + " bindings, " + wrong + " wrong, " + silent
            + " without packets; " + domain.entries() + (load.contradictions().isEmpty() ? ""
            : " CONTRADICTIONS " + load.contradictions());
    }

    /** Gives a controller its configuration, with the ports that a switch without gNMI cannot tell of. */
    private String configure(String url, String user) throws IOException {
        ObjectNode all = (ObjectNode) JSON.readTree(configuration.toFile());
        ObjectNode ports = ((ObjectNode) all.at("/devices").elements().next()).putObject("ports");
        for (int number = 1; number <= PORTS; number++) {
            ports.putObject(Integer.toString(number)).put("number", number).put("enabled", true)
                .put("type", "copper").put("speed", 10_000);
        }
        HttpURLConnection post = open(url + "/onos/v1/network/configuration", user);
        post.setDoOutput(true);
        post.setRequestProperty("Content-Type", "application/json");
        try (OutputStream out = post.getOutputStream()) {
            out.write(JSON.writeValueAsBytes(all));
        }
        if (post.getResponseCode() >= HttpURLConnection.HTTP_BAD_REQUEST) {
            throw new IOException("the configuration was refused with " + post.getResponseCode());
        }
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!get(url + "/onos/pmip/statistics", user).path("ready").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new IOException("the anchor is not ready");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return "the anchor is ready";
    }

    private static JsonNode get(String url, String user) throws IOException {
        return JSON.readTree(open(url, user).getInputStream());
    }

    private static HttpURLConnection open(String url, String user) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString(
            user.getBytes(StandardCharsets.UTF_8)));
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(60_000);
        return connection;
    }

    private boolean passes(Node node) throws IOException, InterruptedException {
        long number = System.nanoTime();
        domain.uplink(node.gateway, node.prefix, node.uplink, number);
        boolean up = new ClusterDomain.Arrival(2, "", number).equals(arrival(number));
        domain.downlink(node.prefix, number + 1);
        return up && new ClusterDomain.Arrival(node.gateway, ClusterDomain.around(node.downlink), number + 1)
            .equals(arrival(number + 1));
    }

    private ClusterDomain.Arrival arrival(long number) throws InterruptedException {
        ClusterDomain.Arrival arrival = domain.arrival(1_000);
        while (arrival != null && arrival.number() != number) {
            arrival = domain.arrival(1_000);
        }
        return arrival;
    }
}
