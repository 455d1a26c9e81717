// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.StatusRuntimeException;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** Whatever controllers send, it leaves nothing behind that adds up. The seeds are fixed. */
class GrowthTest extends LabSwitch {
    private static final int ROUNDS = 6;
    private static final int PIPELINES = 30;
    /** Far less than what the messages of one round would take if they were kept. */
    private static final long OCTETS = 4 << 20;

    private final RandomMessages messages = new RandomMessages();

    /** Octets of the heap that are in use; the least of several looks, because a collection may be late. */
    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    private void writes(Random random) {
        WriteRequest.Builder request = client.writing();
        for (int i = 0; i < 20; i++) {
            request.addUpdates(messages.any(random, Update.getDefaultInstance()));
        }
        if (random.nextBoolean()) {
            request.setAtomicity(WriteRequest.Atomicity.ROLLBACK_ON_ERROR);
        }
        try {
            client.calls().write(request.build());
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getDescription()).isNotEmpty();
        }
    }

    private void reads(Random random) {
        try {
            client.calls().read(ReadRequest.newBuilder().setDeviceId(1)
                    .addEntities(messages.any(random, Entity.getDefaultInstance())).build())
                    .forEachRemaining(response -> assertThat(response.getEntitiesCount()).isPositive());
        } catch (StatusRuntimeException e) {
            assertThat(e.getStatus().getDescription()).isNotEmpty();
        }
    }

    private void streams(Random random) {
        Client.Stream other = client.stream();
        other.arbitrate(1, random.nextInt(9), Client.low(2 + random.nextInt(9)));
        other.send(messages.any(random, StreamMessageRequest.getDefaultInstance()));
        other.close();
        other.end();
        client.forget(other);
    }

    private void frames(Random random) {
        byte[] frame = new byte[random.nextInt(1500)];
        random.nextBytes(frame);
        stream.send(Messages.packetOut(frame, random.nextInt(512)));
    }

    /** Sends what comes to mind, and begins with an empty pipeline again. */
    private void round(int seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            writes(random);
            reads(random);
            frames(random);
            if (i % 10 == 0) {
                streams(random);
            }
        }
        // Streams in the default role may have taken our place.
        client.close();
        client = new Client(device.address(), 1, 1000L + seed);
        stream = client.primary();
        client.set(Lab.config(seed));
    }

    @Test
    void messagesLeaveNothingBehind() {
        round(1);
        round(2);
        long before = used();
        for (int i = 0; i < ROUNDS; i++) {
            round(3 + i);
        }
        assertThat(used() - before).as("octets that %d rounds have left behind", ROUNDS).isLessThan(OCTETS);
    }

    @Test
    void oldPipelinesGoWithTheirClasses() {
        long before = ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
        client.set(Lab.config(1));
        for (int i = 0; i < 3; i++) {
            client.set(Lab.config(i));
        }
        used();
        int loaded = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        long octets = used();
        for (int i = 0; i < PIPELINES; i++) {
            client.set(Lab.config(i));
        }
        assertThat(used() - octets).as("octets that %d pipelines have left behind", PIPELINES).isLessThan(OCTETS);
        assertThat(ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount()).isGreaterThan(before);
        assertThat(ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - loaded)
                .as("classes that %d pipelines have left behind", PIPELINES).isLessThan(PIPELINES);
    }
}
