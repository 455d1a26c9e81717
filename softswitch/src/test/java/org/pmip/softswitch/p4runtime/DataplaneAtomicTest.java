// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.Await;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest.Atomicity;

/** P4Runtime 1.3, section 12.2: packets see a batch that is DATAPLANE_ATOMIC as a whole or not at all. */
class DataplaneAtomicTest {
    private static final byte[] FRAME = Lab.hex("0000000000aa0b00000000010800").toByteArray();
    private static final TableEntry.Builder STATION = Lab.station("aa").setAction(Lab.direct("forward", "02"));
    private static final TableEntry.Builder PREFIX =
            Lab.entry("prefixes", Lab.lpm(1, "0b0000000000", 8)).setAction(Lab.direct("forward", "03"));

    private final LongAdder left = new LongAdder();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final AtomicBoolean hold = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final Device device = new Device(1, -1, this::transmit, timer);
    private P4RuntimeServer server;
    private Client client;

    @BeforeEach
    void start() throws Exception {
        server = new P4RuntimeServer(device, new InetSocketAddress("127.0.0.1", 0));
        client = new Client("127.0.0.1:" + server.port(), 1, 1);
        client.primary();
        client.set(Lab.config(1));
        client.write(Lab.insert(STATION));
    }

    @AfterEach
    void stop() {
        held.countDown();
        client.close();
        server.close();
        threads.shutdownNow();
        timer.shutdownNow();
    }

    private void transmit(int port, byte[] frame, int offset, int length) {
        if (hold.get()) {
            inside.countDown();
            try {
                held.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        left.increment();
    }

    private void atomically(Update... updates) {
        client.calls().write(client.writing(updates).setAtomicity(Atomicity.DATAPLANE_ATOMIC).build());
    }

    /** A frame that found neither entry would be dropped. */
    @Test
    void everyFrameFindsTheOneEntryOrTheOther() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<Future<Long>> senders = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            senders.add(threads.submit(() -> {
                long sent = 0;
                for (; sent < 2000 || !done.get(); sent++) {
                    device.receive(1, FRAME, 0, FRAME.length);
                }
                return sent;
            }));
        }
        for (int i = 0; i < 200; i++) {
            atomically(Lab.delete(STATION), Lab.insert(PREFIX));
            atomically(Lab.delete(PREFIX), Lab.insert(STATION));
        }
        done.set(true);
        long sent = 0;
        for (Future<Long> sender : senders) {
            sent += sender.get(60, TimeUnit.SECONDS);
        }
        assertThat(left.sum()).isEqualTo(sent);
    }

    @Test
    void aPacketThatComesMeanwhileWaits() throws Exception {
        Pipeline pipeline = device.pipeline();
        Thread packet = new Thread(() -> device.receive(1, FRAME, 0, FRAME.length));
        List<Long> meanwhile = new ArrayList<>();
        assertThat(pipeline.withoutPackets(() -> {
            packet.start();
            Await.until(() -> packet.getState() == Thread.State.WAITING);
            meanwhile.add(left.sum());
        })).isTrue();
        packet.join(TimeUnit.SECONDS.toMillis(60));
        assertThat(meanwhile).containsExactly(0L);
        assertThat(left.sum()).isEqualTo(1);
    }

    @Test
    void aPacketThatStaysInsideLetsTheBatchFailAndNothingElse() throws Exception {
        hold.set(true);
        Thread packet = new Thread(() -> device.receive(1, FRAME, 0, FRAME.length));
        packet.start();
        assertThat(inside.await(60, TimeUnit.SECONDS)).isTrue();
        AtomicBoolean worked = new AtomicBoolean();
        assertThat(device.pipeline().withoutPackets(() -> worked.set(true))).isFalse();
        assertThat(worked).isFalse();
        hold.set(false);
        device.receive(1, FRAME, 0, FRAME.length);
        assertThat(left.sum()).isEqualTo(1);
        held.countDown();
        packet.join(TimeUnit.SECONDS.toMillis(60));
        atomically(Lab.delete(STATION));
        device.receive(1, FRAME, 0, FRAME.length);
        assertThat(left.sum()).isEqualTo(2);
    }

    @Test
    void threadsThatHaveEndedAreNotWaitedFor() throws Exception {
        for (int i = 0; i < 50; i++) {
            Thread packet = new Thread(() -> device.receive(1, FRAME, 0, FRAME.length));
            packet.start();
            packet.join(TimeUnit.SECONDS.toMillis(60));
        }
        atomically(Lab.delete(STATION), Lab.insert(PREFIX));
        assertThat(left.sum()).isEqualTo(50);
    }
}
