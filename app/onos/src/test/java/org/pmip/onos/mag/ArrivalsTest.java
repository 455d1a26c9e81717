// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pmip.onos.mag.MagStatistics.Step;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

class ArrivalsTest {

    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");
    private static final String KEY = BindingUpdateList.key(NODE);
    private static final Attachment MAG1 = FakeMag.session(1).build().attachment();
    private static final Attachment MAG2 = FakeMag.session(2).build().attachment();

    private final MagStatistics statistics = new MagStatistics();
    private final Arrivals arrivals = new Arrivals(statistics);

    private static BindingUpdateList list(int number, State state) {
        return BindingUpdateList.none(NODE).with(FakeMag.session(number).state(state)
                .binding(state == State.ACTIVE ? FakeMag.session(number).build().binding() : Optional.empty()).build());
    }

    private long timed() {
        return statistics.latencies().get(Step.ATTACH).count();
    }

    @Test
    void theFirstAdvertisementEndsTheWait() {
        arrivals.came(KEY, MAG1);
        arrivals.came(KEY, MAG1);
        arrivals.changed(list(1, State.REGISTERING));
        arrivals.changed(list(1, State.ACTIVE));
        assertThat(timed()).isZero();
        arrivals.told(KEY, MAG1);
        arrivals.told(KEY, MAG1);
        assertThat(timed()).as("later advertisements are repetitions").isEqualTo(1);
        assertThat(arrivals.size()).isZero();
    }

    @Test
    void whoGoesOnOrIsRefusedIsForgotten() {
        arrivals.came(KEY, MAG1);
        arrivals.came(KEY, MAG2);
        arrivals.changed(list(2, State.REGISTERING));
        arrivals.told(KEY, MAG1);
        assertThat(timed()).isZero();
        assertThat(arrivals.size()).isEqualTo(1);
        arrivals.changed(list(2, State.DENIED));
        assertThat(arrivals.size()).isZero();
        arrivals.told(KEY, MAG2);
        assertThat(timed()).isZero();
    }

    @Test
    void ofWhomNobodyKnowsWhenItCameNothingIsTimed() {
        arrivals.told(KEY, MAG1);
        assertThat(timed()).isZero();
    }
}
