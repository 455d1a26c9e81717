// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.pmip.onos.Surroundings;

/** The component: from one configuration to the next, also where that does not work at once. */
class LmaManagerTest {

    private final Surroundings onos = new Surroundings();
    private final LmaManager manager = new LmaManager();
    private boolean active;

    private static String configuration(String device, String gateway) {
        return "{'lma': {'device': 'device:" + device + "', 'address': '2001:db8:0:1::1',"
                + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
                + "'mags': [{'name': '" + gateway + "', 'address': '2001:db8:0:11::1'}]},"
                + "'switches': {'device:" + device + "': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
                + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02'}]}}}";
    }

    @BeforeEach
    void bind() {
        manager.coreService = onos.core;
        manager.configRegistry = onos.registry;
        manager.storageService = onos.storage;
        manager.flowRuleService = onos.flowRules;
        manager.packetService = onos.packets;
        manager.deviceService = onos.devices;
        manager.mastershipService = onos.masterships;
        manager.meterService = onos.meters;
        manager.variables = new ProtocolVariables();
        manager.events = new BindingEvents();
        manager.time = new CommonTime();
        manager.deactivation = new Deactivation();
    }

    @AfterEach
    void stop() {
        if (active) {
            manager.deactivate();
        }
        assertThat(onos.processors).isEmpty();
    }

    private void start() {
        manager.activate();
        active = true;
    }

    private String gateway() {
        return manager.gateways().path(0).path("name").asText();
    }

    @Test
    void anAnchorStartsOnceTheStoreIsThere() {
        onos.away = true;
        onos.configure(configuration("lma1", "one"));
        start();
        assertThat(manager.gateways()).isEmpty();
        assertThat(onos.processors).isEmpty();
        onos.away = false;
        Surroundings.until("the anchor is ready", manager::ready);
        assertThat(gateway()).isEqualTo("one");
        assertThat(onos.rules("device:lma1")).isPositive();
    }

    @Test
    void aStoreThatIsAwayWhenTheComponentStartsIsOpenedLater() {
        onos.closed = true;
        onos.configure(configuration("lma1", "one"));
        start();
        assertThat(onos.denied).hasPositiveValue();
        assertThat(manager.bindings()).isEmpty();
        assertThat(manager.bindings("mn")).isEmpty();
        assertThat(manager.prefixes()).isEmpty();
        assertThat(manager.delete("mn", 1).join()).isFalse();
        assertThat(manager.ready()).isFalse();
        onos.configure(configuration("lma1", "two"));
        onos.closed = false;
        Surroundings.until("the anchor is ready", manager::ready);
        assertThat(gateway()).isEqualTo("two");
    }

    @Test
    void whatNeverFoundItsStoresCanBeStopped() {
        onos.closed = true;
        onos.configure(configuration("lma1", "one"));
        start();
        manager.deactivate();
        active = false;
        assertThat(onos.rules("device:lma1")).isZero();
    }

    @Test
    void theFormerAnchorGoesOnUntilTheNextCanBeMade() {
        onos.configure(configuration("lma1", "one"));
        start();
        Surroundings.until("the anchor is ready", manager::ready);
        onos.away = true;
        onos.configure(configuration("lma1", "two"));
        Surroundings.until("it was tried, and tried again", () -> onos.denied.get() >= 2);
        assertThat(manager.ready()).isTrue();
        assertThat(gateway()).isEqualTo("one");
        assertThat(onos.processors).hasSize(1);
        onos.away = false;
        Surroundings.until("the next one is at work", () -> gateway().equals("two") && manager.ready());
        assertThat(onos.processors).hasSize(1);
    }

    @Test
    void anAnchorThatStartedHalfIsReplaced() {
        onos.refused = 0;
        onos.configure(configuration("lma1", "one"));
        start();
        Surroundings.until("the anchor is ready", manager::ready);
        assertThat(onos.processors).hasSize(1);
    }

    @Test
    void aSwitchThatIsNoAnchorAnyMoreIsClearedAfterWhatWasOnItsWay() {
        onos.configure(configuration("lma1", "one"));
        start();
        Surroundings.until("the anchor is ready", manager::ready);
        onos.silent = true;
        manager.reconcile();
        onos.configure(configuration("lma2", "two"));
        Surroundings.until("the next one is at work", () -> gateway().equals("two"));
        onos.speak();
        Surroundings.until("it is cleared", () -> onos.rules("device:lma1") == 0);
        Surroundings.until("the next one is ready", manager::ready);
        assertThat(onos.rules("device:lma2")).isPositive();
    }

    @Test
    void aSwitchThatIsAnchorAgainIsNotCleared() {
        onos.configure(configuration("lma1", "one"));
        start();
        Surroundings.until("the anchor is ready", manager::ready);
        onos.configure(null);
        onos.configure(configuration("lma1", "three"));
        Surroundings.until("it is ready again", () -> gateway().equals("three") && manager.ready());
        assertThat(onos.rules("device:lma1")).isPositive();
    }
}
