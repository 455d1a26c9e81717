// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.ActionProfile.Group;
import org.pmip.softswitch.pipeline.ActionProfile.WeightedMember;
import org.pmip.softswitch.pipeline.TableException.Kind;

/** Action profiles and selectors. */
class SelectorTest {
    private final Harness harness = Harness.features();
    private final Table table = harness.pipeline.table("FeatureIngress.balanced");
    private final ActionProfile profile = harness.pipeline.profile("FeatureIngress.spread");

    private Entry entry(int arg, ActionChoice choice) {
        return new Entry(List.of(KeyMatch.exact(Harness.number(arg))), 0, choice);
    }

    private Harness.Sent send(int arg, long a) {
        return harness.one(1, Command.of(46).arg(arg).a(a).frame());
    }

    private static void refused(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TableException.class,
                e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void entriesFollowTheirMember() throws TableException {
        profile.insertMember(1, Harness.forward(30));
        table.insert(entry(5, new ActionChoice.Member(1)));
        Harness.Sent sent = send(5, 0);
        assertThat(sent.port()).isEqualTo(30);
        assertThat(Command.parse(sent.frame()).flag).isEqualTo(1);
        profile.modifyMember(1, Harness.forward(31));
        assertThat(send(5, 0).port()).isEqualTo(31);
        profile.modifyMember(1, ActionCall.of("NoAction"));
        assertThat(Command.parse(send(5, 0).frame()).flag).isEqualTo(2);
        // The JSON gives such a table no default action, and lets the control end where nothing is hit.
        assertThat(Command.parse(send(6, 0).frame()).flag).isZero();
    }

    @Test
    void groupsSpreadByHashAndWeight() throws TableException {
        for (int i = 1; i <= 3; i++) {
            profile.insertMember(i, Harness.forward(40 + i));
        }
        profile.insertGroup(new Group(9, 0, List.of(new WeightedMember(1, 1), new WeightedMember(2, 3))));
        table.insert(entry(5, new ActionChoice.Group(9)));
        Map<Integer, Integer> ports = new HashMap<>();
        for (int i = 0; i < 400; i++) {
            int port = send(5, i * 7919L).port();
            assertThat(send(5, i * 7919L).port()).isEqualTo(port);
            ports.merge(port, 1, Integer::sum);
        }
        assertThat(ports).containsOnlyKeys(41, 42);
        assertThat(ports.get(42)).isBetween(250, 350);
        profile.modifyGroup(new Group(9, 0, List.of(new WeightedMember(3, 1))));
        assertThat(send(5, 1).port()).isEqualTo(43);
        profile.modifyGroup(new Group(9, 0, List.of()));
        assertThat(Command.parse(send(5, 1).frame()).flag).as("an empty group is a miss").isZero();
    }

    @Test
    void actionSetsNeedNoGroup() throws TableException {
        table.insert(entry(5, new ActionChoice.OneShot(List.of(
                new ActionChoice.Weighted(Harness.forward(50), 2),
                new ActionChoice.Weighted(Harness.forward(51), 2)))));
        assertThat(send(5, 12).port()).isBetween(50, 51);
        assertThat(profile.members()).isEmpty();
    }

    @Test
    void whatIsUsedStays() throws TableException {
        refused(Kind.NOT_FOUND, () -> table.insert(entry(5, new ActionChoice.Member(1))));
        profile.insertMember(1, Harness.forward(30));
        refused(Kind.ALREADY_EXISTS, () -> profile.insertMember(1, Harness.forward(30)));
        refused(Kind.INVALID, () -> table.insert(entry(5, Harness.forward(1))));
        table.insert(entry(5, new ActionChoice.Member(1)));
        refused(Kind.IN_USE, () -> profile.deleteMember(1));
        profile.insertGroup(new Group(2, 0, List.of(new WeightedMember(1, 1))));
        table.modify(entry(5, new ActionChoice.Group(2)));
        refused(Kind.IN_USE, () -> profile.deleteMember(1));
        refused(Kind.IN_USE, () -> profile.deleteGroup(2));
        table.delete(entry(5, null));
        profile.deleteGroup(2);
        profile.deleteMember(1);
        refused(Kind.NOT_FOUND, () -> profile.deleteMember(1));
        refused(Kind.NOT_FOUND, () -> profile.deleteGroup(2));
        refused(Kind.NOT_FOUND, () -> profile.insertGroup(new Group(2, 0, List.of(new WeightedMember(1, 1)))));
    }

    @Test
    void aProfileHoldsWhatTheProgramSays() throws TableException {
        assertThat(profile.size()).isEqualTo(16);
        assertThat(profile.selector()).isTrue();
        for (int i = 0; i < 16; i++) {
            profile.insertMember(i, Harness.forward(i));
        }
        refused(Kind.FULL, () -> profile.insertMember(16, Harness.forward(1)));
        assertThat(profile.members()).hasSize(16);
        assertThat(profile.member(3)).isEqualTo(Harness.forward(3));
        refused(Kind.FULL, () -> profile.insertGroup(new Group(1, 1, List.of(new WeightedMember(1, 2)))));
        refused(Kind.INVALID, () -> profile.insertGroup(new Group(1, 0, List.of(new WeightedMember(1, 0)))));
        refused(Kind.NOT_FOUND, () -> profile.modifyGroup(new Group(1, 0, List.of())));
    }

    /** P4_14 looks at some bits of an exact key only; p4c writes them as its mask. */
    @Test
    void bitsOutsideTheMaskOfAnExactKeyMeanNothing() throws Exception {
        String masked = Harness.text("features.json").replaceAll(
                "(\"target\" *: *\\[\\s*\"command\",\\s*\"arg\"\\s*\\],\\s*\"mask\" *: *)null", "$1\"0x0f0f\"");
        assertThat(masked).isNotEqualTo(Harness.text("features.json"));
        Pipeline pipeline = PipelineLoader.load(masked);
        Table spread = pipeline.table("FeatureIngress.balanced");
        spread.insert(entry(0x1234, new ActionChoice.OneShot(List.of(
                new ActionChoice.Weighted(Harness.forward(50), 1)))));
        refused(Kind.ALREADY_EXISTS, () -> spread.insert(entry(0x0204, new ActionChoice.OneShot(List.of(
                new ActionChoice.Weighted(Harness.forward(51), 1))))));
        spread.forEach(entry -> assertThat(entry.matches()).isEqualTo(entry(0x1234, null).matches()));
        assertThat(spread.find(entry(0xf2f4, null))).isNotNull();
        assertThat(spread.find(entry(0x1235, null))).isNull();
    }
}
