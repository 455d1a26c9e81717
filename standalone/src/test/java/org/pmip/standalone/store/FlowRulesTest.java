// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;

@SuppressWarnings("deprecation") // storeFlowRule, by which ONOS's manager stores a rule that it has found
class FlowRulesTest {
    private static final DeviceId DEVICE = DeviceId.deviceId("device:one");

    /** Asked for nothing but whether this node is the device's master. */
    private final FlowRules rules = new FlowRules((MastershipService) Proxy.newProxyInstance(
        FlowRulesTest.class.getClassLoader(), new Class<?>[] {MastershipService.class},
        (proxy, method, arguments) -> method.getName().equals("isLocalMaster")));

    @BeforeEach
    void withoutManager() {
        rules.setDelegate(event -> { });
    }

    private static FlowRule rule(int port) {
        return DefaultFlowRule.builder().forDevice(DEVICE).withPriority(1).makePermanent().forTable(0)
            .fromApp(new DefaultApplicationId(1, "org.pmip"))
            .withSelector(DefaultTrafficSelector.builder().matchInPort(PortNumber.portNumber(1)).build())
            .withTreatment(DefaultTrafficTreatment.builder().setOutput(PortNumber.portNumber(port)).build()).build();
    }

    private FlowEntry only() {
        assertThat(rules.getFlowEntries(DEVICE)).hasSize(1);
        return rules.getFlowEntries(DEVICE).iterator().next();
    }

    @Test
    void aRuleThatADeviceNoLongerHasIsGone() {
        rules.storeFlowRule(rule(2));
        FlowEntry seen = only();
        rules.deleteFlowRule(rule(2));
        assertThat(seen.state()).isEqualTo(FlowEntry.FlowEntryState.PENDING_REMOVE);
        assertThat(rules.removeFlowRule(seen).subject()).isSameAs(seen);
        assertThat(rules.getFlowEntries(DEVICE)).isEmpty();
    }

    @Test
    void aRuleThatWasAskedForAgainStaysWhateverAnOlderReadingSays() {
        rules.storeFlowRule(rule(2));
        rules.deleteFlowRule(rule(2));
        FlowEntry seen = only();
        rules.storeFlowRule(rule(3));
        assertThat(rules.removeFlowRule(seen)).isNull();
        assertThat(only().treatment()).isEqualTo(rule(3).treatment());
        assertThat(only().state()).isEqualTo(FlowEntry.FlowEntryState.PENDING_ADD);
    }
}
