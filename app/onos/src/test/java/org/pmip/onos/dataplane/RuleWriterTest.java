// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.DeviceId;
import org.pmip.onos.Surroundings;
import org.pmip.pipeconf.entity.HomeNetwork;

import static org.assertj.core.api.Assertions.assertThat;

class RuleWriterTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");

    private final Surroundings onos = new Surroundings();
    private final RuleWriter writer = new RuleWriter(onos.flowRules, device -> Optional.empty(),
            device -> this.master, Surroundings.APPLICATION);
    private NodeId master;

    @BeforeEach
    void command() {
        master = NodeId.nodeId("one");
    }

    private CompletableFuture<Void> write() {
        return writer.write(DEVICE, List.of(List.of(HomeNetwork.builder().domain(1)
                .destination(Ip6Prefix.valueOf("2001:db8:0:1::/64")).sessionId(1).build())), List.of());
    }

    private static Throwable failure(CompletableFuture<Void> written) {
        return written.handle((nothing, failure) -> failure).join();
    }

    @Test
    void whatTheMasterOfTheSwitchSaysIsKnown() {
        onos.refusing = Optional.of(() -> { });
        Throwable refused = failure(write());
        assertThat(refused).hasMessageContaining("refused: ADD home_networks");
        assertThat(RuleWriter.isUnknown(refused)).isFalse();
    }

    /** Before and after; {@code -} where there is none. */
    @ParameterizedTest
    @CsvSource({"one, other", "one, -", "-, -", "-, one"})
    void whoDoesNotCommandTheSwitchAllTheTimeKnowsNothingOfARefusal(String before, String after) {
        master = node(before);
        onos.refusing = Optional.of(() -> master = node(after));
        Throwable unknown = failure(write());
        assertThat(RuleWriter.isUnknown(unknown)).isTrue();
        assertThat(unknown).hasMessageContaining(DEVICE.toString()).hasMessageContaining("refused: ADD home_networks");
    }

    @Test
    void whatTheSwitchHasTakenItHasWhoeverCommandsItThen() {
        master = null;
        assertThat(write()).isCompleted();
        assertThat(onos.entries("home_networks")).isEqualTo(1);
    }

    private static NodeId node(String name) {
        return name.equals("-") ? null : NodeId.nodeId(name);
    }
}
