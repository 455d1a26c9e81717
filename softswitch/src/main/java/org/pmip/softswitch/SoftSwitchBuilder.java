// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pmip.softswitch.port.LinuxPort;
import org.pmip.softswitch.port.PortSpec;

/** Describes a {@link SoftSwitch}. For one thread. */
public final class SoftSwitchBuilder {
    private static final int HIGHEST_TCP_PORT = 0xffff;

    private long deviceId = 1;
    private int cpuPort = -1;
    private InetSocketAddress listen = new InetSocketAddress("127.0.0.1", 0);
    private InetSocketAddress page;
    private Path captures;
    private final SortedMap<Integer, PortSpec> ports = new TreeMap<>();
    private int portThreads = 1;

    SoftSwitchBuilder() {
    }

    /** The id by which controllers know the switch, 1 unless set; any 64 bits. */
    public SoftSwitchBuilder deviceId(long id) {
        deviceId = id;
        return this;
    }

    /** The port behind which the controllers are, 0 to 510; without one there is neither packet-in nor packet-out. */
    public SoftSwitchBuilder cpuPort(int port) {
        if (port < 0 || port > PortSpec.HIGHEST_PORT) {
            throw new IllegalArgumentException("CPU port " + port + " is not from 0 to " + PortSpec.HIGHEST_PORT);
        }
        cpuPort = port;
        return this;
    }

    /** Adds a port, 0 to 510. */
    public SoftSwitchBuilder port(int number, PortSpec spec) {
        if (number < 0 || number > PortSpec.HIGHEST_PORT) {
            throw new IllegalArgumentException("port " + number + " is not from 0 to " + PortSpec.HIGHEST_PORT);
        }
        if (ports.putIfAbsent(number, spec) != null) {
            throw new IllegalArgumentException("port " + number + " is given twice: as " + ports.get(number) + " and "
                    + spec);
        }
        return this;
    }

    /**
     * How many threads take the frames of each port on a Linux interface, 1 to {@value LinuxPort#MOST_THREADS} and 1
     * unless set; each flow stays with one of them.
     */
    public SoftSwitchBuilder portThreads(int threads) {
        if (threads < 1 || threads > LinuxPort.MOST_THREADS) {
            throw new IllegalArgumentException("a port has 1 to " + LinuxPort.MOST_THREADS + " threads, not "
                    + threads);
        }
        portThreads = threads;
        return this;
    }

    /** Adds a port in the words of the command line, for example {@code 1@veth0}; see {@link PortSpec}. */
    public SoftSwitchBuilder port(String numbered) {
        PortSpec.Numbered port = PortSpec.parse(numbered);
        return port(port.number(), port.spec());
    }

    /** Where P4Runtime is served, HOST:PORT; port 0 is any free one. 127.0.0.1:0 unless set. */
    public SoftSwitchBuilder grpc(String address) {
        listen = address(address);
        return this;
    }

    /**
     * Serves a page of counters over HTTP; none unless set.
     *
     * @param address HOST:PORT, or PORT on the loopback interface; port 0 is any free one
     */
    public SoftSwitchBuilder http(String address) {
        page = address(address.matches("[0-9]+") ? "127.0.0.1:" + address : address);
        return this;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            InetSocketAddress resolved = colon < 1 || port < 0 || port > HIGHEST_TCP_PORT ? null
                    : new InetSocketAddress(text.substring(0, colon), port);
            if (resolved == null || resolved.isUnresolved()) {
                throw new IllegalArgumentException("'" + text + "' is not HOST:PORT of this machine");
            }
            return resolved;
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT, for example 127.0.0.1:50051", e);
        }
    }

    /** Writes a capture of every port, both directions, to {@code switch<ID>-port<N>.pcap} in that directory. */
    public SoftSwitchBuilder captures(Path directory) {
        captures = directory;
        return this;
    }

    /** The switch, not started yet. Throws IllegalArgumentException when the CPU port is an ordinary port too. */
    public SoftSwitch build() {
        if (ports.containsKey(cpuPort)) {
            throw new IllegalArgumentException("port " + cpuPort + " is the CPU port: give " + ports.get(cpuPort)
                    + " another number");
        }
        return new SoftSwitch(this);
    }

    long deviceId() {
        return deviceId;
    }

    int cpuPort() {
        return cpuPort;
    }

    InetSocketAddress listen() {
        return listen;
    }

    InetSocketAddress page() {
        return page;
    }

    Path captures() {
        return captures;
    }

    int portThreads() {
        return portThreads;
    }

    SortedMap<Integer, PortSpec> ports() {
        return ports;
    }
}
