// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.pmip.checks.junit.Requirement;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.TunnelEndpoints;

/** Tunnels of the switches of a cluster, each of which one node keeps. */
class TunnelsTest {

    private static final DeviceId FIRST = DeviceId.deviceId("device:mag1");
    private static final DeviceId SECOND = DeviceId.deviceId("device:mag2");

    private final List<String> written = new ArrayList<>();
    private final Tunnels tunnels = new Tunnels(new DeviceRules(new RuleWriter(new FlowRuleServiceAdapter() {
        @Override
        public void apply(FlowRuleOperations operations) {
            for (Set<FlowRuleOperation> stage : operations.stages()) {
                stage.forEach(one -> written.add(one.type() + " " + one.rule().deviceId()));
            }
            operations.callback().onSuccess(operations);
        }
    }, device -> Optional.empty(), device -> HERE, new DefaultApplicationId(1, "org.pmip")),
            millis -> Runnable::run, Runnable::run));

    private static List<PipelineEntity> tunnel(int number) {
        return List.of(TunnelEndpoints.builder().tunnelId(number)
                .source(Ip6Address.valueOf("2001:db8:0:1" + number + "::1"))
                .destination(Ip6Address.valueOf("2001:db8:0:1::1")).hopLimit(64).mtu(1_500).build());
    }

    @Test
    @Requirement("PMIP10-6.10.4-1")
    void aNodeTakesUnusedTunnelsOutOfTheSwitchesThatItKeepsWhateverBecomesOfTheOthers() {
        tunnels.use(List.of(FIRST, 1), FIRST, () -> tunnel(1));
        tunnels.use(List.of(SECOND, 2), SECOND, () -> tunnel(2));
        tunnels.removeUnused(Set.of(), FIRST::equals);
        assertThat(written).as("a session in it may not be known yet").isEmpty();
        tunnels.removeUnused(Set.of(), FIRST::equals);
        assertThat(written).containsExactly("REMOVE " + FIRST);
        written.clear();
        // The other one has become this node's to keep.
        tunnels.removeUnused(Set.of(), SECOND::equals);
        assertThat(written).as("the looks at a switch of another node do not count").isEmpty();
        tunnels.removeUnused(Set.of(), SECOND::equals);
        assertThat(written).containsExactly("REMOVE " + SECOND);
    }
}
