// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.port.PortCounters;

/**
 * What a switch has counted, for a browser at {@code /} and for programs at {@code /metrics.json}. Nothing can be
 * changed through it. Thread-safe.
 */
final class CountersPage implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int REFRESH_SECONDS = 5;
    private static final long CLOSE_SECONDS = 2;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int METHOD_NOT_ALLOWED = 405;

    private final SoftSwitch device;
    /** Kept, because asking for it waits for a switch that is being closed, which waits for this page. */
    private final String p4Runtime;
    private final HttpServer server;
    private final ExecutorService thread;

    /** Hits of a table: the sum of its direct counters. */
    private record Hits(long packets, long octets) { }

    /** Serves at that address; port 0 is any free one. */
    CountersPage(SoftSwitch device, InetSocketAddress address) throws IOException {
        this.device = device;
        p4Runtime = device.address();
        server = HttpServer.create(address, 0);
        thread = Executors.newSingleThreadExecutor(work -> {
            Thread made = new Thread(work, "softswitch-" + Long.toUnsignedString(device.deviceId()) + "-http");
            made.setDaemon(true);
            return made;
        });
        server.setExecutor(thread);
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!"GET".equals(exchange.getRequestMethod())) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, METHOD_NOT_ALLOWED, "text/plain", "Only GET is offered.\n");
            } else if ("/".equals(path)) {
                send(exchange, OK, "text/html", html());
            } else if ("/metrics.json".equals(path)) {
                send(exchange, OK, "application/json", json().toPrettyString() + "\n");
            } else {
                send(exchange, NOT_FOUND, "text/plain", "There are / and /metrics.json.\n");
            }
        }
    }

    private static void send(HttpExchange exchange, int code, String type, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(code, octets.length);
        exchange.getResponseBody().write(octets);
    }

    /** Tables that match on something, in the program's order; the others are the compiler's. */
    private List<Table> tables() {
        List<Table> tables = new ArrayList<>();
        Pipeline pipeline = device.pipeline();
        if (pipeline != null) {
            pipeline.tables().forEach(table -> {
                if (!table.keys().isEmpty()) {
                    tables.add(table);
                }
            });
        }
        return tables;
    }

    /** Null when the program does not count them. */
    private static Hits hits(Table table) {
        if (!table.hasCounter()) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        table.forEach(entries::add);
        long packets = 0;
        long octets = 0;
        for (Entry entry : entries) {
            try {
                CounterArray.Value value = table.counter(entry);
                packets += value.packets();
                octets += value.bytes();
            } catch (TableException e) {
                // Deleted since; what it has counted is gone with it.
                continue;
            }
        }
        return new Hits(packets, octets);
    }

    private ObjectNode json() {
        ObjectNode all = MAPPER.createObjectNode();
        all.put("deviceId", Long.toUnsignedString(device.deviceId()));
        all.put("p4runtime", p4Runtime);
        all.put("programmed", device.pipeline() != null);
        ArrayNode ports = all.putArray("ports");
        device.counters().forEach((number, counted) -> ports.addObject().put("port", number)
                .put("interface", device.port(number).toString()).put("up", device.up(number))
                .put("framesIn", counted.framesIn()).put("octetsIn", counted.octetsIn())
                .put("dropsIn", counted.dropsIn()).put("framesOut", counted.framesOut())
                .put("octetsOut", counted.octetsOut()).put("dropsOut", counted.dropsOut()));
        ArrayNode tables = all.putArray("tables");
        for (Table table : tables()) {
            ObjectNode one = tables.addObject().put("name", table.name()).put("entries", table.count())
                    .put("size", table.size());
            Hits hits = hits(table);
            if (hits != null) {
                one.put("hitPackets", hits.packets()).put("hitOctets", hits.octets());
            }
        }
        CellsReport.add(device.pipeline(), all);
        return all;
    }

    private String html() {
        StringBuilder page = new StringBuilder();
        String title = "Device " + Long.toUnsignedString(device.deviceId());
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>").append(title)
                .append("</title><meta http-equiv=\"refresh\" content=\"").append(REFRESH_SECONDS).append("\">\n")
                .append("<style>body{font-family:sans-serif}td,th{padding:.2em .8em;text-align:right}")
                .append("td:first-child,th:first-child{text-align:left}</style></head>\n<body><h1>").append(title)
                .append("</h1>\n<p>P4Runtime on ").append(escaped(p4Runtime)).append(", ")
                .append(device.pipeline() == null ? "no program" : "a program runs")
                .append(". <a href=\"metrics.json\">As JSON</a></p>\n");
        row(page.append("<table>\n"), "th", "port", "link", "frames in", "octets in", "dropped in",
                "frames out", "octets out", "dropped out");
        device.counters().forEach((number, counted) ->
                port(page, device.port(number).toString(), device.up(number), counted));
        row(page.append("</table>\n<table>\n"), "th", "table", "entries", "size", "hits", "octets");
        for (Table table : tables()) {
            Hits hits = hits(table);
            row(page, "td", table.name(), table.count(), table.size(), hits == null ? "not counted" : hits.packets(),
                    hits == null ? "" : hits.octets());
        }
        ObjectNode cells = MAPPER.createObjectNode();
        CellsReport.add(device.pipeline(), cells);
        row(page.append("</table>\n<table>\n"), "th", "counter", "cells", "that counted", "packets", "octets");
        cells.path("counters").forEach(one -> row(page, "td", one.path("name").asText(), one.path("size"),
                one.path("used"), one.path("packets"), one.path("octets")));
        row(page.append("</table>\n<table>\n"), "th", "meter", "cells", "configured");
        cells.path("meters").forEach(one -> row(page, "td", one.path("name").asText(), one.path("size"),
                one.path("used")));
        row(page.append("</table>\n<table>\n"), "th", "register", "cells", "bits", "not zero");
        cells.path("registers").forEach(one -> row(page, "td", one.path("name").asText(), one.path("size"),
                one.path("width"), one.path("used")));
        return page.append("</table></body></html>\n").toString();
    }

    private static void port(StringBuilder page, String name, boolean up, PortCounters.Snapshot counted) {
        row(page, "td", name, up ? "up" : "down", counted.framesIn(), counted.octetsIn(), counted.dropsIn(),
                counted.framesOut(), counted.octetsOut(), counted.dropsOut());
    }

    private static void row(StringBuilder page, String cell, Object... values) {
        page.append("<tr>");
        for (Object value : values) {
            page.append('<').append(cell).append('>').append(escaped(value.toString())).append("</").append(cell)
                    .append('>');
        }
        page.append("</tr>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    @Override
    public void close() {
        server.stop(0);
        thread.shutdownNow();
        try {
            thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
