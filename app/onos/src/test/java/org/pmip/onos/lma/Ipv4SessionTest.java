// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.wire.Status;

/** The pool of the fixture has one address, 10.1.0.2. */
class Ipv4SessionTest {

    private static final String NODE = "mn@example.net";
    private final Fixture at = new Fixture();

    @Test
    void anIpv4HomeAddressIsClaimedAndAnsweredOverIpv4() {
        at.processor.accept(at.ipv4(NODE, 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.lastAnswer().overIpv4()).isTrue();
        assertThat(at.lastAnswer().destination()).isEqualTo(Fixture.MAG1_IPV4);
        assertThat(at.lastAnswer().destinationPort()).isEqualTo(5_436);
        BindingCacheEntry entry = at.record(NODE).entries().get(0);
        assertThat(entry.ipv4Home().orElseThrow().address()).isEqualTo(Ip4Address.valueOf("10.1.0.2"));
        assertThat(entry.proxyCoa()).isEqualTo(Fixture.MAG1_IPV4);
        assertThat(at.addresses.holders()).containsOnlyKeys("1/10.1.0.2");
    }

    @Test
    void aPoolThatIsUsedUpIsAnsweredBy130AndLeavesNothing() {
        at.processor.accept(at.ipv4(NODE, 1, 100));
        at.processor.accept(at.ipv4("other@example.net", 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        assertThat(at.record("other@example.net").isEmpty()).isTrue();
        assertThat(at.addresses.holders()).containsValue(NODE).hasSize(1);
    }

    @Test
    void theAddressIsFreeAgainWhenTheSessionIsOver() {
        at.processor.accept(at.ipv4(NODE, 1, 100));
        at.processor.accept(at.ipv4(NODE, 4, 0));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        assertThat(at.addresses.holders()).as("until MinDelayBeforeBCEDelete is over").hasSize(1);
        at.now += 10_000;
        at.processor.expire(at.record(NODE).mobileNode());
        assertThat(at.record(NODE).entries()).isEmpty();
        assertThat(at.addresses.holders()).isEmpty();
        at.processor.accept(at.ipv4("other@example.net", 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    @Test
    void aSwitchThatRefusesLeavesNoClaim() {
        at.automatic = false;
        at.processor.accept(at.ipv4(NODE, 1, 100));
        at.writes.get(0).completeExceptionally(new IllegalStateException("table full"));
        at.writes.get(1).complete(null);
        assertThat(at.lastAnswer().status()).isEqualTo(Status.INSUFFICIENT_RESOURCES);
        assertThat(at.addresses.holders()).isEmpty();
    }
}
