// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;

/**
 * Sessions in a cluster whose machines do not agree on the time of day: whoever is the master of the anchor's switch, a
 * session lasts as long as was agreed, by the true time.
 */
class ClocksApartTest {

    private static final String NODE = "mn@example.net";
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final int UNITS = 900;
    private static final long LIFETIME = 4_000L * UNITS;
    /** Controllers sweep ten times a second; here each second. */
    private static final long SWEEP = 1_000;

    private final SharedStorage storage = new SharedStorage();
    private final Machines machines = new Machines(storage);
    private final List<Controller> controllers = new ArrayList<>();
    private final Fixture gateway = new Fixture();

    /** A node of the cluster on a machine of its own. */
    private final class Controller {
        private final Machines.Machine machine;
        private final Fixture anchor = new Fixture(storage);

        Controller(long error) {
            machine = machines.machine(error).joined();
            anchor.clock = machine.clock();
            anchor.owner = false;
            anchor.tables = (before, after) -> CompletableFuture.completedFuture(null);
            controllers.add(this);
        }

        void dies() {
            machine.dies();
            controllers.remove(this);
        }

        Controller takesOver() {
            controllers.forEach(one -> one.anchor.owner = one == this);
            return this;
        }

        void registers() {
            asks(HandoffIndicator.NEW_INTERFACE);
        }

        void asks(int handoff) {
            // The requests are one gateway's, so they are numbered in one place.
            gateway.clock = anchor.clock;
            anchor.processor.accept(gateway.request(Fixture.MAG1, NODE, handoff, UNITS));
            assertThat(anchor.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        }
    }

    /** Time passes, and whoever is the master ends what is over by its clock. */
    private void pass(long millis) {
        for (long until = machines.truth() + millis; machines.truth() < until;) {
            machines.pass(Math.min(SWEEP, until - machines.truth()));
            for (Controller one : controllers) {
                if (one.anchor.owner) {
                    one.anchor.deadlines.due(one.anchor.clock).forEach(one.anchor.processor::expire);
                }
            }
        }
    }

    private List<BindingCacheEntry> sessions() {
        return controllers.get(0).anchor.record(NODE).entries();
    }

    /** The session is there until its time is over, and then no more. */
    private void lasts(long millis) {
        pass(millis - 2 * SWEEP);
        assertThat(sessions()).as("not early").hasSize(1);
        pass(4 * SWEEP);
        assertThat(sessions()).as("not late").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 300000", "0, -300000", "300000, 0", "-300000, 0", "0, 7200000", "0, -7200000", "7200000, 0",
        "-7200000, 0", "7200000, -7200000"})
    void aTakeoverEndsSessionsWhenTheyWouldHave(long first, long second) {
        Controller former = new Controller(first).takesOver();
        Controller next = new Controller(second);
        former.registers();
        pass(LIFETIME / 3);
        former.dies();
        next.takesOver();
        lasts(LIFETIME - LIFETIME / 3);
    }

    @ParameterizedTest
    @ValueSource(longs = {-7_200_000, 7_200_000})
    void whatTheNextOneExtendsLastsFromThenOn(long error) {
        Controller former = new Controller(0).takesOver();
        Controller next = new Controller(error);
        former.registers();
        pass(LIFETIME / 2);
        former.dies();
        next.takesOver().asks(HandoffIndicator.UNCHANGED);
        Controller third = new Controller(-error);
        pass(LIFETIME / 2);
        next.dies();
        third.takesOver();
        lasts(LIFETIME / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -300_000, 300_000, 3_600_000, 86_400_000})
    void aWallClockThatIsSetEndsNothing(long step) {
        Controller master = new Controller(0).takesOver();
        Controller other = new Controller(0);
        master.registers();
        pass(LIFETIME / 4);
        master.machine.stepped(step);
        pass(LIFETIME / 4);
        other.machine.stepped(-step);
        pass(LIFETIME / 4);
        master.dies();
        other.takesOver();
        lasts(LIFETIME - 3 * (LIFETIME / 4));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, 3_600_000})
    void aWallClockThatIsSetOnTheOnlyMachineEndsNothing(long step) {
        Controller only = new Controller(0).takesOver();
        only.registers();
        pass(LIFETIME / 4);
        only.machine.stepped(step);
        lasts(LIFETIME - LIFETIME / 4);
    }

    @Test
    void aMasterThatStoodStillAndIsMasterAgainEndsWhatIsOverMeanwhileAndNothingElse() {
        Controller sleeper = new Controller(0).takesOver();
        Controller other = new Controller(0);
        sleeper.registers();
        pass(LIFETIME / 4);
        // Half the lifetime passes without it; the other one keeps the session.
        machines.leap(LIFETIME / 2);
        sleeper.machine.stoodStill(LIFETIME / 2);
        other.takesOver();
        pass(SWEEP);
        sleeper.takesOver();
        lasts(LIFETIME - LIFETIME / 4 - LIFETIME / 2 - SWEEP);
    }

    /** All controllers were away for a while; the first that comes has no clock of its own worth the name. */
    @Test
    void afterAStopOfTheWholeClusterAClockThatIsBehindKeepsNothingForHours() {
        Controller former = new Controller(0).takesOver();
        former.registers();
        pass(LIFETIME / 2);
        former.dies();
        new Controller(-2 * HOUR).takesOver();
        pass(LIFETIME / 2 - ScaleAgreement.TELL_MILLIS);
        assertThat(sessions()).hasSize(1);
        pass(3 * ScaleAgreement.TELL_MILLIS);
        assertThat(sessions()).isEmpty();
    }
}
