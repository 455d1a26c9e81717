// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.onos.Bus;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.BindingCacheEntry.State;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

class BindingEventsTest {

    private static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:0:12::1");
    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");

    private static BindingCacheEntry.Builder session(long number, Ip6Address gateway) {
        return BindingCacheEntry.builder().sessionId(number).prefixes(List.of(Ip6Prefix.valueOf("2001:db8:100::/64")))
                .tunnel(gateway, Ip6Address.valueOf("2001:db8:0:1::1"));
    }

    private static Optional<MobileNodeRecord> record(BindingCacheEntry.Builder... entries) {
        List<BindingCacheEntry> all = new ArrayList<>();
        for (BindingCacheEntry.Builder one : entries) {
            all.add(one.build());
        }
        return Optional.of(new MobileNodeRecord(NODE, all));
    }

    @Test
    void everyChangeOfASessionIsToldOnceAndByItsKind() {
        Bus bus = new Bus();
        BindingEvents events = new BindingEvents();
        events.eventDispatcher = bus;
        events.activate();
        List<String> told = new ArrayList<>();
        BindingListener listener = event -> told.add(event.toString());
        events.addListener(listener);

        List<Optional<MobileNodeRecord>> states = List.of(Optional.empty(),
                record(session(1, MAG1).times(10, 1000)),
                record(session(1, MAG1).times(20, 2000)),
                record(session(1, MAG2).times(30, 3000), session(2, MAG1).times(30, 3000)),
                record(session(1, MAG2).times(30, 3000).state(State.ENDING), session(2, MAG1).times(30, 3000)),
                record(session(1, MAG2).times(40, 4000), session(2, MAG1).times(30, 3000)),
                record(session(2, MAG1).times(30, 3000)),
                Optional.empty());
        for (int i = 1; i < states.size(); i++) {
            events.changed(states.get(i - 1), states.get(i));
        }
        String one = " " + NODE + " session 1 at ";
        String two = " " + NODE + " session 2 at " + MAG1;
        assertThat(told).containsExactly("REGISTERED" + one + MAG1, "EXTENDED" + one + MAG1, "MOVED" + one + MAG2,
                "REGISTERED" + two, "ENDING" + one + MAG2, "MOVED" + one + MAG2, "REMOVED" + one + MAG2,
                "REMOVED" + two);

        events.removeListener(listener);
        events.changed(states.get(0), states.get(1));
        assertThat(told).hasSize(8);
        events.deactivate();
        assertThat(bus.getSink(BindingEvent.class)).isNull();
    }
}
