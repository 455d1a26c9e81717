// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pmip.softswitch.p4runtime.Device;
import org.pmip.softswitch.p4runtime.P4RuntimeServer;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.port.PcapPort;
import org.pmip.softswitch.port.Port;
import org.pmip.softswitch.port.PortCounters;
import org.pmip.softswitch.port.PortSpec;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;

/**
 * A software switch: ports, a P4 program that takes packets between them, and a P4Runtime server by which controllers
 * set the program and its tables. Several may live in one JVM. Thread-safe.
 *
 * <pre>{@code
 * try (SoftSwitch lma = SoftSwitch.builder().deviceId(1).cpuPort(255)
 *         .port(1, PortSpec.of("udp:127.0.0.1:5001/127.0.0.1:6001")).grpc("127.0.0.1:0").build()) {
 *     lma.start();
 *     connect(lma.address());
 * }
 * }</pre>
 */
public final class SoftSwitch implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SoftSwitch.class.getName());
    /** How old a frame is at most when it shows in its capture. */
    private static final long FLUSH_SECONDS = 1;
    /** How often the links of ports are looked at. */
    private static final long LINK_MILLIS = 200;

    private final Device device;
    private final InetSocketAddress listen;
    private final InetSocketAddress listenHttp;
    private final Path captures;
    private final SortedMap<Integer, Attached> ports = new TreeMap<>();
    /** What the device was told last of each port. */
    private final Map<Integer, Boolean> linksUp = new HashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private P4RuntimeServer server;
    private CountersPage page;
    private boolean closed;

    SoftSwitch(SoftSwitchBuilder from) {
        listen = from.listen();
        listenHttp = from.page();
        captures = from.captures();
        timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "softswitch-" + Long.toUnsignedString(from.deviceId()) + "-timer");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        device = new Device(from.deviceId(), from.cpuPort(), new Device.Ports() {
            @Override
            public void transmit(int port, byte[] frame, int offset, int length) {
                SoftSwitch.this.transmit(port, frame, offset, length);
            }

            @Override
            public boolean has(int port) {
                return ports.containsKey(port) || port == from.cpuPort();
            }
        }, timer);
        from.ports().forEach((number, spec) -> {
            ports.put(number, new Attached(new PortSpec.Numbered(number, spec).port(from.portThreads())));
            linksUp.put(number, true);
        });
    }

    /** Begins the description of a switch. */
    public static SoftSwitchBuilder builder() {
        return new SoftSwitchBuilder();
    }

    /**
     * Runs a program before any controller comes.
     *
     * @param json bmv2 JSON of p4c-bm2-ss, in UTF-8
     * @throws IllegalArgumentException when it cannot be run, with the reason
     */
    public void program(byte[] json) {
        device.program(json, null);
    }

    /** Runs a program with its P4Info, as if a controller had set it; see {@link #program(byte[])}. */
    public void program(ForwardingPipelineConfig config) {
        device.program(null, config);
    }

    /** Traces the steps of every packet; null ends it. */
    public void trace(Pipeline.Trace trace) {
        device.trace(trace);
    }

    /**
     * Opens the ports and the server.
     *
     * @throws IOException when one of them cannot be opened, with which and why; then everything is closed again
     */
    public synchronized void start() throws IOException {
        if (server != null || closed) {
            throw new IllegalStateException("a switch is started once");
        }
        try {
            for (Map.Entry<Integer, Attached> port : ports.entrySet()) {
                int number = port.getKey();
                port.getValue().start(captures == null ? null
                        : captures.resolve("switch" + Long.toUnsignedString(device.id()) + "-port" + number + ".pcap"),
                        (attached, frame, offset, length) -> {
                            if (!device.receive(number, frame, offset, length)) {
                                attached.port().counters().dropIn();
                            }
                        });
            }
            if (captures != null) {
                timer.scheduleWithFixedDelay(this::flush, FLUSH_SECONDS, FLUSH_SECONDS, TimeUnit.SECONDS);
            }
            watchLinks();
            timer.scheduleWithFixedDelay(this::watchLinks, LINK_MILLIS, LINK_MILLIS, TimeUnit.MILLISECONDS);
            server = new P4RuntimeServer(device, listen);
        } catch (IOException e) {
            close();
            throw server == null && e.getMessage() != null && e.getMessage().startsWith("port ") ? e
                    : new IOException("cannot serve P4Runtime on " + listen + ": " + e.getMessage(), e);
        }
        if (listenHttp != null) {
            try {
                page = new CountersPage(this, listenHttp);
            } catch (IOException e) {
                close();
                throw new IOException("cannot serve counters on " + listenHttp + ": " + e.getMessage(), e);
            }
        }
    }

    /**
     * Takes a port out of service or back: while it is out, frames are dropped both ways, and members of groups that
     * watch it are not chosen.
     *
     * @throws IllegalArgumentException when there is no such port
     */
    public void enable(int port, boolean enabled) {
        attached(port).enable(enabled);
        watchLinks();
    }

    /** Whether the port is in service and its link is up; IllegalArgumentException when there is none. */
    public boolean up(int port) {
        return attached(port).up();
    }

    private void watchLinks() {
        synchronized (linksUp) {
            ports.forEach((number, attached) -> {
                try {
                    boolean up = attached.up();
                    if (!linksUp.put(number, up).equals(up)) {
                        device.port(number, up);
                    }
                } catch (IllegalStateException e) {
                    // Out of descriptors, say: what was known last holds until the next look.
                    LOG.log(Level.WARNING, "port " + number, e);
                }
            });
        }
    }

    private void transmit(int port, byte[] frame, int offset, int length) {
        Attached attached = ports.get(port);
        if (attached != null) {
            attached.send(frame, offset, length);
        }
    }

    /** Lets the frames of capture files in (see {@link PcapPort}); the future is done when all are through. */
    public CompletableFuture<Void> replay() {
        List<CompletableFuture<Void>> all = new ArrayList<>();
        ports.values().forEach(attached -> {
            if (attached.port() instanceof PcapPort files) {
                all.add(files.replay());
            }
        });
        return CompletableFuture.allOf(all.toArray(new CompletableFuture<?>[0])).thenRun(this::flush);
    }

    private void flush() {
        ports.values().forEach(Attached::flush);
    }

    /** The port on which P4Runtime is served. */
    public synchronized int grpcPort() {
        if (server == null) {
            throw new IllegalStateException("the switch is not started");
        }
        return server.port();
    }

    /** Where P4Runtime is served, as HOST:PORT. */
    public String address() {
        String host = listen.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + grpcPort();
    }

    /** The port on which counters are served; -1 if they are not. */
    public synchronized int httpPort() {
        return page == null ? -1 : page.port();
    }

    /** The program that runs, or null. */
    Pipeline pipeline() {
        return device.pipeline();
    }

    /** By which controllers know it. */
    public long deviceId() {
        return device.id();
    }

    /** Numbers of the ports, rising. */
    public List<Integer> ports() {
        return List.copyOf(ports.keySet());
    }

    /** The port of that number; IllegalArgumentException when there is none. */
    public Port port(int number) {
        return attached(number).port();
    }

    private Attached attached(int number) {
        Attached attached = ports.get(number);
        if (attached == null) {
            throw new IllegalArgumentException("there is no port " + number + ", only " + ports.keySet());
        }
        return attached;
    }

    /** The counters of every port. */
    public SortedMap<Integer, PortCounters.Snapshot> counters() {
        SortedMap<Integer, PortCounters.Snapshot> all = new TreeMap<>();
        ports.forEach((number, attached) -> all.put(number, attached.port().counters().snapshot()));
        return Collections.unmodifiableSortedMap(all);
    }

    /** Closes the server, then the ports, and waits, at most a few seconds, until all threads are gone. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (page != null) {
            page.close();
        }
        if (server != null) {
            server.close();
        }
        ports.values().forEach(Attached::close);
        timer.shutdownNow();
        try {
            timer.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
