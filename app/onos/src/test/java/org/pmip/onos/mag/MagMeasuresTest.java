// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmip.onos.mag.MagStatistics.Step;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** What is counted and timed of a node's way, and how an operator ends it. */
class MagMeasuresTest extends MagProcessorBed {

    private void comes(String gateway) {
        processor.attached(ANNA, Anchor.overIpv6("lma", LMA), at(gateway),
                MagEvent.attached(at(gateway), HandoffIndicator.UNKNOWN, Optional.empty()));
    }

    private long times(Step step) {
        return statistics.latencies().get(step).count();
    }

    private void allWritten() {
        for (int i = 0; i < writes.size(); i++) {
            written(i);
        }
    }

    @Test
    void whatANodeWaitsForIsTimedAndWhatBecomesOfItCounted() {
        comes("mag1");
        accept();
        assertThat(times(Step.ATTACH)).as("the switch is awaited").isZero();
        allWritten();
        assertThat(times(Step.ATTACH)).isEqualTo(1);
        assertThat(times(Step.FLOW)).isEqualTo(1);
        assertThat(times(Step.STORE)).isEqualTo(2);
        comes("mag1");
        assertThat(times(Step.ATTACH)).as("a sign of life is no arrival").isEqualTo(1);
        comes("mag2");
        accept();
        allWritten();
        assertThat(times(Step.ATTACH)).isEqualTo(2);
        assertThat(statistics.counts()).containsEntry("registering", 2L).containsEntry("registered", 1L)
                .containsEntry("handed off", 1L);
    }

    private Deletions deletions(boolean configured) {
        return new Deletions(store, processor, () -> configured, Runnable::run);
    }

    @Test
    void whatIsDeletedIsDeregistered() {
        comes("mag1");
        accept();
        allWritten();
        long session = list().entries().get(0).sessionId();
        assertThat(deletions(true).delete("anna@example.net", session + 1)).isCompletedWithValue(false);
        assertThat(deletions(true).delete("anna@example.net", session)).isCompletedWithValue(true);
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ENDING);
        assertThat(sent.get(sent.size() - 1).update().lifetime()).isZero();
        assertThat(deletions(true).delete("anna@example.net", session)).as("once more").isNotCompletedExceptionally();
        allWritten();
        assertThat(list().entries()).isEmpty();
        assertThat(deletions(true).delete("anna@example.net", session)).isCompletedWithValue(false);
    }

    @Test
    void withoutGatewaysSessionsAreForgotten() {
        comes("mag1");
        long session = list().entries().get(0).sessionId();
        processor.rest();
        int told = sent.size();
        assertThat(deletions(false).delete("anna@example.net", session)).isCompletedWithValue(true);
        assertThat(list().entries()).isEmpty();
        assertThat(sent).hasSize(told);
    }
}
