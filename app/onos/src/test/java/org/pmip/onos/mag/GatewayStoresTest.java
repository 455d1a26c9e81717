// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.Surroundings;
import org.pmip.onos.lma.StoreCare;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.VisitedPrefixes;

/** What gateways know of their stores once they hear of no change. */
class GatewayStoresTest {

    private static final Ip6Prefix PREFIX = Ip6Prefix.valueOf("2001:db8:300::/64");
    private static final IpAddress ANCHOR = IpAddress.valueOf("2001:db8:0:1::1");

    private final NamedMaps storage = new NamedMaps();
    private final MagManager.Services services = new MagManager.Services();
    private final GatewayStores stores;
    private final AtomicInteger comparisons = new AtomicInteger();
    private long nanos;

    GatewayStoresTest() {
        services.application = Surroundings.APPLICATION;
        stores = new GatewayStores(storage, services, (before, after) -> { });
    }

    @Test
    void whoWasCutOffLearnsWhatOthersHaveDone() {
        stores.open();
        StoreCare care = stores.care(comparisons::incrementAndGet, () -> nanos);
        // Hears of no change any more.
        stores.close();
        new ListStore(storage, Surroundings.APPLICATION, (before, after) -> { }).withoutGreKey(ANCHOR, true);
        List<Ip6Prefix> others = new ArrayList<>();
        new VisitedPrefixes(storage, Surroundings.APPLICATION, (prefix, place) -> others.add(prefix),
                (prefix, place) -> { }).claim(PREFIX, "elsewhere");
        assertThat(others).containsExactly(PREFIX);
        assertThat(services.lists.anchorsWithoutGreKey()).isEmpty();
        assertThat(services.visitedPrefixes.holders()).isEmpty();
        nanos += 10_000_000_000L;
        care.tick();
        assertThat(services.visitedPrefixes.holders()).as("nothing says that it was cut off").isEmpty();
        services.statistics.count(MagStatistics.STORE_NOT_AVAILABLE);
        nanos += 10_000_000_000L;
        care.tick();
        assertThat(services.lists.anchorsWithoutGreKey()).containsExactly(ANCHOR);
        assertThat(services.visitedPrefixes.holders()).containsEntry(PREFIX.toString(), "elsewhere");
        assertThat(comparisons).as("others may have decided what belongs into the switches").hasValue(1);
    }

    @Test
    void whatIsOpenStaysWhenTheRestIsTriedAgain() {
        Surroundings onos = new Surroundings();
        onos.away = true;
        GatewayStores half = new GatewayStores(onos.storage, services, (before, after) -> { });
        assertThatThrownBy(half::open).isInstanceOf(StorageException.class);
        ListStore lists = services.lists;
        assertThat(lists).isNotNull();
        onos.away = false;
        half.open();
        assertThat(services.lists).isSameAs(lists);
        assertThat(services.sessionIds.next()).isPresent();
    }
}
