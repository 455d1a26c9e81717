// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DueQueueTest {

    private final DueQueue<String> queue = new DueQueue<>();

    @Test
    void theLastWordOnAKeyCounts() {
        queue.at("anna", 10);
        queue.at("bert", 20);
        queue.at("anna", 30);
        queue.at("carl", 5);
        queue.remove("carl");
        assertThat(queue.due(9)).isEmpty();
        assertThat(queue.due(25)).containsExactly("bert");
        assertThat(queue.due(30)).containsExactly("anna");
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatIsPutOffAgainAndAgainDoesNotGather() {
        for (int i = 0; i < 100_000; i++) {
            queue.at("mn" + i % 100, 1_000_000L + i);
            assertThat(queue.held()).isLessThan(400);
        }
        assertThat(queue.size()).isEqualTo(100);
        assertThat(queue.due(1_099_949)).as("the earliest first").hasSize(50).startsWith("mn0", "mn1")
                .endsWith("mn49");
        assertThat(queue.due(1_200_000)).hasSize(50).startsWith("mn50").endsWith("mn99");
    }
}
