// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.AccessTechnologyType;

/** Which word of a node is late. */
class OvertakingTest {

    private static final BindingUpdateList NOBODY = BindingUpdateList.none(MagProcessorBed.ANNA);

    private final List<String> told = new ArrayList<>();
    private long nanos;
    private final Overtaking overtaking = new Overtaking(() -> nanos, told::add);

    private static Attachment at(String gateway, String link, int card) {
        return Attachment.of(gateway, link, new byte[] {2, 0, 0, 0, 0, (byte) card}, AccessTechnologyType.ETHERNET);
    }

    private static BindingUpdateList with(BindingUpdateList list, long session, Attachment place) {
        return list.with(BindingUpdateListEntry.builder().sessionId(session).attachment(place)
                .tunnel(Anchor.overIpv6("lma", MagProcessorBed.LMA), IpAddress.valueOf("2001:db8:0:11::1"))
                .state(BindingUpdateListEntry.State.ACTIVE).build());
    }

    private boolean isLate(BindingUpdateList before, BindingUpdateList then) {
        Predicate<BindingUpdateList> word = overtaking.word("anna", at("mag1", "2", 1), Optional.of(before));
        nanos += Overtaking.LATE_NANOS;
        assertThat(word.test(then)).as("in time").isFalse();
        nanos++;
        return word.test(then);
    }

    @Test
    void whatAnotherControllerHasSeenSinceOvertakesIt() {
        assertThat(isLate(NOBODY, with(NOBODY, 7, at("mag2", "2", 1)))).isTrue();
        assertThat(told).containsExactly("anna");
        assertThat(overtaking.word("anna", at("mag1", "2", 1), Optional.empty())
                .test(with(NOBODY, 7, at("mag2", "2", 1)))).as("in time").isFalse();
    }

    @Test
    void whatWasThereWhenItCameDoesNot() {
        BindingUpdateList elsewhere = with(NOBODY, 7, at("mag2", "2", 1));
        assertThat(isLate(elsewhere, elsewhere)).isFalse();
    }

    @Test
    void whatConcernsAnotherInterfaceOrThePlaceItselfDoesNot() {
        assertThat(isLate(NOBODY, with(NOBODY, 7, at("mag2", "2", 2)))).isFalse();
        assertThat(isLate(NOBODY, with(NOBODY, 7, at("mag1", "2", 1)))).isFalse();
    }

    @Test
    void whatThisControllerHasMadeOrMovedDoesNot() {
        BindingUpdateList made = with(NOBODY, 7, at("mag2", "2", 1));
        overtaking.made(NOBODY, made);
        assertThat(isLate(NOBODY, made)).isFalse();
        BindingUpdateList here = with(NOBODY, 8, at("mag1", "2", 1));
        BindingUpdateList moved = with(NOBODY, 8, at("mag1", "3", 1));
        assertThat(isLate(here, moved)).as("moved by another").isTrue();
        overtaking.made(here, moved);
        assertThat(isLate(here, moved)).isFalse();
    }
}
