// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.service.StorageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nodes of a cluster whose machines do not agree on the time of day, over one store. */
class ScaleAgreementTest {

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);

    private final SharedStorage storage = new SharedStorage();
    private final List<Machine> machines = new ArrayList<>();
    /** The true time in ms. */
    private long truth = 1_000_000_000;

    /** A machine whose clocks the test sets. */
    private final class Machine {
        /** How wrong the wall clock is, and from where the monotonic one counts. */
        private long error;
        private long origin = 77_000 * (machines.size() + 1);
        private final SteadyClock clock;
        private final ScaleAgreement agreement;

        Machine(long error) {
            this.error = error;
            this.clock = new SteadyClock(new Wall(this), () -> TimeUnit.MILLISECONDS.toNanos(truth - origin));
            this.agreement = new ScaleAgreement(storage, new DefaultApplicationId(1, "org.pmip"), clock,
                    this::runAlive);
            machines.add(this);
        }

        private void runAlive(Runnable task) {
            if (machines.contains(this)) {
                task.run();
            }
        }

        Machine joined() {
            agreement.tick();
            return this;
        }

        void dies() {
            machines.remove(this);
        }
    }

    private final class Wall extends Clock {
        private final Machine machine;

        Wall(Machine machine) {
            this.machine = machine;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.ofEpochMilli(truth + machine.error);
        }
    }

    private void pass(long millis) {
        for (long until = truth + millis; truth < until;) {
            truth += ScaleAgreement.TICK_MILLIS;
            List.copyOf(machines).forEach(machine -> machine.agreement.tick());
        }
    }

    @Test
    void aNodeAloneGoesByItsOwnClockAtOnce() {
        Machine only = new Machine(-HOUR);
        assertThat(only.clock.agreed()).isFalse();

        only.joined();

        assertThat(only.clock.agreed()).isTrue();
        assertThat(only.agreement.settled()).isCompleted();
        assertThat(only.clock.millis()).isEqualTo(truth - HOUR);
    }

    @Test
    void aTakeoverBetweenMachinesHoursApartEndsNothing() {
        Machine behind = new Machine(-2 * HOUR).joined();
        behind.error = 0;
        pass(60_000);
        long deadline = behind.clock.millis() + HOUR;

        Machine right = new Machine(0).joined();
        assertThat(right.clock.agreed()).isTrue();
        behind.dies();
        pass(HOUR - 1_000);
        assertThat(right.clock.millis()).isLessThan(deadline);
        pass(2_000);
        assertThat(right.clock.millis()).isGreaterThanOrEqualTo(deadline);
        assertThat(right.clock.now().wall()).isEqualTo(Instant.ofEpochMilli(truth));
    }

    @Test
    void whoComesWithAClockBehindIsBroughtForward() {
        Machine right = new Machine(0).joined();
        Machine behind = new Machine(-2 * HOUR).joined();

        assertThat(behind.clock.millis()).isEqualTo(right.clock.millis());
        Machine third = new Machine(5 * HOUR).joined();
        assertThat(third.clock.millis()).isEqualTo(right.clock.millis());
        right.dies();
        pass(60_000);
        assertThat(third.clock.millis()).isEqualTo(behind.clock.millis());
    }

    @Test
    void aMachineThatStoodStillFollowsTheOthers() {
        Machine first = new Machine(0).joined();
        Machine second = new Machine(0).joined();

        // An hour passes outside; its monotonic clock knows nothing of it, the wall clock is read anew.
        truth += HOUR;
        first.origin += HOUR;
        assertThat(second.clock.millis() - first.clock.millis()).isEqualTo(HOUR);
        pass(1_000);

        assertThat(first.clock.millis()).isEqualTo(second.clock.millis()).isEqualTo(truth);
    }

    @Test
    void aLateMessageMovesNobodyBack() {
        Machine first = new Machine(0).joined();
        Machine second = new Machine(0).joined();
        pass(15_000);

        // What the first one said some time ago, told only now.
        storage.tell("pmip-time", "1", first.clock.millis() - 20_000);
        pass(60_000);

        assertThat(second.clock.millis()).isEqualTo(truth);
    }

    @Test
    void whoIsAheadForLongGoesBack() {
        Machine first = new Machine(0).joined();
        Machine second = new Machine(0).joined();
        second.clock.step(HOUR);

        pass(ScaleAgreement.TELL_MILLIS);
        assertThat(second.clock.millis()).isEqualTo(truth + HOUR);
        pass(60_000);

        assertThat(second.clock.millis()).isEqualTo(first.clock.millis());
    }

    @Test
    void whereOthersWereOnceNothingEndsUntilTheyHadTimeToSpeak() {
        new Machine(0).joined().dies();
        Machine next = new Machine(2 * HOUR).joined();
        assertThat(next.clock.agreed()).isFalse();

        pass(ScaleAgreement.ALONE_MILLIS);

        assertThat(next.clock.agreed()).isTrue();
    }

    @Test
    void theDeadAreForgottenAndWhoLeavesSaysSo() {
        Machine first = new Machine(0).joined();
        first.agreement.close();
        first.dies();
        assertThat(new Machine(0).joined().clock.agreed()).isTrue();
        machines.get(0).dies();

        Machine third = new Machine(0).joined();
        assertThat(third.clock.agreed()).isFalse();
        pass(400_000);
        assertThat(new Machine(0).joined().clock.millis()).isEqualTo(truth);
        assertThat(storage.keys("pmip-time")).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        Machine only = new Machine(0);
        storage.fail("pmip-time", "put", SharedStorage.Lost.REQUEST);
        assertThatThrownBy(only.agreement::tick).isInstanceOf(StorageException.class);
        assertThat(only.clock.agreed()).isFalse();

        storage.heal();
        pass(ScaleAgreement.ALONE_MILLIS);

        assertThat(only.clock.agreed()).isTrue();
        assertThat(storage.keys("pmip-time")).containsExactly("1");
    }
}
