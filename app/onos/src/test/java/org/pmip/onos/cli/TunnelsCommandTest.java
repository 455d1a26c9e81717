// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;
import org.pmip.onos.dataplane.TunnelCounts;

class TunnelsCommandTest {

    private static String run(boolean json) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        TunnelsCommand command = new TunnelsCommand();
        command.json = json;
        command.service = new TunnelCounts() {
            @Override
            public ArrayNode read() {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                all.addObject().put("switch", "device:lma1").put("role", "anchor").put("own", "198.51.100.1")
                        .put("peer", "203.0.113.5").put("peerPort", 40_000).put("operator", 2).put("sessions", 3)
                        .put("receivedPackets", 4).put("receivedOctets", 500).put("sentPackets", 6)
                        .put("sentOctets", 700);
                return all;
            }
        };
        command.out = new PrintStream(octets, true, StandardCharsets.UTF_8);
        command.execute();
        return octets.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tunnelsAsTableAndAsJson() throws Exception {
        assertThat(run(false).lines().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "SWITCH ROLE OWN ADDRESS PEER OPERATOR SESSIONS RECEIVED PACKETS OCTETS SENT PACKETS OCTETS",
                "device:lma1 anchor 198.51.100.1 203.0.113.5 port 40000 2 3 4 500 6 700");
        assertThat(run(true)).contains("\"sentOctets\" : 700");
        assertThat(TunnelsCommand.class.getAnnotation(Service.class)).isNotNull();
        assertThat(TunnelsCommand.class.getAnnotation(Command.class).name()).isEqualTo("pmip-tunnels");
    }
}
