// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * What a port is made of, in the words of the command line. Immutable.
 *
 * <ul>
 * <li>{@code veth0}: a Linux interface (needs root)
 * <li>{@code udp:127.0.0.1:5001/127.0.0.1:6001}: UDP sockets on loopback, local and remote
 * <li>{@code pcap:in.pcap,out.pcap}: capture files; either may be left out
 * </ul>
 */
public final class PortSpec {
    /** Ports 511 and above mean "drop" to v1model. */
    public static final int HIGHEST_PORT = 510;
    private static final String UDP = "udp:";
    private static final String PCAP = "pcap:";
    /** Kernel constant IFNAMSIZ, less its final zero. */
    private static final int LONGEST_INTERFACE = 15;

    private final String text;
    private final Maker maker;

    private interface Maker {
        Port port(int number, int threads);
    }

    /** A number with what the port of that number is made of. */
    public record Numbered(int number, PortSpec spec) {
        /** Makes the port, closed as yet. */
        public Port port() {
            return port(1);
        }

        /**
         * Makes the port, closed as yet.
         *
         * @param threads how many take the frames of a Linux interface, 1 to {@value LinuxPort#MOST_THREADS}; other
         *     ports have one in any case
         */
        public Port port(int threads) {
            return spec.maker.port(number, threads);
        }

        @Override
        public String toString() {
            return number + "@" + spec;
        }
    }

    private PortSpec(String text, Maker maker) {
        this.text = text;
        this.maker = maker;
    }

    /** A Linux interface of that name. */
    public static PortSpec device(String name) {
        if (name.isEmpty() || name.length() > LONGEST_INTERFACE || name.matches(".*[\\s/:].*")) {
            throw new IllegalArgumentException("'" + name + "' is not the name of an interface");
        }
        return new PortSpec(name, (number, threads) -> new LinuxPort(number, name, threads));
    }

    /** UDP sockets on loopback; see {@link UdpPort}. */
    public static PortSpec udp(InetSocketAddress local, InetSocketAddress remote) {
        String text = UDP + text(local) + "/" + text(remote);
        return new PortSpec(text, (number, threads) -> new UdpPort(number, local, remote));
    }

    /** Capture files, either of which may be null; see {@link PcapPort}. */
    public static PortSpec pcap(Path in, Path out) {
        return new PortSpec(PCAP + (in == null ? "" : in) + "," + (out == null ? "" : out),
                (number, threads) -> new PcapPort(number, in, out));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress() == null ? address.getHostString() : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /**
     * Reads for example {@code 1@udp:127.0.0.1:5001/127.0.0.1:6001}.
     *
     * @throws IllegalArgumentException with what is wrong and how it should be
     */
    public static Numbered parse(String argument) {
        int at = argument.indexOf('@');
        if (at < 1 || at == argument.length() - 1) {
            throw new IllegalArgumentException("'" + argument + "' is not PORT@SPEC, for example 1@veth0");
        }
        int number;
        try {
            number = Integer.parseInt(argument.substring(0, at));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + argument + "': '" + argument.substring(0, at)
                    + "' is not a port number from 0 to " + HIGHEST_PORT, e);
        }
        if (number < 0 || number > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + argument + "': port " + number + " is not from 0 to "
                    + HIGHEST_PORT);
        }
        try {
            PortSpec spec = of(argument.substring(at + 1));
            spec.maker.port(number, 1);
            return new Numbered(number, spec);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + argument + "': " + e.getMessage(), e);
        }
    }

    /** Reads what follows the {@code @}; see {@link #parse}. */
    public static PortSpec of(String text) {
        if (text.startsWith(UDP)) {
            String[] ends = text.substring(UDP.length()).split("/", -1);
            if (ends.length != 2) {
                throw new IllegalArgumentException("'" + text + "' is not udp:LOCALHOST:PORT/REMOTEHOST:PORT");
            }
            return udp(address(ends[0], 0), address(ends[1], 1));
        }
        if (text.startsWith(PCAP)) {
            String[] files = text.substring(PCAP.length()).split(",", -1);
            if (files.length != 2 || files[0].isEmpty() && files[1].isEmpty()) {
                throw new IllegalArgumentException("'" + text + "' is not pcap:IN.pcap,OUT.pcap");
            }
            return pcap(files[0].isEmpty() ? null : Path.of(files[0]), files[1].isEmpty() ? null : Path.of(files[1]));
        }
        return device(text);
    }

    private static InetSocketAddress address(String text, int lowestPort) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT");
        }
        String host = text.substring(0, colon);
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < lowestPort || port > 0xffff) {
                throw new IllegalArgumentException("'" + text + "': " + port + " is not a UDP port from " + lowestPort
                        + " to 65535");
            }
            if (!host.matches("localhost|127(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+\\]")) {
                throw new IllegalArgumentException("'" + host
                        + "' is not a loopback address: use 127.0.0.1 or [::1]");
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not HOST:PORT", e);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + host + "' is not an address", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
