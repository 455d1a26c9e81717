// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import org.junit.jupiter.api.Test;
import org.pmip.onos.ManagerContract;
import org.pmip.onos.Surroundings;

/** The component: from one configuration to the next, also where that does not work at once. */
class LmaManagerTest extends ManagerContract {

    private final LmaManager manager = new LmaManager();

    private static String configuration(String device, String gateway) {
        return "{'lma': {'device': 'device:" + device + "', 'address': '2001:db8:0:1::1',"
                + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}],"
                + "'mags': [{'name': '" + gateway + "', 'address': '2001:db8:0:11::1'}]},"
                + "'switches': {'device:" + device + "': {'interfaces': ["
                + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
                + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02'}]}}}";
    }

    @Override
    protected void bind() {
        onos.bind(manager);
        manager.variables = new ProtocolVariables();
        manager.events = new BindingEvents();
        manager.time = new CommonTime();
        manager.deactivation = new Deactivation();
    }

    @Override
    protected void activate() {
        manager.activate();
    }

    @Override
    protected void deactivate() {
        manager.deactivate();
    }

    @Override
    protected boolean ready() {
        return manager.ready();
    }

    @Override
    protected ArrayNode gateways() {
        return manager.gateways();
    }

    @Override
    protected String configuration() {
        return configuration("one", "one");
    }

    private String gateway() {
        return gateway("name");
    }

    @Test
    void anAnchorStartsOnceTheStoreIsThere() {
        onos.away = true;
        onos.configure(configuration("lma1", "one"));
        start();
        assertThat(manager.gateways()).isEmpty();
        assertThat(onos.processors).isEmpty();
        onos.away = false;
        isReady();
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
        isReady();
        assertThat(gateway()).isEqualTo("two");
    }

    @Test
    void theFormerAnchorGoesOnUntilTheNextCanBeMade() {
        startWith(configuration("lma1", "one"));
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
        startWith(configuration("lma1", "one"));
        assertThat(onos.processors).hasSize(1);
    }

    @Test
    void aSwitchThatIsNoAnchorAnyMoreIsClearedAfterWhatWasOnItsWay() {
        startWith(configuration("lma1", "one"));
        onos.silent = true;
        manager.reconcile();
        onos.configure(configuration("lma2", "two"));
        Surroundings.until("the next one is at work", () -> gateway().equals("two"));
        onos.speak();
        Surroundings.until("it is cleared", () -> onos.rules("device:lma1") == 0);
        isReady();
        assertThat(onos.rules("device:lma2")).isPositive();
    }

    @Test
    void aSwitchThatIsAnchorAgainIsNotCleared() {
        startWith(configuration("lma1", "one"));
        onos.configure(null);
        onos.configure(configuration("lma1", "three"));
        Surroundings.until("it is ready again", () -> gateway().equals("three") && manager.ready());
        assertThat(onos.rules("device:lma1")).isPositive();
    }
}
