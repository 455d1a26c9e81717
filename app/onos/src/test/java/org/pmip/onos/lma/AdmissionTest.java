// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;
import static org.pmip.onos.lma.Fixture.MAG2;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.onos.NamedMaps;
import org.pmip.protocol.wire.Status;

class AdmissionTest {

    private static final OptionalInt NO_RATE = OptionalInt.empty();
    private static final OptionalLong NO_CAP = OptionalLong.empty();

    private static Fixture fixture(OptionalInt rate, OptionalLong cap, boolean silent) {
        return new Fixture(new NamedMaps(), rate, cap, silent);
    }

    @Test
    void aGatewayThatSendsTooMuchGets130AndTheOthersTheirDue() {
        Fixture at = fixture(OptionalInt.of(1), NO_CAP, false);
        for (int i = 0; i < 3; i++) {
            at.processor.accept(at.request(MAG1, "mn" + i + "@example.net", 1, 100));
        }
        assertThat(at.answers).filteredOn(answer -> answer.status() == Status.INSUFFICIENT_RESOURCES).hasSize(2);
        assertThat(at.statistics.counts()).containsEntry("rejected 130, over the rate limit", 2L);
        at.processor.accept(at.request(MAG2, "other@example.net", 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        at.now += 1_000;
        at.processor.accept(at.request(MAG1, "mn0@example.net", 5, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void overTheRateNoSessionThatStandsIsEndedByARejection() {
        Fixture at = fixture(OptionalInt.of(1), NO_CAP, false);
        at.processor.accept(at.request(MAG1, "mn@example.net", 1, 100));
        at.processor.accept(at.request(MAG1, "mn@example.net", 5, 100));
        at.processor.accept(at.request(MAG1, "mn@example.net", 4, 0));

        assertThat(at.answers).hasSize(1);
        assertThat(at.record("mn@example.net").entries()).hasSize(1);
        assertThat(at.statistics.counts()).containsEntry("ignored, over the rate limit", 2L);
        at.now += 1_000;
        at.processor.accept(at.request(MAG1, "mn@example.net", 5, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void bothAddressesOfAGatewayShareItsLimit() {
        Fixture at = fixture(OptionalInt.of(1), NO_CAP, true);
        at.processor.accept(at.request(MAG1, "mn@example.net", 1, 100));
        at.processor.accept(at.ipv4("other@example.net", 1, 100));
        assertThat(at.answers).hasSize(1);
        assertThat(at.statistics.counts()).containsEntry("ignored, over the rate limit", 1L);
    }

    @Test
    void strangersShareOneLimit() {
        Fixture at = fixture(NO_RATE, NO_CAP, false);
        for (int i = 0; i < 150; i++) {
            at.processor.accept(at.request(Ip6Address.valueOf("2001:db8:bad::" + i), "mn@example.net", 1, 100));
        }
        assertThat(at.answers).hasSize(100).allMatch(answer ->
                answer.status() == Status.MAG_NOT_AUTHORIZED_FOR_PROXY_REG);
        assertThat(at.bindings.all()).isEmpty();
    }

    @Test
    void overItsCapAGatewayGetsNoMoreSessions() {
        Fixture at = fixture(NO_RATE, OptionalLong.of(1), false);
        at.processor.accept(at.request(MAG1, "one@example.net", 1, 100));
        assertThat(at.bindings.sessionsAt(MAG1)).isEqualTo(1);
        at.processor.accept(at.request(MAG1, "two@example.net", 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        at.processor.accept(at.request(MAG1, "one@example.net", 5, 100));
        assertThat(at.lastAnswer().status()).as("an extension is no new session").isEqualTo(Status.ACCEPTED);
        at.processor.accept(at.request(MAG2, "one@example.net", 3, 100));
        assertThat(at.bindings.sessionsAt(MAG1)).isZero();
        at.processor.accept(at.request(MAG1, "two@example.net", 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void overItsCapAGatewayMayGetNoAnswer() {
        Fixture at = fixture(NO_RATE, OptionalLong.of(1), true);
        at.processor.accept(at.request(MAG1, "one@example.net", 1, 100));
        at.processor.accept(at.request(MAG1, "two@example.net", 1, 100));
        assertThat(at.answers).hasSize(1);
        assertThat(at.statistics.counts()).containsEntry("ignored", 1L);
    }
}
