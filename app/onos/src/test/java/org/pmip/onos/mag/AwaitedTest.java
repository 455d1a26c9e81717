// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onosproject.core.DefaultApplicationId;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.assertj.core.api.Assertions.assertThat;

/** What anybody can send to a gateway, and what of it costs a look into the store. */
class AwaitedTest {

    private static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address STRANGER = Ip6Address.valueOf("2001:db8:bad::1");
    private static final int FLOOD = 5_000;

    private final ListStore lists = new ListStore(new NamedMaps(), new DefaultApplicationId(1, "org.pmip"),
            (before, after) -> { });
    private final Awaited awaited = new Awaited(lists, new MagPolicy(Map.of(),
            Map.of("lma", Anchor.overIpv6("lma", LMA)), Map.of(), MagProfile.withoutService(false), GreWish.NONE),
            () -> 1_000);

    private void store(String node, Optional<Registration> request) {
        MobileNodeIdentifier name = MobileNodeIdentifier.ofNai(node);
        lists.replace(lists.read(name), BindingUpdateList.none(name).with(BindingUpdateListEntry.builder()
                .sessionId(1).attachment(Attachment.of("mag1", "2", new byte[] {2, 0, 0, 0, 0, 1}, 4))
                .tunnel(Anchor.overIpv6("lma", LMA), MAG1).registration(request).build()));
    }

    private static Registration request() {
        return Registration.builder(Registration.Purpose.INITIAL, HandoffIndicator.UNKNOWN)
                .prefixes(Optional.of(List.of())).build();
    }

    private int taken(String node, Ip6Address source, Ip6Address destination) {
        int taken = 0;
        for (int i = 0; i < FLOOD; i++) {
            taken += awaited.acknowledgement(node, source, destination) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void whatIsAwaitedIsAlwaysTaken() {
        store("anna@example.net", Optional.of(request()));

        assertThat(taken("anna@example.net", LMA, MAG1)).isEqualTo(FLOOD);
    }

    @Test
    void ofTheRestOnlySoMuchIsLookedAt() {
        store("anna@example.net", Optional.of(request()));
        store("idle@example.net", Optional.empty());

        assertThat(taken("anna@example.net", STRANGER, MAG1)).isEqualTo(Awaited.STRANGERS_PER_SECOND);
        assertThat(taken("nobody@example.net", LMA, MAG1)).as("the copy may lag")
                .isEqualTo(Awaited.UNEXPECTED_PER_SECOND);
        assertThat(taken("idle@example.net", LMA, MAG1)).isZero();
        assertThat(taken("anna@example.net", LMA, Ip6Address.valueOf("2001:db8:0:12::1"))).isZero();
        assertThat(taken("anna@example.net", LMA, MAG1)).as("what is awaited").isEqualTo(FLOOD);
    }

    @Test
    void anErrorIsAboutThoseWhoAskedItsSender() {
        store("anna@example.net", Optional.of(request()));
        store("idle@example.net", Optional.empty());

        assertThat(awaited.error(LMA)).extracting(BindingUpdateList::key).containsExactly("anna@example.net");
        assertThat(awaited.error(STRANGER)).isEmpty();
    }
}
