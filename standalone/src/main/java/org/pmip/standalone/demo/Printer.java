// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints the story with its tables, and keeps the list of what did not come true. For one thread. */
final class Printer {

    private static final String TOPOLOGY = """

                                   port 1  +---------------------+
           mn1 mn2 .... MAG 1 -------------|                     |  port 3
                    2001:db8:0:11::1       |  LMA 2001:db8:0:1::1|----------- correspondent node
                                   port 2  |  P4 switch          |            2001:db8:ff::100
           mn3 ........ MAG 2 -------------|                     |
                    2001:db8:0:12::1       +---------------------+
                      tunnels: IPv6-in-IPv6, GRE, GRE with keys
        """;

    private final PrintStream out;
    private final long began = System.nanoTime();
    private final List<String> failures = new ArrayList<>();

    Printer(PrintStream out) {
        this.out = out;
    }

    void topology() {
        out.println(TOPOLOGY);
    }

    void say(String format, Object... arguments) {
        out.printf("%6.2f s  %s%n", (System.nanoTime() - began) / 1e9, String.format(format, arguments));
    }

    /** Says what was found and notes it if it is not as it should be. */
    void check(boolean right, String format, Object... arguments) {
        String text = String.format(format, arguments);
        say("  %s %s", right ? "ok  " : "FAIL", text);
        if (!right) {
            failures.add(text);
        }
    }

    List<String> failures() {
        return failures;
    }

    void bindings(JsonNode snapshot) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {"MN-Identifier", "session", "state", "home network prefix", "Proxy-CoA", "GRE",
            "downlink key", "uplink key", "life", "up pkts", "down pkts"});
        for (JsonNode node : snapshot.get("bindings")) {
            for (JsonNode session : node.get("sessions")) {
                rows.add(new String[] {node.get("mobileNode").asText(), session.get("sessionId").asText(),
                    session.get("state").asText(), session.get("prefixes").get(0).asText(),
                    session.get("proxyCoa").asText(), session.get("gre").asText(), key(session.get("downlinkKey")),
                    key(session.get("uplinkKey")), session.get("lifetimeSeconds").asText() + " s",
                    session.get("traffic").get("uplinkPackets").asText(),
                    session.get("traffic").get("downlinkPackets").asText()});
            }
        }
        out.println();
        table("binding cache", rows);
    }

    private static String key(JsonNode key) {
        return key == null ? "-" : String.format("0x%08x", key.asLong());
    }

    void entries(JsonNode snapshot, String mobileNode) {
        out.println();
        out.println("  table entries of " + mobileNode);
        for (JsonNode node : snapshot.get("bindings")) {
            if (node.get("mobileNode").asText().equals(mobileNode)) {
                node.get("sessions").forEach(session ->
                        session.get("entries").forEach(entry -> out.println("    " + entry.asText())));
            }
        }
        out.println();
    }

    void counts(String title, JsonNode counts) {
        List<String[]> rows = new ArrayList<>();
        rows.add(new String[] {title, "count"});
        counts.fields().forEachRemaining(one -> {
            if (one.getValue().asLong() > 0) {
                rows.add(new String[] {one.getKey(), one.getValue().asText()});
            }
        });
        out.println();
        table(title, rows);
    }

    private void table(String title, List<String[]> rows) {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        out.println("  " + title);
        StringBuilder line = new StringBuilder("  +");
        for (int width : widths) {
            line.append("-".repeat(width + 2)).append('+');
        }
        out.println(line);
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder cells = new StringBuilder("  |");
            for (int j = 0; j < widths.length; j++) {
                cells.append(' ').append(String.format("%-" + widths[j] + "s", rows.get(i)[j])).append(" |");
            }
            out.println(cells);
            if (i == 0 || i == rows.size() - 1) {
                out.println(line);
            }
        }
        out.println();
    }
}
