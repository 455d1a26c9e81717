// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.wire.option.AccessTechnologyType;

class TurnstileTest {

    private static final String ANCHOR = "lma1";
    /** There are no gateways but these. */
    private static final MagParameters ALONE = MagParameters.DEFAULTS.withContextCoversDomain(true);
    private static final long PATIENCE_MILLIS = MagParameters.DEFAULTS.initialBindackTimeout();

    private final List<String> begun = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private long now = 1_000;
    private final Turnstile turnstile = new Turnstile(() -> now, counted::add, ALONE);

    /** A place of an interface of that number. */
    private static Attachment at(int card) {
        return at("mag1", card);
    }

    private static Attachment at(String gateway, int card) {
        return Attachment.of(gateway, "2", new byte[] {2, 0, 0, 0, 0, (byte) card}, AccessTechnologyType.WLAN);
    }

    private void arrive(Turnstile through, String anchor, String node, Attachment place, String what) {
        through.arrive(anchor, node, place, () -> true, () -> begun.add(what));
    }

    private void come(String anchor, int from, int to) {
        for (int node = from; node < to; node++) {
            String name = "mn" + node;
            arrive(turnstile, anchor, name, at(1), name);
        }
    }

    @Test
    void asManyAsTheWindowHasAreUnderWayAndTheOthersInTheirOrder() {
        come(ANCHOR, 0, 100);
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW);
        assertThat(turnstile.waiting()).isEqualTo(100 - Turnstile.FIRST_WINDOW);
        assertThat(counted).hasSize(100 - Turnstile.FIRST_WINDOW).containsOnly("waited for answers to others");
        now += PATIENCE_MILLIS * 3 / 4;
        turnstile.left("mn5");
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW + 1).endsWith("mn" + Turnstile.FIRST_WINDOW);
        turnstile.left("mn5");
        assertThat(begun).as("it left once").hasSize(Turnstile.FIRST_WINDOW + 1);
    }

    @Test
    void whoIsUnderWayAlreadyNeedNotWait() {
        come(ANCHOR, 0, 100);
        arrive(turnstile, ANCHOR, "mn3", at(1), "mn3 again");
        assertThat(begun).endsWith("mn3 again");
    }

    @Test
    void ofAnInterfaceThatWaitsOnlyTheLastPlaceCounts() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        for (String place : List.of("first", "second")) {
            arrive(turnstile, ANCHOR, "late", at(1), place);
        }
        arrive(turnstile, ANCHOR, "late", at(2), "other interface");
        now += PATIENCE_MILLIS * 3 / 4;
        turnstile.left("mn0");
        assertThat(begun).endsWith("second", "other interface").doesNotContain("first");
    }

    @Test
    void whoHasLeftWhileItWaitedIsNotRegistered() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        arrive(turnstile, ANCHOR, "one", at("mag1", 1), "one");
        arrive(turnstile, ANCHOR, "elsewhere", at("mag2", 1), "elsewhere");
        arrive(turnstile, ANCHOR, "neighbour", at("mag1", 2), "neighbour");
        turnstile.left(at("mag1", 1));
        assertThat(turnstile.waiting()).isEqualTo(2);
        turnstile.left(Attachment.of("mag1", "2", new byte[0], AccessTechnologyType.WLAN));
        turnstile.left("mn0");
        turnstile.left("mn1");
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW + 1).endsWith("elsewhere");
    }

    @Test
    void whoWaitsToBeRegisteredElsewhereHasMovedAndNotLeft() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        arrive(turnstile, ANCHOR, "late", at("mag2", 1), "moves");
        turnstile.depart(ANCHOR, "late", at("mag1", 1), () -> begun.add("leaves"));
        turnstile.left("mn0");
        assertThat(begun).endsWith("moves").doesNotContain("leaves");
    }

    @Test
    void whoLeavesThereTooBeforeItsTurnIsDeregisteredWhereItWas() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        turnstile.depart(ANCHOR, "first", at("mag1", 1), () -> begun.add("first leaves"));
        arrive(turnstile, ANCHOR, "first", at("mag2", 1), "first moves");
        arrive(turnstile, ANCHOR, "second", at("mag2", 2), "second moves");
        turnstile.depart(ANCHOR, "second", at("mag1", 2), () -> begun.add("second leaves"));
        turnstile.depart(ANCHOR, "third", at("mag1", 3), () -> begun.add("third leaves"));
        arrive(turnstile, ANCHOR, "third", at("mag1", 3), "third is back");
        for (int card = 1; card <= 3; card++) {
            turnstile.left(at("mag2", card));
        }
        for (int other = 0; other < 3; other++) {
            turnstile.left("mn" + other);
        }
        assertThat(begun).endsWith("first leaves", "second leaves", "third is back")
                .hasSize(Turnstile.FIRST_WINDOW + 3);
    }

    @Test
    void thatOtherGatewaysHaveTakenSessionsOverHoldsUpNobodyWhoHasCome() {
        turnstile.use(MagParameters.DEFAULTS);
        for (int node = 0; node < 1_000; node++) {
            String name = "left" + node;
            turnstile.depart(ANCHOR, name, at(1), () -> begun.add(name));
        }
        assertThat(begun).hasSize(Turnstile.DEPARTURES);
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        assertThat(begun).hasSize(Turnstile.DEPARTURES + Turnstile.FIRST_WINDOW);
        for (int node = 0; node < Turnstile.FIRST_WINDOW; node++) {
            turnstile.left("mn" + node);
        }
        for (int over = 0; over + Turnstile.DEPARTURES < 1_000; over += Turnstile.DEPARTURES) {
            // Nobody is answered, and all of them are over after that time.
            now += PATIENCE_MILLIS;
            for (int node = over; node < over + Turnstile.DEPARTURES; node++) {
                turnstile.left("left" + node);
            }
            assertThat(begun).as("as many at a time as before").hasSize(Turnstile.FIRST_WINDOW
                    + Math.min(1_000, over + 2 * Turnstile.DEPARTURES));
        }
        come(ANCHOR, 100, 1_000);
        assertThat(begun).as("of those who come, too").hasSize(1_000 + 2 * Turnstile.FIRST_WINDOW);
    }

    @Test
    void whoIsBackWhereItIsThoughtToHaveLeftIsNotDeregistered() {
        turnstile.use(MagParameters.DEFAULTS);
        for (int node = 0; node < Turnstile.DEPARTURES; node++) {
            turnstile.depart(ANCHOR, "left" + node, at(1), () -> { });
        }
        turnstile.depart(ANCHOR, "back", at(1), () -> begun.add("back leaves"));
        arrive(turnstile, ANCHOR, "back", at(1), "back is there");
        turnstile.left("left0");
        assertThat(begun).containsExactly("back is there");
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void whoMovesAmongTheseGatewaysIsNotDeregisteredForThat() {
        turnstile.use(MagParameters.DEFAULTS);
        for (int node = 0; node < Turnstile.DEPARTURES; node++) {
            turnstile.depart(ANCHOR, "left" + node, at(1), () -> { });
        }
        turnstile.depart(ANCHOR, "moves", at("mag1", 1), () -> begun.add("moves leaves"));
        turnstile.depart(ANCHOR, "goes", at("mag1", 1), () -> begun.add("goes leaves"));
        arrive(turnstile, ANCHOR, "moves", at("mag2", 1), "moves");
        come(ANCHOR, 1, Turnstile.FIRST_WINDOW);
        arrive(turnstile, ANCHOR, "goes", at("mag2", 2), "another interface");
        arrive(turnstile, ANCHOR, "goes", at("mag2", 1), "goes");
        turnstile.left(at("mag2", 1));
        turnstile.left("left0");
        turnstile.left("left1");
        turnstile.left("mn1");
        turnstile.left("mn2");
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW + 2).endsWith("another interface", "goes leaves")
                .contains("moves").doesNotContain("moves leaves", "goes");
    }

    @Test
    void whatIsNotWantedAnyMoreTakesNobodysTurn() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        turnstile.arrive(ANCHOR, "registered elsewhere", at(1), () -> false, () -> begun.add("late"));
        arrive(turnstile, ANCHOR, "next", at(1), "next");
        turnstile.left("mn0");
        assertThat(begun).endsWith("next").doesNotContain("late");
        assertThat(turnstile.waiting()).isZero();
    }

    @Test
    void whoShowsThatItStaysIsNeitherRegisteredElsewhereNorDeregistered() {
        come(ANCHOR, 0, Turnstile.FIRST_WINDOW);
        arrive(turnstile, ANCHOR, "late", at("mag1", 1), "one");
        arrive(turnstile, ANCHOR, "late", at("mag1", 2), "other");
        arrive(turnstile, ANCHOR, "later", at("mag1", 1), "later");
        turnstile.depart(ANCHOR, "gone", at("mag1", 1), () -> begun.add("gone"));
        assertThat(turnstile.waiting()).isEqualTo(3);
        turnstile.stays("late", at("mag2", 1));
        turnstile.stays("later", at("mag1", 1));
        turnstile.stays("gone", at("mag1", 1));
        turnstile.stays("nobody", at("mag1", 1));
        assertThat(turnstile.waiting()).isEqualTo(2);
        for (int node = 0; node < 4; node++) {
            turnstile.left("mn" + node);
        }
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW + 2).endsWith("other", "later");
    }

    @Test
    void whoLeavesIsNotAskedForAgainAfterItsDeregistration() {
        Turnstile shared = new Turnstile(() -> now, counted::add, ALONE.withContextCoversDomain(false));
        for (int node = 0; node < Turnstile.FIRST_WINDOW; node++) {
            arrive(shared, ANCHOR, "mn" + node, at(1), "mn" + node);
        }
        arrive(shared, ANCHOR, "anna", at(1), "again");
        shared.depart(ANCHOR, "anna", at(1), () -> begun.add("gone"));
        assertThat(begun).endsWith("gone");
        assertThat(shared.waiting()).isZero();
        shared.left("anna");
        shared.left("mn0");
        assertThat(begun).doesNotContain("again");
    }

    @Test
    void anAnchorThatDoesNotAnswerHoldsOnlyItsOwnNodesUp() {
        come(ANCHOR, 0, 1_000);
        come("lma2", 2_000, 2_010);
        assertThat(begun).endsWith("mn2009").hasSize(Turnstile.FIRST_WINDOW + 10);
        now += PATIENCE_MILLIS - 1;
        turnstile.tick();
        assertThat(begun).hasSize(Turnstile.FIRST_WINDOW + 10);
        now += 1;
        turnstile.tick();
        assertThat(begun).as("half as many at a time").hasSize(Turnstile.FIRST_WINDOW * 3 / 2 + 10);
        for (int round = 0; round < 10; round++) {
            now += PATIENCE_MILLIS;
            int before = begun.size();
            turnstile.tick();
            assertThat(begun.size() - before).as("but never none").isGreaterThanOrEqualTo(Turnstile.LEAST_WINDOW);
        }
    }

    @Test
    void anAnchorThatAnswersSlowlyIsNotAskedForMore() {
        come(ANCHOR, 0, 1_000);
        now += PATIENCE_MILLIS;
        turnstile.left("mn0");
        turnstile.tick();
        assertThat(begun).as("half as many are to be under way").hasSize(Turnstile.FIRST_WINDOW);
        for (int node = 1; node < Turnstile.FIRST_WINDOW; node++) {
            now += 100;
            turnstile.left("mn" + node);
            turnstile.tick();
        }
        assertThat(begun.size() - Turnstile.FIRST_WINDOW).as("who came in for those who were answered")
                .isLessThanOrEqualTo(Turnstile.FIRST_WINDOW / 2);
        int before = begun.size();
        now += Turnstile.GREATEST_PATIENCE * PATIENCE_MILLIS;
        turnstile.tick();
        assertThat(begun).as("lost nodes hold nobody up for ever").hasSizeGreaterThan(before);
    }

    @Test
    void patienceIsTheConfiguredTimeUntilARequestIsRepeated() {
        MagParameters slow = ALONE.withInitialBindackTimeout(5_000);
        Turnstile patient = new Turnstile(() -> now, counted::add, slow);
        for (int node = 0; node < 1_000; node++) {
            String name = "mn" + node;
            arrive(patient, ANCHOR, name, at(1), name);
        }
        now += 2_500;
        patient.left("mn0");
        assertThat(begun).as("one follows, and the window has grown, as half of that time is quick")
                .hasSize(Turnstile.FIRST_WINDOW + 2);
        now += 2_499;
        patient.tick();
        assertThat(begun).as("not repeated yet").hasSize(Turnstile.FIRST_WINDOW + 2);
        patient.use(ALONE.withInitialBindackTimeout(200));
        patient.tick();
        assertThat(begun).as("all of them are overdue by the new one")
                .hasSize(Turnstile.FIRST_WINDOW + 2 + (Turnstile.FIRST_WINDOW + 1) / 2);
    }

    @Test
    void quickAnswersWidenTheWindowAndSlowOnesNarrowIt() {
        come(ANCHOR, 0, 10_000);
        int answered = 0;
        while (begun.size() - answered < Turnstile.GREATEST_WINDOW) {
            turnstile.left("mn" + answered++);
        }
        turnstile.left("mn" + answered++);
        assertThat(begun.size() - answered).as("no more than that").isEqualTo(Turnstile.GREATEST_WINDOW);
        now += PATIENCE_MILLIS;
        int before = begun.size();
        for (int i = 0; i < Turnstile.GREATEST_WINDOW / 2; i++) {
            turnstile.left("mn" + answered++);
        }
        assertThat(begun).as("none follows until half are through").hasSize(before);
        turnstile.left("mn" + answered);
        assertThat(begun).hasSize(before + 1);
    }

    @Test
    void everybodyGetsThroughInTheEnd() {
        come(ANCHOR, 0, 5_000);
        for (int i = 0; i < 5_000; i++) {
            turnstile.left(begun.get(i));
            now += i % 7;
        }
        assertThat(begun).hasSize(5_000).doesNotHaveDuplicates();
        assertThat(turnstile.waiting()).isZero();
    }
}
