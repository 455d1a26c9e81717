// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.store.service.StorageService;

/** The machines of a cluster over one store, whose clocks a test sets: none of them need show the true time. */
public final class Machines {

    private final AtomicLong truth = new AtomicLong(1_000_000_000);
    private final StorageService storage;
    private final List<Machine> alive = new CopyOnWriteArrayList<>();
    private int made;

    /** Makes none yet. */
    public Machines(StorageService storage) {
        this.storage = storage;
    }

    /** A machine whose clock is wrong by so many milliseconds, positive ones ahead; it has not joined yet. */
    public Machine machine(long error) {
        return machine(error, Runnable::run);
    }

    /** The same with where it does what blocks. */
    public Machine machine(long error, Executor executor) {
        return new Machine(error, ++made, executor);
    }

    /** The true time, milliseconds. */
    public long truth() {
        return truth.get();
    }

    /** Lets time pass for all, while those that live say their time. */
    public void pass(long millis) {
        for (long until = truth() + millis; truth() < until;) {
            truth.addAndGet(Math.min(ScaleAgreement.TICK_MILLIS, until - truth()));
            tick();
        }
    }

    /** Those that live do what they do each second. */
    public void tick() {
        alive.forEach(machine -> machine.agreement.tick());
    }

    /** Lets time pass in which no machine does anything. */
    public void leap(long millis) {
        truth.addAndGet(millis);
    }

    /** A machine. */
    public final class Machine {
        private final AtomicLong error;
        private final AtomicLong origin;
        private final SteadyClock clock;
        private final ScaleAgreement agreement;

        private Machine(long error, int number, Executor executor) {
            this.error = new AtomicLong(error);
            this.origin = new AtomicLong(77_000L * number);
            this.clock = new SteadyClock(new Wall(this), () -> TimeUnit.MILLISECONDS.toNanos(truth() - origin.get()));
            this.agreement = new ScaleAgreement(storage, new DefaultApplicationId(1, "org.pmip"), clock, task ->
                    executor.execute(() -> {
                        if (alive.contains(this)) {
                            task.run();
                        }
                    }));
            alive.add(this);
        }

        /** Its application starts. */
        public Machine joined() {
            agreement.tick();
            return this;
        }

        /** It says nothing any more. */
        public void dies() {
            alive.remove(this);
        }

        /** Its application ends in good order. */
        public void leaves() {
            agreement.close();
            dies();
        }

        /** Its wall clock is put forward by so many milliseconds, back if negative. */
        public void stepped(long millis) {
            error.addAndGet(millis);
        }

        /** It stood still for so long, and has read its wall clock anew since. */
        public void stoodStill(long millis) {
            origin.addAndGet(millis);
        }

        /** What the application goes by. */
        public SteadyClock clock() {
            return clock;
        }

        ScaleAgreement agreement() {
            return agreement;
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
            return Instant.ofEpochMilli(truth() + machine.error.get());
        }
    }
}
