// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.pmip.checks.junit.FreePorts;

/**
 * Configurations and free ports for tests.
 */
final class Samples {
    static final String DEVICE = "device:lma1";
    static final String LMA_SERVICE = "org.pmip.onos.lma.LmaService";

    private Samples() {
    }

    /** An anchor on one switch. */
    static ObjectNode anchor(int grpcPort) throws IOException {
        return (ObjectNode) new ObjectMapper().readTree("""
            {"devices": {"%1$s": {"basic": {"managementAddress": "grpc://127.0.0.1:%2$d?device_id=1",
                "driver": "bmv2", "pipeconf": "org.pmip.pipeconf"}}},
             "apps": {"org.pmip": {"pmip": {
                "lma": {"device": "%1$s", "address": "2001:db8:0:1::1",
                  "pools": [{"name": "home", "prefix": "2001:db8:100::/40", "length": 64}],
                  "mags": [{"name": "mag1", "address": "2001:db8:0:11::1"}]},
                "switches": {"%1$s": {
                  "interfaces": [
                    {"port": 1, "role": "transport", "mac": "00:00:5e:00:53:01", "addresses": ["2001:db8:0:1::1"]},
                    {"port": 2, "role": "home", "mac": "00:00:5e:00:53:02", "operator": 1}],
                  "routes": [
                    {"prefix": "2001:db8:0:11::/64", "port": 1, "nextHop": "00:00:5e:00:53:11"},
                    {"prefix": "::/0", "operator": 1, "port": 2, "nextHop": "00:00:5e:00:53:12"}]}}}}}}
            """.formatted(DEVICE, grpcPort));
    }

    /** The same with a switch in the process of the host. */
    static ObjectNode anchorWithSwitch(int grpcPort) throws IOException {
        ObjectNode root = anchor(grpcPort);
        ObjectNode one = root.putObject("standalone").putObject("softswitches").putObject(DEVICE);
        one.put("deviceId", 1).put("cpuPort", 255);
        one.putArray("ports")
            .add("1@udp:127.0.0.1:" + freeUdp() + "/127.0.0.1:" + freeUdp())
            .add("2@udp:127.0.0.1:" + freeUdp() + "/127.0.0.1:" + freeUdp());
        return root;
    }

    static int freeTcp() throws IOException {
        return FreePorts.tcp();
    }

    static int freeUdp() throws IOException {
        return FreePorts.udp();
    }
}
