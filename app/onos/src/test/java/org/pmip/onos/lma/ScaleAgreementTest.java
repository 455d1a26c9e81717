// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.onosproject.store.service.StorageException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Nodes of a cluster whose machines do not agree on the time of day, over one store. */
class ScaleAgreementTest {

    private static final long HOUR = TimeUnit.HOURS.toMillis(1);

    private final SharedStorage storage = new SharedStorage();
    private final Machines machines = new Machines(storage);

    @Test
    void aNodeAloneGoesByItsOwnClockAtOnce() {
        Machines.Machine only = machines.machine(-HOUR);
        assertThat(only.clock().agreed()).isFalse();

        only.joined();

        assertThat(only.clock().agreed()).isTrue();
        assertThat(only.agreement().settled()).isCompleted();
        assertThat(only.clock().millis()).isEqualTo(machines.truth() - HOUR);
    }

    @Test
    void aTakeoverBetweenMachinesHoursApartEndsNothing() {
        Machines.Machine behind = machines.machine(-2 * HOUR).joined();
        behind.stepped(2 * HOUR);
        machines.pass(60_000);
        long deadline = behind.clock().millis() + HOUR;

        Machines.Machine right = machines.machine(0).joined();
        assertThat(right.clock().agreed()).isTrue();
        behind.dies();
        machines.pass(HOUR - 1_000);
        assertThat(right.clock().millis()).isLessThan(deadline);
        machines.pass(2_000);
        assertThat(right.clock().millis()).isGreaterThanOrEqualTo(deadline);
        assertThat(right.clock().now().wall()).isEqualTo(Instant.ofEpochMilli(machines.truth()));
    }

    @Test
    void whoComesWithAClockBehindIsBroughtForward() {
        Machines.Machine right = machines.machine(0).joined();
        Machines.Machine behind = machines.machine(-2 * HOUR).joined();

        assertThat(behind.clock().millis()).isEqualTo(right.clock().millis());
        Machines.Machine third = machines.machine(5 * HOUR).joined();
        assertThat(third.clock().millis()).isEqualTo(right.clock().millis());
        right.dies();
        machines.pass(60_000);
        assertThat(third.clock().millis()).isEqualTo(behind.clock().millis());
    }

    @Test
    void aMachineThatStoodStillFollowsTheOthers() {
        Machines.Machine first = machines.machine(0).joined();
        Machines.Machine second = machines.machine(0).joined();

        // An hour passes outside; its monotonic clock knows nothing of it, the wall clock is read anew.
        machines.leap(HOUR);
        first.stoodStill(HOUR);
        assertThat(second.clock().millis() - first.clock().millis()).isEqualTo(HOUR);
        machines.pass(1_000);

        assertThat(first.clock().millis()).isEqualTo(second.clock().millis()).isEqualTo(machines.truth());
    }

    @Test
    void aLateMessageMovesNobodyBack() {
        Machines.Machine first = machines.machine(0).joined();
        Machines.Machine second = machines.machine(0).joined();
        machines.pass(15_000);

        // What the first one said some time ago, told only now.
        storage.tell("pmip-time", "1", first.clock().millis() - 20_000);
        machines.pass(60_000);

        assertThat(second.clock().millis()).isEqualTo(machines.truth());
    }

    @Test
    void whoIsAheadForLongGoesBack() {
        Machines.Machine first = machines.machine(0).joined();
        Machines.Machine second = machines.machine(0).joined();
        second.clock().step(HOUR);

        machines.pass(ScaleAgreement.TELL_MILLIS);
        assertThat(second.clock().millis()).isEqualTo(machines.truth() + HOUR);
        machines.pass(60_000);

        assertThat(second.clock().millis()).isEqualTo(first.clock().millis());
    }

    @Test
    void whereOthersWereOnceNothingEndsUntilTheyHadTimeToSpeak() {
        machines.machine(0).joined().dies();
        Machines.Machine next = machines.machine(2 * HOUR).joined();
        assertThat(next.clock().agreed()).isFalse();

        machines.pass(ScaleAgreement.ALONE_MILLIS);

        assertThat(next.clock().agreed()).isTrue();
    }

    @Test
    void whoFindsTheDeadAloneIsNotBehindThem() {
        Machines.Machine first = machines.machine(0).joined();
        machines.pass(100_000);
        first.dies();
        Machines.Machine next = machines.machine(-2 * HOUR).joined();
        assertThat(next.clock().agreed()).isFalse();
        assertThat(next.clock().millis()).as("at once, before anything is decided by it").isBetween(
                machines.truth() - ScaleAgreement.TELL_MILLIS, machines.truth());
        machines.pass(ScaleAgreement.ALONE_MILLIS);
        assertThat(next.clock().agreed()).isTrue();
        assertThat(next.clock().millis()).isBetween(machines.truth() - ScaleAgreement.TELL_MILLIS, machines.truth());
        machines.pass(60_000);
        assertThat(next.clock().millis()).isBetween(machines.truth() - ScaleAgreement.TELL_MILLIS, machines.truth());
    }

    @Test
    void theDeadAreForgottenAndWhoLeavesSaysSo() {
        Machines.Machine first = machines.machine(0).joined();
        first.leaves();
        Machines.Machine second = machines.machine(0).joined();
        assertThat(second.clock().agreed()).isTrue();
        second.dies();

        Machines.Machine third = machines.machine(0).joined();
        assertThat(third.clock().agreed()).isFalse();
        machines.pass(400_000);
        assertThat(machines.machine(0).joined().clock().millis()).isEqualTo(machines.truth());
        assertThat(storage.keys("pmip-time")).containsExactlyInAnyOrder("3", "4");
    }

    @Test
    void aStoreThatIsAwayIsAskedAgain() {
        Machines.Machine only = machines.machine(0);
        storage.fail("pmip-time", "put", SharedStorage.Lost.REQUEST);
        assertThatThrownBy(only.agreement()::tick).isInstanceOf(StorageException.class);
        assertThat(only.clock().agreed()).isFalse();

        storage.heal();
        machines.pass(ScaleAgreement.ALONE_MILLIS);

        assertThat(only.clock().agreed()).isTrue();
        assertThat(storage.keys("pmip-time")).containsExactly("1");
    }

    @Test
    void whoHasNotHeardOfTheDeadForWantOfTheStoreAsksAgain() {
        Machines.Machine first = machines.machine(0).joined();
        machines.pass(100_000);
        first.dies();
        Machines.Machine next = machines.machine(-2 * HOUR);
        storage.fail("pmip-time", "put", SharedStorage.Lost.REQUEST);
        assertThatThrownBy(next.agreement()::tick).isInstanceOf(StorageException.class);
        storage.heal();

        machines.pass(ScaleAgreement.ALONE_MILLIS);

        assertThat(next.clock().agreed()).isTrue();
        assertThat(next.clock().millis()).isBetween(machines.truth() - ScaleAgreement.ALONE_MILLIS, machines.truth());
        machines.pass(400_000);
        assertThat(storage.keys("pmip-time")).as("the dead one is found, and forgotten").containsExactly("2");
    }
}
