// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.Ipv4Home;

/** What goes onto an access link, read by a dissector that others wrote. Names no rows: it may be skipped. */
class TsharkOracleTest {

    private static final int LINKTYPE_ETHERNET = 1;
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    @BeforeAll
    static void isInstalled() {
        boolean found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(each -> Files.isExecutable(Path.of(each, "tshark")));
        assumeTrue(found, "tshark is not installed: the dissection by others is not compared");
    }

    private static byte[] dhcpv4(int type) {
        Ipv4Home home = new Ipv4Home(Ip4Address.valueOf("10.1.0.7"), 24, Ip4Address.valueOf("10.1.0.1"));
        Dhcpv4Message asked = Dhcpv4Message.builder(Dhcpv4Message.REQUEST, 7, NeighborDiscoveryTest.NODE)
                .type(type).build();
        return Ipv4UdpFrame.answer(NeighborDiscoveryTest.ROUTER, home.defaultRouter(),
                Dhcpv4Server.answer(asked, Optional.of(home), 3_600, 1_452).orElseThrow()).octets();
    }

    private static byte[] dhcpv6() {
        byte[] solicit = {1, 0, 0, 7};
        return Ipv6Frame.udp(NeighborDiscoveryTest.ROUTER, NeighborDiscoveryTest.NODE,
                Ip6Address.valueOf("2001:db8:ffff::11"), Dhcpv6Relay.SERVER_PORT,
                Ip6Address.valueOf("2001:db8:ffff::d"), Dhcpv6Relay.SERVER_PORT,
                Dhcpv6Relay.forward(solicit, NeighborDiscoveryTest.HOME, NeighborDiscoveryTest.NODE_ADDRESS,
                        new byte[] {42}).orElseThrow()).octets();
    }

    private static byte[] probe() {
        return NeighborSolicitation.probe(NeighborDiscoveryTest.ROUTER, NeighborDiscoveryTest.ROUTER_ADDRESS,
                NeighborDiscoveryTest.NODE, NeighborDiscoveryTest.NODE_ADDRESS).octets();
    }

    @Test
    void nothingIsMalformedAndEveryChecksumIsRight() throws Exception {
        List<byte[]> frames = List.of(NeighborDiscoveryTest.advertisement().octets(),
                RouterSolicitation.frame(NeighborDiscoveryTest.NODE, Ip6Address.ZERO).octets(), probe(),
                dhcpv4(Dhcpv4Message.DISCOVER), dhcpv4(Dhcpv4Message.ASK), dhcpv6(),
                ArpFrame.request(NeighborDiscoveryTest.NODE, NeighborDiscoveryTest.ROUTER,
                        Ip4Address.valueOf("10.1.0.1"), Ip4Address.valueOf("10.1.0.7")).octets());

        assertThat(run(frames, "-o", "udp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE", "-V"))
                .contains("Router Advertisement", "Router Solicitation", "Neighbor Solicitation", "DHCP: Offer (2)",
                        "DHCPv6",
                        "Address Resolution Protocol (request)")
                .doesNotContain("alformed").doesNotContain("incorrect").doesNotContain("[Expert Info");
    }

    @Test
    void fields() throws Exception {
        assertThat(run(List.of(NeighborDiscoveryTest.advertisement().octets()), "-T", "fields", "-E", "separator=|",
                "-e", "icmpv6.nd.ra.flag.m", "-e", "icmpv6.nd.ra.router_lifetime", "-e", "icmpv6.opt.prefix",
                "-e", "icmpv6.opt.prefix.valid_lifetime", "-e", "icmpv6.opt.mtu").strip())
                .isEqualTo("1|120|2001:db8:a::|3600|1452");
        assertThat(run(List.of(dhcpv4(Dhcpv4Message.DISCOVER)), "-T", "fields", "-E", "separator=|",
                "-e", "dhcp.option.dhcp", "-e", "dhcp.ip.your", "-e", "dhcp.option.router",
                "-e", "dhcp.option.subnet_mask", "-e", "dhcp.option.interface_mtu").strip())
                .isEqualTo("2|10.1.0.7|10.1.0.1|255.255.255.0|1452");
        assertThat(run(List.of(dhcpv6()), "-T", "fields", "-E", "separator=|", "-e", "dhcpv6.linkaddr",
                "-e", "dhcpv6.peeraddr", "-e", "dhcpv6.hopcount").strip())
                .isEqualTo("2001:db8:a::|fe80::ff:fe00:1|0");
    }

    private String run(List<byte[]> frames, String... arguments) throws Exception {
        Path capture = folder.resolve("frames.pcap");
        write(capture, frames);
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        Path errors = folder.resolve("errors");
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile())
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("tshark did not end in " + SECONDS + " s");
        }
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static void write(Path file, List<byte[]> frames) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(0xa1b2c3d4);
            out.writeShort(2);
            out.writeShort(4);
            out.writeLong(0);
            out.writeInt(0xffff);
            out.writeInt(LINKTYPE_ETHERNET);
            for (byte[] frame : frames) {
                out.writeLong(0);
                out.writeInt(frame.length);
                out.writeInt(frame.length);
                out.write(frame);
            }
        }
    }
}
