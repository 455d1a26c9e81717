// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleException;
import org.pmip.standalone.StandaloneHost;

/** Everything that runs in the demonstration: the switch, the host and the three peers. For one thread. */
final class Bench {

    private static final String DRIVER = "bmv2";

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
