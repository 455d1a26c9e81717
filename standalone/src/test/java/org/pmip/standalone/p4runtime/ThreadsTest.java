// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ThreadsTest {
    @Test
    void whatComesForConnectionsAfterTheHostHasEndedIsPassedOver() {
        Threads threads = new Threads();
        ScheduledExecutorService connector = threads.connector();
        threads.close();
        AtomicBoolean ran = new AtomicBoolean();
        assertThatCode(() -> connector.execute(() -> ran.set(true))).doesNotThrowAnyException();
        assertThat(connector.isTerminated()).isTrue();
        assertThat(ran).isFalse();
    }
}
