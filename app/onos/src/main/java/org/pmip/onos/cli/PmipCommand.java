// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.pmip.onos.lma.Waiting;
import org.pmip.onos.statistics.Statistics;

/** What all commands have in common: text for people or JSON for programs, and errors in one line. */
public abstract class PmipCommand implements Action {

    private static final long DELETION_SECONDS = 30;
    private static final long COMPARISON_SECONDS = 120;

    /** Where the answer goes: the console of whoever gave the command, unless a test says otherwise. */
    PrintStream out;

    @Option(name = "-j", aliases = "--json", description = "Print JSON")
    boolean json;

    @Override
    public final Object execute() throws Exception {
        if (out == null) {
            // The shell puts its own stream here for the time of a command.
            out = System.out;
        }
        try {
            run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            out.println(e.getMessage());
        }
        return null;
    }

    /**
     * Does it.
     *
     * @throws IllegalArgumentException if an argument is wrong; its message is for the user
     * @throws IllegalStateException if it cannot be done now; its message is for the user
     */
    abstract void run() throws Exception;

    void json(JsonNode node) throws Exception {
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }

    /**
     * Waits until a session is ended.
     *
     * @param deletion completes with whether there was such a session
     * @throws IllegalStateException if that cannot be told; its message is for the user
     */
    static boolean ended(long sessionId, CompletableFuture<Boolean> deletion) {
        return Waiting.on("session " + sessionId + ": ", deletion, DELETION_SECONDS);
    }

    /** Says which sessions were ended. */
    void ended(ArrayNode sessions) throws Exception {
        if (json) {
            json(JsonNodeFactory.instance.objectNode().set("ended", sessions));
        } else if (sessions.isEmpty()) {
            out.println("there is no such session");
        } else {
            sessions.forEach(one -> out.println("session " + one.asText() + " is ended"));
        }
    }

    /**
     * Waits for a comparison and says how many rules were wrong.
     *
     * @param right what is said if none was
     */
    void written(CompletableFuture<Integer> comparison, String right) throws Exception {
        int written = Waiting.on("", comparison, COMPARISON_SECONDS);
        if (json) {
            json(JsonNodeFactory.instance.objectNode().put("written", written));
        } else {
            out.println(written == 0 ? right : written + " rules were written.");
        }
    }

    /** Says how many mobile nodes there are and, if these are more than the page shows, how to see the next ones. */
    void counted(long all, List<String> page) {
        out.println(all > page.size()
                ? page.size() + " of " + all + " mobile nodes; more with --after "
                        + (page.isEmpty() ? "" : page.get(page.size() - 1))
                : all + (all == 1 ? " mobile node" : " mobile nodes"));
    }

    /** Shows what one role did, how long it took, and what its switches dropped. */
    void counted(Statistics<?> statistics, Map<String, Long> dropped) {
        Columns columns = new Columns("COUNTED", "NUMBER");
        statistics.counts().forEach(columns::row);
        columns.print(out);
        Columns latencies = new Columns("MICROSECONDS", "TIMES", "MEAN", "MEDIAN", "95 %", "99 %", "GREATEST");
        statistics.latencies().forEach((step, took) -> latencies.row(step.word(), took.count(), took.mean(),
                took.median(), took.percentile95(), took.percentile99(), took.greatest()));
        latencies.print(out);
        Columns drops = new Columns("DROPPED FOR", "PACKETS");
        dropped.forEach(drops::row);
        drops.print(out);
    }

    /**
     * Checks the size of a page.
     *
     * @throws IllegalArgumentException if nothing would fit
     */
    static void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit: " + limit + " is not 1 or more");
        }
    }

    /** The home network prefixes and the IPv4 home address of a session, separated by commas. */
    static String home(JsonNode session) {
        String prefixes = StreamSupport.stream(session.get("prefixes").spliterator(), false).map(JsonNode::asText)
                .collect(Collectors.joining(","));
        String ipv4 = session.path("ipv4HomeAddress").asText();
        return prefixes.isEmpty() || ipv4.isEmpty() ? prefixes + ipv4 : prefixes + "," + ipv4;
    }

    /** Shows a session in full, a line each of its fields. */
    void show(JsonNode session) {
        out.println("  session " + session.get("sessionId").asText());
        Iterator<Map.Entry<String, JsonNode>> fields = session.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            show(field.getKey(), field.getValue());
        }
    }

    private void show(String name, JsonNode value) {
        if (name.equals("sessionId")) {
            return;
        }
        if (value.isArray() && name.equals("entries")) {
            out.println("    table entries");
            value.forEach(line -> out.println("      " + line.asText()));
        } else if (name.equals("context")) {
            // In one piece, as the command of another cluster takes it.
            out.println(String.format("    %-20s %s", name, value));
        } else if (value.isObject()) {
            value.fields().forEachRemaining(one -> show(one.getKey(), one.getValue()));
        } else if (value.isArray()) {
            value.forEach(one -> show(name, one));
        } else {
            out.println(String.format("    %-20s %s", name, value.asText()));
        }
    }
}
