// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Replication.CloneSession;
import org.pmip.softswitch.pipeline.Replication.Group;
import org.pmip.softswitch.pipeline.Replication.Replica;
import org.pmip.softswitch.pipeline.TableException.Kind;

/** Copies, clones and packets that come round again. */
class ReplicationTest {
    private static final int INGRESS_CLONE = 1;
    private static final int EGRESS_CLONE = 2;
    private static final int REPLICATED = 5;

    private final Harness harness = Harness.features();
    private final Replication replication = harness.pipeline.replication();

    @Test
    void multicastMakesOneCopyForEachReplica() throws TableException {
        replication.insertGroup(new Group(7, List.of(new Replica(1, 1), new Replica(2, 5), new Replica(2, 6),
                new Replica(3, 7))));
        List<Harness.Sent> out = harness.send(1, Command.of(49).arg(7).rest((byte) 9).frame());
        assertThat(out).extracting(Harness.Sent::port).as("none back to where it came from").containsExactly(2, 2, 3);
        assertThat(out).extracting(sent -> Command.parse(sent.frame()).flag).containsExactly(5, 6, 7);
        assertThat(out).allMatch(sent -> Command.parse(sent.frame()).a == REPLICATED)
                .allMatch(sent -> Arrays.equals(Command.parse(sent.frame()).rest, new byte[] {9}));
        assertThat(harness.send(1, Command.of(49).arg(8).frame())).as("an unknown group drops").isEmpty();
        assertThat(harness.one(1, Command.of(49).arg(0).frame()).port()).as("group 0 is none").isEqualTo(11);
        replication.deleteGroup(7);
        assertThat(harness.send(1, Command.of(49).arg(7).frame())).isEmpty();
    }

    @Test
    void ingressClonesAreThePacketAsItCameWithTheFieldsOfTheList() throws TableException {
        replication.insertSession(new CloneSession(5, List.of(new Replica(20, 3)), 0));
        byte[] frame = Command.of(52).arg(0x1234).rest(new byte[] {1, 2, 3}).frame();
        List<Harness.Sent> out = harness.send(1, frame);
        assertThat(out).extracting(Harness.Sent::port).containsExactlyInAnyOrder(11, 20);
        Command original = parse(out, 11);
        Command copy = parse(out, 20);
        assertThat(original.flag).isEqualTo(0xEE);
        assertThat(original.a).isZero();
        assertThat(original.b).isEqualTo(0x1234_1234_0000_0000L | frame.length);
        assertThat(copy.flag).isZero();
        assertThat(copy.a).isEqualTo(INGRESS_CLONE);
        assertThat(copy.b).isEqualTo(0x1234_0000_0000_0000L | frame.length);
        assertThat(copy.rest).containsExactly(1, 2, 3);
    }

    private static Command parse(List<Harness.Sent> out, int port) {
        return Command.parse(out.stream().filter(sent -> sent.port() == port).findFirst().orElseThrow().frame());
    }

    @Test
    void clonesWithoutASessionAreNotMade() {
        assertThat(harness.one(1, Command.of(52).frame()).port()).isEqualTo(11);
        assertThat(harness.one(1, Command.of(55).frame()).port()).isEqualTo(11);
    }

    @Test
    void egressClonesAreThePacketAsItIs() throws TableException {
        replication.insertSession(new CloneSession(6, List.of(new Replica(21, 0), new Replica(22, 1)), 50));
        List<Harness.Sent> out = harness.send(1, Command.of(55).rest(new byte[] {1, 2, 3}).frame());
        assertThat(out).extracting(Harness.Sent::port).containsExactlyInAnyOrder(11, 21, 22);
        assertThat(parse(out, 11).flag).isEqualTo(0xEE);
        byte[] cut = out.stream().filter(sent -> sent.port() == 21).findFirst().orElseThrow().frame();
        assertThat(cut).hasSize(50);
        Command copy = Command.parse(Arrays.copyOf(cut, Command.LENGTH));
        assertThat(copy.flag).isEqualTo(0xEE);
        assertThat(copy.a).isEqualTo(EGRESS_CLONE);
        assertThat(copy.b).isEqualTo(0xABCD_0000_0000_0000L | 21);
    }

