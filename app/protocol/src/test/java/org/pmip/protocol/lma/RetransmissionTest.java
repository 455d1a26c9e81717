// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** The same octets from the same gateway get the same octets back and change nothing. */
class RetransmissionTest {

    private final Domain domain = new Domain();

    private void isRepeated(Exchange first) {
        var before = domain.records();
        var claims = domain.claims();
        domain.pass(1_000);
        Exchange second = first.again(domain);

        assertThat(second.kind()).isEqualTo(Transition.Kind.REPEATED);
        assertThat(second.answer()).isEqualTo(first.answer());
        assertThat(second.answer().mobilityHeader()).isEqualTo(first.answer().mobilityHeader());
        assertThat(domain.records()).isEqualTo(before);
        assertThat(domain.claims()).isEqualTo(claims);
    }

    @Test
    void ofAFirstRegistration() {
        isRepeated(domain.from(MAG1, ALICE).gre(0x11).sent());
    }

    @Test
    void ofARequestOrderedBySequenceNumbers() {
        isRepeated(domain.from(MAG1, ALICE).sequence(9).sent());
    }

    @Test
    void ofAnExtensionAndOfAHandoff() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().prefix();
        isRepeated(domain.from(MAG1, ALICE).gre(0x11).prefix(prefix).sent());
        isRepeated(domain.from(MAG2, ALICE).gre(0x22).prefix(prefix).handoff(HandoffIndicator.BETWEEN_INTERFACES)
                .sent());
    }

    @Test
    void ofADeregistration() {
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        isRepeated(domain.from(MAG1, ALICE).prefix(prefix).deregistration().sent());
    }

    @Test
    void aRequestThatCameBeforeTheLastIsNoneAnyMore() {
        Exchange first = domain.from(MAG1, ALICE).sent();
        domain.from(MAG1, ALICE).prefix(first.prefix()).sent();
        var before = domain.records();
        first.again(domain).rejected(Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED);
        assertThat(domain.records()).isEqualTo(before);
    }

    @Test
    void theSameOctetsFromAnotherGatewayAreAnotherRequest() {
        Pbu request = domain.from(MAG1, ALICE);
        request.sent();
        Exchange other = domain.from(MAG2, ALICE).sequence(request.sequence()).sent();
        assertThat(other.kind()).isNotEqualTo(Transition.Kind.REPEATED);
    }

    @Test
    void aRejectedRequestIsJudgedAfresh() {
        domain.keySpace(0);
        Pbu request = domain.from(MAG1, ALICE).gre(0x11);
        Exchange refused = request.sent().rejected(Status.INSUFFICIENT_RESOURCES);
        domain.keySpace(1);
        refused.again(domain).accepted(Transition.Kind.REGISTERED);
    }
}
