// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleException;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.port.PortSpec;
import org.pmip.standalone.StandaloneHost;

/** Everything that runs in the demonstration: the switch, the host and the three peers. For one thread. */
final class Bench {

    private static final String DRIVER = "bmv2";
    private static final int CPU_PORT = 255;
    private static final int PORTS = 3;

    private final StandaloneHost host;
    private final PeerProcess gateway1;
    private final PeerProcess gateway2;
    private final PeerProcess correspondent;
    private final String description;

    private Bench(StandaloneHost host, PeerProcess gateway1, PeerProcess gateway2, PeerProcess correspondent,
                  String description) {
        this.host = host;
        this.gateway1 = gateway1;
        this.gateway2 = gateway2;
        this.correspondent = correspondent;
        this.description = description;
    }

    /**
     * Starts it all.
     *
     * @param target an external target, or null for a switch in this process
     * @param links far ends of the external target's ports
     * @param open takes what is to be closed, in the order in which it was opened, also when the start fails halfway
     */
    static Bench start(String target, List<String> links, String pcap, List<AutoCloseable> open)
            throws IOException, BundleException, InterruptedException {
        List<String> ends = new ArrayList<>(links);
        String address = target;
        if (target == null) {
            SoftSwitch lma = softSwitch(pcap, ends);
            open.add(lma);
            lma.start();
            address = "grpc://" + lma.address() + "?device_id=" + lma.deviceId();
        }
        StandaloneHost host = StandaloneHost.builder().networkConfig(Setting.network(address, DRIVER)).start();
        open.add(host);
        PeerProcess mag1 = add(open, PeerProcess.start("MAG 1", Setting.gateway(ends.get(0), Setting.MAG_1_MAC,
                Setting.TRANSPORT_MAC_1, Setting.MAG_1)));
        PeerProcess mag2 = add(open, PeerProcess.start("MAG 2", Setting.gateway(ends.get(1), Setting.MAG_2_MAC,
                Setting.TRANSPORT_MAC_2, Setting.MAG_2)));
        PeerProcess cn = add(open, PeerProcess.start("CN", Setting.correspondent(ends.get(2))));
        return new Bench(host, mag1, mag2, cn, String.format("switch %s, MAG 1 is process %d, MAG 2 %d, CN %d",
                address, mag1.pid(), mag2.pid(), cn.pid()));
    }

    /** A switch with three ports on loopback; their far ends are added to the list. */
    private static SoftSwitch softSwitch(String pcap, List<String> ends) throws IOException {
        SoftSwitchBuilder builder = SoftSwitch.builder().deviceId(1).cpuPort(CPU_PORT).grpc("127.0.0.1:0")
                .captures(Files.createDirectories(Path.of(pcap)));
        List<Integer> free = freePorts(2 * PORTS);
        for (int i = 0; i < PORTS; i++) {
            String near = "127.0.0.1:" + free.get(2 * i);
            String far = "127.0.0.1:" + free.get(2 * i + 1);
            builder.port(i + 1, PortSpec.of("udp:" + near + "/" + far));
            ends.add("udp:" + far + "/" + near);
        }
        return builder.build();
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<DatagramSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                sockets.add(socket);
                ports.add(socket.getLocalPort());
            }
        } finally {
            sockets.forEach(DatagramSocket::close);
        }
        return ports;
    }

    private static PeerProcess add(List<AutoCloseable> open, PeerProcess peer) {
        open.add(peer);
        return peer;
    }

    StandaloneHost host() {
        return host;
    }

    PeerProcess gateway1() {
        return gateway1;
    }

    PeerProcess gateway2() {
        return gateway2;
    }

    PeerProcess correspondent() {
        return correspondent;
    }

    String describe() {
        return description;
    }
}
