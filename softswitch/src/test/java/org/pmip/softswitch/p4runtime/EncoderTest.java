// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Bits;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ReadResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/** What is encoded without messages is what protocol buffers make of the messages, octet for octet. */
class EncoderTest {

    @Property
    void numbersAndOctetsAreWrittenAsProtocolBuffersDo(@ForAll int tableId, @ForAll int priority, @ForAll long timeout,
                                                       @ForAll long cookie, @ForAll byte[] metadata,
                                                       @ForAll @Size(max = 20) List<byte[]> values) {
        TableEntry.Builder message = TableEntry.newBuilder().setTableId(tableId).setPriority(priority)
                .setIdleTimeoutNs(timeout).setControllerMetadata(cookie);
        Encoder encoder = new Encoder();
        if (metadata.length > 0) {
            message.setMetadata(ByteString.copyFrom(metadata));
            encoder.octets(TableEntry.METADATA_FIELD_NUMBER, ByteString.copyFrom(metadata));
        }
        CounterData counter = CounterData.newBuilder().setByteCount(cookie).setPacketCount(timeout).build();
        message.setCounterData(counter);
        encoder.numberUnlessZero(TableEntry.IDLE_TIMEOUT_NS_FIELD_NUMBER, timeout);
        encoder.message(TableEntry.COUNTER_DATA_FIELD_NUMBER, counter);
        encoder.numberUnlessZero(TableEntry.CONTROLLER_METADATA_FIELD_NUMBER, cookie);
        encoder.numberUnlessZero(TableEntry.PRIORITY_FIELD_NUMBER, priority);
        int action = encoder.written();
        for (int i = values.size() - 1; i >= 0; i--) {
            int parameter = encoder.written();
            encoder.octets(Action.Param.VALUE_FIELD_NUMBER, Bits.of(values.get(i)));
            encoder.number(Action.Param.PARAM_ID_FIELD_NUMBER, i + 1);
            encoder.close(Action.PARAMS_FIELD_NUMBER, parameter);
            message.getActionBuilder().getActionBuilder().addParamsBuilder(0).setParamId(i + 1)
                    .setValue(Value.write(Bits.of(values.get(i))));
        }
        message.getActionBuilder().getActionBuilder();
        encoder.close(1, action);
        encoder.close(TableEntry.ACTION_FIELD_NUMBER, action);
        encoder.numberUnlessZero(TableEntry.TABLE_ID_FIELD_NUMBER, Integer.toUnsignedLong(tableId));
        byte[] encoded = new byte[encoder.written()];
        System.arraycopy(encoder.array(), encoder.from(), encoded, 0, encoded.length);
        assertThat(encoded).isEqualTo(message.build().toByteArray());
    }

    @Test
    void responsesHoldEveryEntityOnceHoweverLong() {
        List<Entity> given = new ArrayList<>();
        List<ReadResponse> responses = new ArrayList<>();
        Responses to = new Responses(stream -> {
            try {
                responses.add(ReadResponse.parseFrom(stream.readAllBytes()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        for (int size : new int[] {0, 1, 200, 40_000, 127, 128, 32_768, 32_766, 32_764, 32_760, 5, 100_000, 16_384}) {
            Entity entity = Entity.newBuilder().setTableEntry(TableEntry.newBuilder()
                    .setMetadata(ByteString.copyFrom(new byte[size]))).build();
            given.add(entity);
            if (size % 2 == 0) {
                to.accept(entity);
            } else {
                byte[] octets = entity.toByteArray();
                to.encoded(octets, 0, octets.length);
            }
        }
        to.flush();
        to.flush();
        assertThat(responses.stream().flatMap(response -> response.getEntitiesList().stream()).toList())
                .isEqualTo(given);
        assertThat(responses).allSatisfy(response -> assertThat(response.getEntitiesCount() == 1
                || response.getSerializedSize() <= 1 << 15).isTrue());
    }
}
