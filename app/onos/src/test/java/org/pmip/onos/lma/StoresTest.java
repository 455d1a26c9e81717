// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.pmip.onos.mag.FakeMag;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.onos.store.Stores;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What a clean leave takes out of the stores. */
class StoresTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(1, "org.pmip");
    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("anna@example.net");
    private static final Ip6Address HERE = Ip6Address.valueOf("2001:db8::1");
    private static final Ip6Address THERE = Ip6Address.valueOf("2001:db8::2");

    private final SharedStorage storage = new SharedStorage();

    @Test
    void nothingOfNodesGatewaysAndAnchorsIsLeft() {
        Fixture anchor = new Fixture(storage);
        anchor.processor.accept(anchor.request(Fixture.MAG1, "anna@example.net", HandoffIndicator.NEW_INTERFACE, 100));
        anchor.processor.accept(anchor.ipv4("bert@example.net", HandoffIndicator.NEW_INTERFACE, 100));
        ListStore lists = new ListStore(storage, APPLICATION, (before, after) -> { });
        BindingUpdateList list = BindingUpdateList.none(NODE).with(FakeMag.session(1).build());
        assertThat(lists.replace(lists.read(NODE), list)).isTrue();
        lists.withoutGreKey(HERE, true);
        VisitedPrefixes visited = new VisitedPrefixes(storage, APPLICATION, (prefix, place) -> { },
                (prefix, place) -> { });
        visited.claim(Ip6Prefix.valueOf("2001:db8:900::/64"), "mag1/2 02");
        long number = new TunnelNumbers(storage, APPLICATION).of(HERE, THERE, 0);

        Map<String, Integer> cleared = Stores.clear(storage, APPLICATION);
        assertThat(cleared).containsEntry("pmip-bindings", 2).containsEntry("pmip-prefixes", 1)
                .containsEntry("pmip-ipv4-addresses", 1).containsEntry("pmip-update-lists", 1)
                .containsEntry("pmip-visited-prefixes", 1).containsEntry("pmip-anchors-without-gre-key", 1)
                .containsEntry("pmip-tunnels", 1);
        assertThat(Stores.clear(storage, APPLICATION).values()).containsOnly(0);
        assertThat(anchor.record("anna@example.net").isEmpty()).isTrue();
        assertThat(lists.read(NODE).list().isEmpty()).isTrue();
        assertThat(new TunnelNumbers(storage, APPLICATION).of(HERE, THERE, 0)).as("no number comes twice")
                .isGreaterThan(number);
    }

    @Test
    void everyStoreIsKnown() {
        new BindingStore(storage, APPLICATION, (before, after) -> { });
        new PrefixClaims(storage, APPLICATION);
        new AddressClaims(storage, APPLICATION);
        new ListStore(storage, APPLICATION, (before, after) -> { });
        new VisitedPrefixes(storage, APPLICATION, (prefix, place) -> { }, (prefix, place) -> { });
        new TunnelNumbers(storage, APPLICATION);
        Set<String> opened = new TreeSet<>(storage.names());
        assertThat(Stores.clear(storage, APPLICATION).keySet()).containsExactlyInAnyOrderElementsOf(opened);
    }
}
