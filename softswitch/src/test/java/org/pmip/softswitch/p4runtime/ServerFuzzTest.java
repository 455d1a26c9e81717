// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ReadRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** Random messages: each is answered with a canonical code, none brings the switch down. The seeds are fixed. */
class ServerFuzzTest extends LabSwitch {
    private static final int ROUNDS = 300;
    /** Codes that tell of a mistake of the switch rather than of the controller. */
    private static final Set<Integer> MISTAKES = Set.of(Code.INTERNAL_VALUE, Code.UNKNOWN_VALUE,
            Code.CANCELLED_VALUE, Code.DEADLINE_EXCEEDED_VALUE, Code.UNAVAILABLE_VALUE, Code.DATA_LOSS_VALUE);

    private final RandomMessages messages = new RandomMessages();

    private static void answered(StatusRuntimeException e) {
        List<P4RuntimeOuterClass.Error> errors = e.getStatus().getCode() == Status.Code.UNKNOWN ? Client.details(e)
                : List.of(P4RuntimeOuterClass.Error.newBuilder().setCanonicalCode(e.getStatus().getCode().value())
                        .setMessage(String.valueOf(e.getStatus().getDescription())).build());
        assertThat(errors).allSatisfy(error ->
                assertThat(MISTAKES).as("%s", error).doesNotContain(error.getCanonicalCode()));
    }

    @Test
    void anyBatchOfUpdatesIsAnswered() {
        Random random = new Random(1);
        AtomicInteger accepted = new AtomicInteger();
        for (int round = 0; round < ROUNDS; round++) {
            WriteRequest.Builder request = client.writing();
            for (int i = 0; i < 20; i++) {
                request.addUpdates(messages.any(random, Update.getDefaultInstance()));
            }
            try {
                client.calls().write(request.build());
                accepted.addAndGet(20);
            } catch (StatusRuntimeException e) {
                answered(e);
                Client.details(e).stream().filter(error -> error.getCanonicalCode() == 0)
                        .forEach(error -> accepted.incrementAndGet());
            }
        }
        assertThat(accepted.get()).as("updates that made sense").isPositive();
        readsEverything();
    }

    @Test
    void anyReadIsAnswered() {
        Random random = new Random(2);
        client.write(Messages.stationTo("0000000000aa", 2));
        for (int round = 0; round < ROUNDS; round++) {
            ReadRequest.Builder request = ReadRequest.newBuilder().setDeviceId(1);
            for (int i = 0; i < 4; i++) {
                request.addEntities(messages.any(random, Entity.getDefaultInstance()));
            }
            try {
                client.calls().read(request.build()).forEachRemaining(response ->
                        assertThat(response.getEntitiesCount()).isPositive());
            } catch (StatusRuntimeException e) {
                answered(e);
            }
        }
        readsEverything();
    }

    @Test
    void anyStreamMessageIsTaken() {
        Random random = new Random(3);
        for (int round = 0; round < ROUNDS; round++) {
            StreamMessageRequest message = messages.any(random, StreamMessageRequest.getDefaultInstance());
            if (!message.hasArbitration()) {
                stream.send(message);
            }
        }
        for (int round = 0; round < 50; round++) {
            Client.Stream other = client.stream();
            other.send(messages.any(random, StreamMessageRequest.getDefaultInstance()));
            other.close();
            other.end();
        }
        readsEverything();
    }

    @Test
    void anyFrameOfTheControllerIsTaken() {
        Random random = new Random(4);
        client.write(Messages.stationPunted("0000000000aa", 9));
        for (int round = 0; round < ROUNDS; round++) {
            byte[] frame = new byte[random.nextInt(40)];
            random.nextBytes(frame);
            stream.send(Messages.packetOut(frame, random.nextInt(512)));
        }
        readsEverything();
    }

    /** The switch is well: it answers a read of all that it has. */
    private void readsEverything() {
        assertThat(client.read(Entity.newBuilder().setTableEntry(Lab.entry("fixed")).build())).hasSize(1);
        client.read(Entity.newBuilder().setTableEntry(P4RuntimeOuterClass.TableEntry.getDefaultInstance()).build());
    }
}
