// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.junit.jupiter.api.Test;
import org.pmip.onos.lma.LmaStatistics.Step;
import org.pmip.protocol.wire.option.HandoffIndicator;

import static org.assertj.core.api.Assertions.assertThat;

class LmaStatisticsTest {

    @Test
    void eachStepOfARequestIsTimed() {
        Fixture fixture = new Fixture();
        fixture.automatic = false;
        fixture.processor.accept(fixture.request(Fixture.MAG1, "anna", HandoffIndicator.NEW_INTERFACE, 100));
        assertThat(times(fixture, Step.STORE)).isEqualTo(1);
        assertThat(times(fixture, Step.FLOW)).isZero();
        assertThat(times(fixture, Step.ANSWER)).isZero();
        fixture.writes.get(0).complete(null);
        assertThat(times(fixture, Step.FLOW)).isEqualTo(1);
        assertThat(times(fixture, Step.ANSWER)).isEqualTo(1);
        assertThat(fixture.statistics.counts()).containsEntry("registered", 1L);
    }

    @Test
    void refusalsAreTimedToo() {
        Fixture fixture = new Fixture();
        fixture.automatic = false;
        fixture.processor.accept(fixture.request(Fixture.MAG1, "anna", HandoffIndicator.NEW_INTERFACE, 100));
        fixture.writes.get(0).completeExceptionally(new IllegalStateException("full"));
        fixture.writes.get(1).complete(null);
        assertThat(times(fixture, Step.FLOW)).isEqualTo(1);
        assertThat(times(fixture, Step.ANSWER)).isEqualTo(1);
        assertThat(fixture.statistics.counts()).containsEntry("rejected 130", 1L).doesNotContainKey("registered");
    }

    private static long times(Fixture fixture, Step step) {
        return fixture.statistics.latencies().get(step).count();
    }
}
