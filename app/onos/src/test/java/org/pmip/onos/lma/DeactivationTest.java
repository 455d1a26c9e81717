// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.app.ApplicationServiceAdapter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.meter.MeterServiceAdapter;

class DeactivationTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, LmaManager.APPLICATION);
    private static final DeviceId SWITCH = DeviceId.deviceId("device:lma1");

    private final List<String> done = new ArrayList<>();
    private final List<Runnable> hooks = new ArrayList<>();

    private void bindTheRest(Deactivation component) {
        component.coreService = new CoreServiceAdapter() {
            @Override
            public ApplicationId registerApplication(String name) {
                assertThat(name).isEqualTo(APPLICATION.name());
                return APPLICATION;
            }
        };
        component.flowRuleService = new FlowRuleServiceAdapter() {
            @Override
            public Iterable<FlowEntry> getFlowEntriesById(ApplicationId application) {
                return List.of(new DefaultFlowEntry(DefaultFlowRule.builder().forDevice(SWITCH).fromApp(application)
                        .withSelector(DefaultTrafficSelector.emptySelector())
                        .withTreatment(DefaultTrafficTreatment.emptyTreatment())
                        .withPriority(1).makePermanent().build()));
            }

            @Override
            public void removeFlowRulesById(ApplicationId application) {
                done.add("rules of " + application.name());
            }
        };
        component.meterService = new MeterServiceAdapter() {
            @Override
            public void purgeMeters(DeviceId device, ApplicationId application) {
                done.add("meters of " + application.name() + " on " + device);
            }
        };
    }

    private final ApplicationServiceAdapter applications = new ApplicationServiceAdapter() {
        @Override
        public void registerDeactivateHook(ApplicationId application, Runnable hook) {
            assertThat(application).isEqualTo(APPLICATION);
            hooks.add(hook);
        }
    };

    /** The component runtime binds in order of names, this one first. */
    @Test
    void theSwitchIsLeftCleanOnDeactivationOnly() {
        Deactivation component = new Deactivation();
        component.bindApplications(applications);
        bindTheRest(component);
        component.activate();
        component.unbindApplications(applications);
        assertThat(done).isEmpty();
        assertThat(hooks).hasSize(1);
        hooks.get(0).run();
        assertThat(done).containsExactly("rules of org.pmip", "meters of org.pmip on device:lma1");
    }

    @Test
    void applicationManagementMayComeLater() {
        Deactivation component = new Deactivation();
        bindTheRest(component);
        component.activate();
        assertThat(hooks).isEmpty();
        component.bindApplications(applications);
        assertThat(hooks).hasSize(1);
    }
}
