// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose time is over, and how often that is said. */
class DeadlinesTest {

    private final Fixture at = new Fixture();
    private final Deadlines deadlines = new Deadlines();

    private long noted(String node, int lifetime) {
        at.processor.accept(at.request(Fixture.MAG1, node, 1, lifetime));
        MobileNodeRecord record = at.record(node);
        deadlines.note(record.key(), Optional.of(record));
        return LmaEngine.nextDeadline(record).orElseThrow();
    }

    @Test
    void whoIsBeingEndedIsNotAskedForAgainTheNextMoment() {
        long end = noted("mn@example.net", 100);
        MobileNodeIdentifier node = MobileNodeIdentifier.ofNai("mn@example.net");

        assertThat(deadlines.due(end - 1)).isEmpty();
        assertThat(deadlines.due(end)).containsExactly(node);
        assertThat(deadlines.due(end + 100)).isEmpty();
        assertThat(deadlines.due(end + Deadlines.AGAIN_MILLIS - 1)).isEmpty();
        assertThat(deadlines.due(end + Deadlines.AGAIN_MILLIS)).as("the first try may have failed")
                .containsExactly(node);
    }

    @Test
    void aRecordThatChangesCountsAtOnce() {
        long end = noted("mn@example.net", 100);
        assertThat(deadlines.due(end)).hasSize(1);

        assertThat(noted("mn@example.net", 50)).isLessThan(end);
        assertThat(deadlines.due(end)).hasSize(1);
        deadlines.note(at.record("mn@example.net").key(), Optional.empty());

        assertThat(deadlines.due(end + 10 * Deadlines.AGAIN_MILLIS)).isEqualTo(List.of());
    }
}