    @Test
    void resubmittedPacketsBeginAnewWithTheFieldsOfTheList() {
        harness.forward(0, 12);
        Harness.Sent sent = harness.one(1, Command.of(53).arg(0x77).flag(1).frame());
        assertThat(sent.port()).isEqualTo(2);
        Command out = Command.parse(sent.frame());
        assertThat(out.flag).as("what ingress changed is gone").isEqualTo(1);
        assertThat(out.a).isEqualTo(0x77);
        assertThat(out.b).isZero();
    }

    @Test
    void recirculatedPacketsComeInAsTheyWouldHaveLeft() {
        harness.forward(0, 12);
        Harness.Sent sent = harness.one(1, Command.of(54).rest((byte) 1).frame());
        Command out = Command.parse(sent.frame());
        assertThat(sent.port()).isEqualTo(3);
        assertThat(out.a).isEqualTo(4);
        assertThat(out.b).isEqualTo(Command.LENGTH + 1);
        assertThat(out.rest).containsExactly(1);
    }

    @Test
    void packetsThatComeRoundForEverAreDroppedInTheEnd() throws TableException {
        harness.forward(0, 12);
        assertThat(harness.send(1, Command.of(72).frame())).as("recirculated").isEmpty();
        assertThat(harness.send(1, Command.of(74).frame())).as("resubmitted").isEmpty();
        replication.insertSession(new CloneSession(6, List.of(new Replica(20, 0)), 0));
        assertThat(harness.send(1, Command.of(73).frame())).as("cloned").hasSizeBetween(100, 5000);
    }

    @Test
    void truncationCutsWhatLeaves() {
        assertThat(harness.one(1, Command.of(57).rest(new byte[100]).frame()).frame()).hasSize(20);
    }

    @Test
    void removedHeadersShortenThePacketThatEgressSees() {
        byte[] out = harness.one(1, Command.of(56).rest(new byte[] {1, 2, 3}).frame()).frame();
        assertThat(out).hasSize(14 + 3);
        assertThat(out[11]).as("packet_length is set before egress").isEqualTo((byte) (Command.LENGTH + 3));
    }

    @Test
    void writingAnswersWhatIsWrong() throws TableException {
        refused(Kind.NOT_FOUND, () -> replication.deleteGroup(1));
        refused(Kind.NOT_FOUND, () -> replication.modifyGroup(new Group(1, List.of())));
        refused(Kind.INVALID, () -> replication.insertGroup(new Group(0, List.of())));
        refused(Kind.INVALID, () -> replication.insertGroup(new Group(65536, List.of())));
        refused(Kind.INVALID, () -> replication.insertGroup(new Group(1, List.of(new Replica(512, 0)))));
        refused(Kind.INVALID, () -> replication.insertGroup(new Group(1, List.of(new Replica(1, 65536)))));
        refused(Kind.INVALID, () -> replication.insertGroup(
                new Group(1, List.of(new Replica(1, 1), new Replica(1, 1)))));
        replication.insertGroup(new Group(1, List.of()));
        refused(Kind.ALREADY_EXISTS, () -> replication.insertGroup(new Group(1, List.of())));
        replication.modifyGroup(new Group(1, List.of(new Replica(1, 1))));
        assertThat(replication.groups()).containsExactly(new Group(1, List.of(new Replica(1, 1))));
        refused(Kind.NOT_FOUND, () -> replication.deleteSession(1));
        refused(Kind.NOT_FOUND, () -> replication.modifySession(new CloneSession(1, List.of(), 0)));
        refused(Kind.INVALID, () -> replication.insertSession(new CloneSession(32768, List.of(), 0)));
        refused(Kind.INVALID, () -> replication.insertSession(new CloneSession(1, List.of(), -1)));
        replication.insertSession(new CloneSession(1, List.of(), 0));
        refused(Kind.ALREADY_EXISTS, () -> replication.insertSession(new CloneSession(1, List.of(), 0)));
        replication.deleteSession(1);
        assertThat(replication.sessions()).isEmpty();
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TableException.class,
                e -> assertThat(e.kind()).isEqualTo(kind));
    }
}
