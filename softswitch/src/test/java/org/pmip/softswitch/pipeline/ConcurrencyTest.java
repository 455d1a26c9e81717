// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Packets on several threads while tables are written. */
class ConcurrencyTest {
    private final Harness harness = Harness.features();
    private final Pipeline pipeline = harness.pipeline;

    /** Counts what leaves by which port; threads do not share it. */
    private static final class Counting implements Pipeline.Output {
        private final int[] ports = new int[512];

        @Override
        public void transmit(int port, byte[] frame, int offset, int length) {
            ports[port]++;
        }

        @Override
        public void digest(String name, byte[][] fields) {
            throw new AssertionError(name);
        }
    }

    private Entry entry(int priority, int arg, int port) {
        return new Entry(List.of(KeyMatch.ANY, KeyMatch.range(Harness.number(arg), Harness.number(arg)),
                KeyMatch.ternary(Harness.number(priority % 4), Harness.number(0xff)),
                KeyMatch.exact(new byte[] {1})), priority, Harness.forward(port));
    }

    @Test
    void entriesThatStayAreAlwaysFoundWhileOthersComeAndGo() throws Exception {
        Table classes = pipeline.table("FeatureIngress.classes");
        for (int i = 0; i < 4; i++) {
            classes.insert(entry(1000 + i, 7, 100 + i));
        }
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        List<Future<Counting>> results = new ArrayList<>();
        try {
            for (int thread = 0; thread < 2; thread++) {
                int a = thread;
                results.add(threads.submit(() -> {
                    Counting counting = new Counting();
                    byte[] frame = Command.of(44).arg(7).a(a).frame();
                    for (int i = 0; i < 20_000 || !done.get(); i++) {
                        pipeline.receive(1, frame, 0, frame.length, counting);
                    }
                    return counting;
                }));
            }
            Random random = new Random(1);
            for (int i = 0; i < 3000; i++) {
                Entry other = entry(1 + random.nextInt(900), 7 + random.nextInt(3), 200);
                if (classes.find(other) == null && classes.count() < classes.size()) {
                    classes.insert(other);
                } else if (classes.find(other) != null) {
                    classes.delete(other);
                }
            }
            done.set(true);
            for (int thread = 0; thread < 2; thread++) {
                int[] ports = results.get(thread).get().ports;
                assertThat(ports[100 + thread]).isGreaterThanOrEqualTo(20_000);
                ports[100 + thread] = 0;
                assertThat(ports).containsOnly(0);
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
    }

    @Test
    void countersAndRegistersLoseNothing() throws InterruptedException, ExecutionException, TableException {
        int each = 20_000;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicLong octets = new AtomicLong();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
                all.add(threads.submit(() -> {
                    Counting counting = new Counting();
                    byte[] count = Command.of(40).arg(1).frame();
                    byte[] add = Command.of(41).arg(1).a(3).frame();
                    for (int i = 0; i < each; i++) {
                        pipeline.receive(1, count, 0, count.length, counting);
                        pipeline.receive(1, add, 0, add.length, counting);
                        octets.addAndGet(count.length);
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(pipeline.counters("FeatureIngress.packets").read(1))
                .isEqualTo(new CounterArray.Value(2L * each, octets.get()));
        assertThat(pipeline.registers("FeatureIngress.memory").read(1)).isEqualTo(Bits.of(2L * each * 3));
    }

    @Test
    void whatLeavesMayComeInAgainOnTheSameThread() {
        List<Integer> ports = new ArrayList<>();
        pipeline.receive(1, Command.of(39).frame(), 0, Command.LENGTH, new Pipeline.Output() {
            @Override
            public void transmit(int port, byte[] frame, int offset, int length) {
                ports.add(port);
                if (ports.size() < 5) {
                    pipeline.receive(ports.size() + 1, frame, offset, length, this);
                }
                assertThat(Command.parse(Arrays.copyOfRange(frame, offset, offset + length)).op)
                        .isEqualTo(39);
            }

            @Override
            public void digest(String name, byte[][] fields) {
                throw new AssertionError(name);
            }
        });
        assertThat(ports).containsExactly(11, 12, 13, 14, 15);
    }
}
