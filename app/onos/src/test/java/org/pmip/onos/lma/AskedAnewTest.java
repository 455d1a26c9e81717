// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.Answer;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.Timestamp;

/** Gateways that hear nothing repeat their requests, while the anchor is still at the first. */
class AskedAnewTest {

    private static final String NODE = "mn1@example.net";
    private final Fixture at = new Fixture();
    private int sequence;

    private Request request(Ip6Address mag, int handoff, int lifetime) {
        sequence++;
        return request(mag, handoff, lifetime, sequence, sequence);
    }

    private Request request(Ip6Address mag, int handoff, int lifetime, int number, int millis) {
        Request plain = at.request(mag, NODE, handoff, lifetime);
        BindingUpdate update = BindingUpdate.proxyBuilder().sequence(number).lifetime(lifetime)
                .options(plain.update().options())
                .option(Timestamp.of(Instant.ofEpochMilli(at.now + millis))).build();
        return new Request(update, plain.source().getIp6Address(), plain.destination().getIp6Address(),
                MobilityHeaderCodec.encode(update, mag, plain.destination().getIp6Address()), plain.receivedAt());
    }

    /** The anchor is busy with a first request of the node. */
    private void busy() {
        at.automatic = false;
        at.processor.accept(request(MAG1, 1, 100));
    }

    private void goOn() {
        at.automatic = true;
        List.copyOf(at.writes).forEach(write -> write.complete(null));
    }

    private static int sequence(Answer answer) {
        try {
            return ((BindingAcknowledgement) MobilityHeaderCodec.decode(answer.mobilityHeader(),
                    answer.source().getIp6Address(), answer.destination().getIp6Address())).sequence();
        } catch (DecodeException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void ofRepetitionsTheNewestAloneIsWorkedOn() {
        busy();
        for (int i = 0; i < 4; i++) {
            at.processor.accept(request(MAG1, 5, 200));
        }
        goOn();
        assertThat(at.answers).extracting(AskedAnewTest::sequence).containsExactly(1, 5);
        assertThat(at.statistics.counts()).containsEntry("asked anew while waiting", 3L)
                .containsEntry("extended", 1L);
        at.processor.accept(request(MAG1, 5, 200));
        assertThat(at.answers).extracting(AskedAnewTest::sequence).containsExactly(1, 5, 6);
    }

    @Test
    void whatIsNotTheSameIsWorkedOnInOrder() {
        busy();
        at.processor.accept(request(MAG1, 5, 200));
        at.processor.accept(request(MAG1, 5, 300));
        at.processor.accept(request(MAG2, 3, 300));
        goOn();
        assertThat(at.answers).extracting(AskedAnewTest::sequence).containsExactly(1, 2, 3, 4);
        assertThat(at.answers).extracting("destination").containsExactly(MAG1, MAG1, MAG1, MAG2);
    }

    @Test
    void anOlderOneThatComesLateSupersedesNothing() {
        busy();
        at.processor.accept(request(MAG1, 5, 200, 7, 7));
        at.processor.accept(request(MAG1, 5, 200, 6, 6));
        goOn();
        assertThat(sequence(at.answers.get(1))).isEqualTo(7);
        assertThat(at.answers.get(1).status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.statistics.counts()).doesNotContainKey("asked anew while waiting");
    }

    @Test
    void whatIsNotTakenSupersedesNothing() {
        busy();
        // Four may wait.
        for (int i = 0; i < 4; i++) {
            at.processor.accept(request(MAG1, 5, 200 + i));
        }
        at.processor.accept(request(MAG1, 5, 203));
        assertThat(at.statistics.counts()).containsEntry("dropped, too many waiting", 1L);
        goOn();
        assertThat(at.answers).extracting(AskedAnewTest::sequence).containsExactly(1, 2, 3, 4, 5);
    }
}
