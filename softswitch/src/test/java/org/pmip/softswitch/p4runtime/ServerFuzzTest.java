// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import p4.config.v1.P4InfoOuterClass.Preamble;
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

    private final List<Integer> ids = new ArrayList<>();

    ServerFuzzTest() {
        Lab.INFO.getTablesList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getActionsList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getActionProfilesList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getCountersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getMetersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getRegistersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getDigestsList().forEach(one -> add(one.getPreamble()));
    }

    private void add(Preamble preamble) {
        ids.add(preamble.getId());
    }

    private <T extends Message> T any(Random random, T of) {
        Message.Builder builder = of.newBuilderForType();
        fill(random, builder, 7);
        @SuppressWarnings("unchecked") // A builder makes what it was made for.
        T message = (T) builder.build();
        return message;
    }

    private void fill(Random random, Message.Builder builder, int depth) {
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean one = field.getContainingOneof() == null || random.nextInt(field.getContainingOneof()
                    .getFieldCount()) == 0;
            if (depth == 0 || !one || random.nextInt(10) == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    builder.addRepeatedField(field, value(random, builder, field, depth));
                }
            } else {
                builder.setField(field, value(random, builder, field, depth));
            }
        }
    }

    private Object value(Random random, Message.Builder builder, FieldDescriptor field, int depth) {
        switch (field.getJavaType()) {
            case INT:
                return number(random, field.getName());
            case LONG:
                return random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(12) - 2;
            case BOOLEAN:
                return random.nextInt(4) == 0;
            case BYTE_STRING:
                byte[] octets = new byte[random.nextInt(9)];
                random.nextBytes(octets);
                return ByteString.copyFrom(octets);
            case ENUM:
                EnumDescriptor type = field.getEnumType();
                return type.getValues().get(random.nextInt(type.getValues().size()));
            case STRING:
                return "x".repeat(random.nextInt(4));
            case MESSAGE:
                Message.Builder inner = builder.newBuilderForField(field);
                fill(random, inner, depth - 1);
                return inner.build();
            default:
                return field.getDefaultValue();
        }
    }

    private int number(Random random, String name) {
        if (name.endsWith("_id") && random.nextInt(8) > 0) {
            return name.equals("field_id") || name.equals("param_id") || name.equals("metadata_id")
                    ? random.nextInt(4) : ids.get(random.nextInt(ids.size()));
        }
        return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20) - 1;
    }

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
                request.addUpdates(any(random, Update.getDefaultInstance()));
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
                request.addEntities(any(random, Entity.getDefaultInstance()));
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
            StreamMessageRequest message = any(random, StreamMessageRequest.getDefaultInstance());
            if (!message.hasArbitration()) {
                stream.send(message);
            }
        }
        for (int round = 0; round < 50; round++) {
            Client.Stream other = client.stream();
            other.send(any(random, StreamMessageRequest.getDefaultInstance()));
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
