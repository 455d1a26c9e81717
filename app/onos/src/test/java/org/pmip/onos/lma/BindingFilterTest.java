// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.pmip.protocol.lma.BindingCacheEntry.State;
import org.pmip.protocol.lma.MobileNodeRecord;

class BindingFilterTest {

    private final FakeLma lma = new FakeLma()
            .with("anna@example.net", FakeLma.session(1).build())
            .with("bert@example.net", FakeLma.session(2).ipv4Home(Optional.of(FakeLma.ipv4Home())).build())
            .with("carl@example.org", FakeLma.session(3).operator(9).build(),
                    FakeLma.session(4).state(State.ENDING).build());

    private List<String> selected(BindingFilter filter) {
        return filter.page(lma, "", 10).stream().map(MobileNodeRecord::key).collect(Collectors.toList());
    }

    @Test
    void withoutConditionsSelectsAll() {
        assertThat(selected(BindingFilter.ALL)).containsExactly("anna@example.net", "bert@example.net",
                "carl@example.org");
    }

    @Test
    void partsOfIdentifiers() {
        assertThat(selected(BindingFilter.ALL.mobileNode("EXAMPLE.NET"))).hasSize(2);
        assertThat(selected(BindingFilter.ALL.mobileNode("bob"))).isEmpty();
    }

    @Test
    void prefixesAndAddressesInThemAndAroundThem() {
        assertThat(selected(BindingFilter.ALL.prefix("2001:db8:0:1::/64"))).containsExactly("anna@example.net");
        assertThat(selected(BindingFilter.ALL.prefix("2001:db8:0:2::77"))).containsExactly("bert@example.net");
        assertThat(selected(BindingFilter.ALL.prefix("2001:db8::/48"))).hasSize(3);
        assertThat(selected(BindingFilter.ALL.prefix("10.1.0.7"))).containsExactly("bert@example.net");
        assertThat(selected(BindingFilter.ALL.prefix("10.1.0.0/24"))).containsExactly("bert@example.net");
        assertThat(selected(BindingFilter.ALL.prefix("10.1.0.8"))).isEmpty();
    }

    @Test
    void gatewaysByNameAndAddress() {
        assertThat(selected(BindingFilter.ALL.gateway("mag1", lma)))
                .containsExactly("anna@example.net", "carl@example.org");
        assertThat(selected(BindingFilter.ALL.gateway("2001:db8:a::2", lma)))
                .containsExactly("bert@example.net", "carl@example.org");
    }

    @Test
    void aGatewayIsKnownByAllItsAddresses() {
        lma.with("dora@example.net", FakeLma.session(5).tunnel(Ip4Address.valueOf("192.0.2.12"),
                Ip4Address.valueOf("192.0.2.1")).build());
        assertThat(selected(BindingFilter.ALL.gateway("mag2", lma)))
                .containsExactly("bert@example.net", "carl@example.org", "dora@example.net");
        assertThat(BindingFilter.ALL.gateway("mag2", lma).count(lma)).isEqualTo(3);
        assertThat(selected(BindingFilter.ALL.gateway("192.0.2.12", lma))).containsExactly("dora@example.net");
    }

    @Test
    void allConditionsMustHoldOfOneSession() {
        assertThat(selected(BindingFilter.ALL.operator(9))).containsExactly("carl@example.org");
        assertThat(selected(BindingFilter.ALL.state("Ending"))).containsExactly("carl@example.org");
        assertThat(selected(BindingFilter.ALL.operator(9).state("ending"))).isEmpty();
        assertThat(BindingFilter.ALL.state("active").count(lma)).isEqualTo(3);
    }

    @Test
    void pagesFollowEachOther() {
        List<String> seen = new ArrayList<>();
        String after = "";
        while (true) {
            List<MobileNodeRecord> page = BindingFilter.ALL.page(lma, after, 2);
            if (page.isEmpty()) {
                break;
            }
            assertThat(page).hasSizeLessThanOrEqualTo(2);
            page.forEach(record -> seen.add(record.key()));
            after = seen.get(seen.size() - 1);
        }
        assertThat(seen).isEqualTo(selected(BindingFilter.ALL));
    }

    @Test
    void wrongConditionsAreNamed() {
        assertThatThrownBy(() -> BindingFilter.ALL.prefix("example.net")).hasMessageContaining("prefix: 'example.net'");
        assertThatThrownBy(() -> BindingFilter.ALL.gateway("mag9", lma)).hasMessageContaining("mag: no gateway");
        assertThatThrownBy(() -> BindingFilter.ALL.operator(0)).hasMessageContaining("operator: 0");
        assertThatThrownBy(() -> BindingFilter.ALL.state("gone")).hasMessageContaining("state: 'gone'");
    }
}
