// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.Samples;

/** A trace tells a packet's way: states, headers, conditions, tables with keys, actions with arguments, changes. */
class TraceTest {
    private final List<String> steps = new ArrayList<>();

    private Pipeline load(String sample) throws Exception {
        Pipeline pipeline = PipelineLoader.load(Files.readString(Samples.path(sample + ".json")));
        pipeline.trace((packet, text) -> steps.add(text));
        return pipeline;
    }

    private void send(Pipeline pipeline, String frame) {
        byte[] octets = HexFormat.of().parseHex(frame);
        pipeline.receive(0, octets, 0, octets.length, new Pipeline.Output() {
            @Override
            public void transmit(int port, byte[] out, int offset, int length) {
                steps.add("out " + port);
            }

            @Override
            public void digest(String name, byte[][] fields) {
                steps.add("digest " + name);
            }
        });
    }

    private static String wide(int operation, String a, String b) {
        return String.format("%02x%32s%32s%24s", operation, a, b, "").replace(' ', '0');
    }

    @Test
    void aWayThroughTablesAndHeadersOfAnyWidth() throws Exception {
        send(load("wide"), wide(1, "10000000000000007", "5"));
        assertThat(steps).containsExactly(
                "Received 45 octets on port 0",
                "Ingress",
                "Parser state 'start' at octet 0",
                "Header 'wide' is valid now: operation = 0x01, a = 0x00000000000000010000000000000007, "
                        + "b = 0x00000000000000000000000000000005, result = 0x000000000000000000000000",
                "Action wide75",
                "Changed: standard_metadata.egress_spec = 0x001 (was 0x000)",
                "Condition 'node_3' is true",
                "Table 'WideIngress.by_range': hit [Range[low=0x010000000000000000, high=0x01ffffffffffffffff], "
                        + "Range[low=0x05, high=0xffffffffffffffffffff], Exact[value=0x01]], "
                        + "action WideIngress.result(value = 0x1)",
                "Changed: wide.result = 0x000000000000000000000001 (was 0x000000000000000000000000)",
                "Egress for port 1",
                "Changed: standard_metadata.egress_spec = 0x000 (was 0x001), "
                        + "standard_metadata.egress_port = 0x001 (was 0x000)",
                "Deparser: wide",
                "Transmitting 45 octets on port 1",
                "out 1");
    }

    @Test
    void registersAndSumsThatSaturate() throws Exception {
        Pipeline pipeline = load("wide");
        send(pipeline, wide(4, "ff", "0"));
        assertThat(steps).anyMatch(step -> step.contains("'WideIngress.kept': cell 1 is read"))
                .anyMatch(step -> step.contains("'WideIngress.kept': cell 1 becomes 0xff0"));
    }

    @Test
    void headersThatComeAndGoCopiesDigestsAndRounds() {
        Harness harness = Harness.features();
        harness.pipeline.trace((packet, text) -> steps.add(text));
        for (int operation = 0; operation < 64; operation++) {
            byte[] frame = Command.of(operation).arg(1).a(3).b(2).frame();
            harness.pipeline.receive(1, frame, 0, frame.length, new Pipeline.Output() {
                @Override
                public void transmit(int port, byte[] out, int offset, int length) {
                    steps.add("out");
                }

                @Override
                public void digest(String name, byte[][] fields) {
                    steps.add("digest");
                }
            });
        }
        assertThat(steps).anyMatch(step -> step.matches("Header '.*' is invalid now"))
                .anyMatch(step -> step.startsWith("Clone session ") && step.endsWith("unknown, no copy"))
                .anyMatch(step -> step.equals("Resubmitted"))
                .anyMatch(step -> step.startsWith("Recirculated with "))
                .anyMatch(step -> step.startsWith("Multicast group "))
                .anyMatch(step -> step.startsWith("Counter '"))
                .anyMatch(step -> step.startsWith("Meter '"));
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).equals("digest")) {
                assertThat(steps.get(i - 1)).startsWith("Digest '");
            }
        }
    }
}
