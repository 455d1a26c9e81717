// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import org.junit.jupiter.api.Test;
import org.pmip.checks.junit.Requirement;

/** The call flows of the documents, and what becomes of them when messages cross, come twice, come late or get lost. */
class CallFlowTest {

    private final Domain domain = new Domain();

    private void flow(String... lines) {
        new CallFlow(domain).run(lines);
    }

    @Test
    @Requirement({"R5845-3.3.1-3", "R5845-3.3.2-1"})
    void attachmentExtensionAndHandoffWithKeys() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "... 60000 ms",
            "MAG1 -> LMA PBU alice HI=5 HNP=p key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG2 -> LMA PBU alice HI=3 key=22",
            "LMA -> MAG2 PBA 0 HNP=p key=k",
            "alice at MAG2 KEYS",
            "MAG2 -> LMA PBU alice HI=4 HNP=p lifetime=0",
            "LMA -> MAG2 PBA 0 HNP=p",
            "alice ending",
            "... 10000 ms",
            "alice gone");
    }

    @Test
    @Requirement("R5845-7.2-6")
    void handoffFromIpv6ToIpv4AndBack() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG2v4 -> LMA PBU alice HI=3 key=22 T",
            "LMA -> MAG2v4 PBA 0 HNP=p key=k T",
            "alice at MAG2v4 KEYS",
            "MAG1 -> LMA PBU alice HI=3 T key=11",
            "LMA -> MAG1 PBA 3 HNP=p key=k",
            "alice at MAG1 KEYS");
    }

    @Test
    void aDeregistrationOnItsWayWhileTheNodeIsHandedOff() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "... 5000 ms",
            "MAG1 -> LMA PBU alice HI=4 HNP=p lifetime=0 held as d",
            "... 5 ms",
            "MAG2 -> LMA PBU alice HI=3 key=22",
            "LMA -> MAG2 PBA 0 HNP=p key=k",
            "d arrives",
            "LMA -> MAG1 PBA 157",
            "alice at MAG2 KEYS",
            "... 20000 ms",
            "alice at MAG2 KEYS");
    }

    @Test
    void aDeregistrationSentAfterTheHandoffIsNoneOfItsBusiness() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG2 -> LMA PBU alice HI=3 key=22",
            "LMA -> MAG2 PBA 0 HNP=p key=k",
            "... 10 ms",
            "MAG1 -> LMA PBU alice HI=4 HNP=p lifetime=0",
            "LMA -> MAG1 nothing",
            "alice at MAG2 KEYS");
    }

    @Test
    void twoGatewaysAtOnceAndTheLaterOneStays() {
        flow("MAG1 -> LMA PBU alice HI=1",
            "LMA -> MAG1 PBA 0 HNP=p",
            "... 1000 ms",
            "MAG2 -> LMA PBU alice HI=3 held as early",
            "... 3 ms",
            "MAG1 -> LMA PBU alice HI=3 held as late",
            "late arrives",
            "LMA -> MAG1 PBA 0 HNP=p",
            "early arrives",
            "LMA -> MAG2 PBA 157",
            "alice at MAG1");
    }

    @Test
    void theFirstRequestIsLost() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11 lost",
            "... 1000 ms",
            "MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k");
    }

    @Test
    void theAnswerIsLostAndTheSameRequestComesAgain() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11 held as r",
            "r arrives",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "... 250 ms",
            "r arrives",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "alice at MAG1 KEYS");
    }

    @Test
    void aCopyThatComesAfterTheHandoffChangesNothing() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11 held as r",
            "r arrives",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG2 -> LMA PBU alice HI=3 key=22",
            "LMA -> MAG2 PBA 0 HNP=p key=k",
            "r arrives",
            "LMA -> MAG1 PBA 157",
            "alice at MAG2 KEYS");
    }

    @Test
    void aGatewayRestartsAndLearnsTheSequenceNumber() {
        flow("MAG1 -> LMA PBU alice HI=1 sequence",
            "LMA -> MAG1 PBA 0 HNP=p sequence=1",
            "MAG1 -> LMA PBU alice HI=5 HNP=p sequence",
            "LMA -> MAG1 PBA 0 HNP=p sequence=2",
            "MAG1 restarts",
            "MAG1 -> LMA PBU alice HI=1 sequence",
            "LMA -> MAG1 PBA 135 sequence=2",
            "... 1000 ms",
            "MAG1 -> LMA PBU alice HI=1 sequence lost",
            "MAG1 -> LMA PBU alice HI=1 sequence",
            "LMA -> MAG1 PBA 0 HNP=p sequence=3");
    }

    @Test
    void theAnchorRestartsWhileARequestWaits() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG2 -> LMA PBU alice HI=4 LL=2 key=22 held as r",
            "r arrives",
            "LMA -> MAG2 nothing",
            "LMA restarts",
            "... 1000 ms",
            "alice at MAG1 KEYS",
            "MAG2 -> LMA PBU alice HI=4 LL=2 key=22",
            "LMA -> MAG2 nothing",
            "MAG1 -> LMA PBU alice HI=4 HNP=p lifetime=0",
            "LMA -> MAG1 PBA 0 HNP=p",
            "alice at MAG2 KEYS");
    }

    @Test
    void aNodeReturnsWhileItsSessionEnds() {
        flow("MAG1 -> LMA PBU alice HI=1 key=11",
            "LMA -> MAG1 PBA 0 HNP=p key=k",
            "MAG1 -> LMA PBU alice HI=4 HNP=p lifetime=0",
            "LMA -> MAG1 PBA 0 HNP=p",
            "... 9000 ms",
            "MAG2 -> LMA PBU alice HI=1 key=22",
            "LMA -> MAG2 PBA 0 HNP=p key=k",
            "... 9000 ms",
            "alice at MAG2 KEYS");
    }

    @Test
    void twoOperatorsWithTheSameAddress() {
        flow("MAG1 -> LMA PBU eve HI=1 HoA=0.0.0.0 key=11",
            "LMA -> MAG1 PBA 0 HNP=p HoA=a key=k",
            "MAG1 -> LMA PBU grace HI=1 HoA=10.1.0.2 key=12",
            "LMA -> MAG1 PBA 0 HNP=q HoA=b key=l",
            "MAG1v4 -> LMA PBU eve HI=3 HoA=0.0.0.0 key=13 T",
            "LMA -> MAG1v4 PBA 0 HoA=a key=k T");
    }

    @Test
    @Requirement("R5844-4-1")
    void aTranslatorForgetsItsMapping() {
        flow("INSIDE -> LMA PBU alice HI=1 key=11 T through=61000",
            "LMA -> INSIDE PBA 0 HNP=p key=k T",
            "... 200000 ms",
            "INSIDE -> LMA PBU alice HI=5 HNP=p key=11 T through=62000",
            "LMA -> INSIDE PBA 0 HNP=p key=k T",
            "alice at INSIDE KEYS");
    }
}
