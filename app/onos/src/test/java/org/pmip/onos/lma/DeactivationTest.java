// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.app.ApplicationServiceAdapter;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.DefaultFlowRule;
import org.onosproject.net.flow.DefaultTrafficSelector;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.onos.config.PmipAppConfig;

class DeactivationTest {

    private static final ApplicationId APPLICATION = new DefaultApplicationId(7, LmaManager.APPLICATION);
    private static final DeviceId SWITCH = DeviceId.deviceId("device:lma1");

    private static final JsonNode CONFIG = json("{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
            + "'pools': [{'name': 'home', 'prefix': '2001:db8:100::/40'}], 'mags': [{'address': '2001:db8:0:11::1'}]},"
            + "'switches': {'device:lma1': {'interfaces': ["
            + "{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']},"
            + "{'port': 2, 'role': 'home', 'mac': '00:00:5e:00:53:02', 'announce': ['2001:db8:100::/40']}]}}}");

    private final List<String> done = new ArrayList<>();
    private final List<Runnable> hooks = new ArrayList<>();
    private final List<FlowEntry> rules = new ArrayList<>(List.of(rule(1)));
    /** Rules that come to the switch while others are taken out. */
    private final List<Integer> late = new ArrayList<>();
    private boolean refuse;

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FlowEntry rule(int priority) {
        return new DefaultFlowEntry(DefaultFlowRule.builder().forDevice(SWITCH).fromApp(APPLICATION)
                .withSelector(DefaultTrafficSelector.emptySelector())
                .withTreatment(DefaultTrafficTreatment.emptyTreatment())
                .withPriority(priority).makePermanent().build(), FlowEntry.FlowEntryState.ADDED);
    }

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
                return List.copyOf(rules);
            }

            @Override
            public void apply(FlowRuleOperations operations) {
                operations.stages().get(0).forEach(one -> {
                    assertThat(one.type()).isEqualTo(FlowRuleOperation.Type.REMOVE);
                    rules.removeIf(rule -> rule.equals(one.rule()));
                    done.add("rule " + one.rule().priority());
                });
                late.forEach(priority -> rules.add(rule(priority)));
                late.clear();
                if (refuse) {
                    operations.callback().onError(operations);
                } else {
                    operations.callback().onSuccess(operations);
                }
            }
        };
        component.configRegistry = new NetworkConfigRegistryAdapter() {
            @Override
            @SuppressWarnings("unchecked")
            public <S, C extends Config<S>> C getConfig(S subject, Class<C> type) {
                PmipAppConfig config = new PmipAppConfig();
                config.init(APPLICATION, "pmip", CONFIG, new ObjectMapper(), delegate -> { });
                return (C) config;
            }
        };
        component.packetService = new PacketServiceAdapter() {
            @Override
            public void emit(OutboundPacket packet) {
                assertThat(packet.sendThrough()).isEqualTo(SWITCH);
                byte[] frame = packet.data().array();
                // The metric is the last octet of a route of RIPng.
                done.add("metric " + frame[frame.length - 1] + " out of " + packet.treatment().allInstructions());
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
        assertThat(done).containsExactly("metric 16 out of [OUTPUT:2]", "rule 1",
                "meters of org.pmip on device:lma1");
    }

    @Test
    void whatWritesIsStoppedFirstAndWhatWasOnItsWayGoesToo() {
        late.add(2);
        Deactivation component = new Deactivation();
        bindTheRest(component);
        component.bindApplications(applications);
        component.activate();
        Runnable other = () -> done.add("never");
        component.first(other);
        component.first(() -> done.add("stopped"));
        component.forget(other);
        hooks.get(0).run();
        assertThat(done).containsExactly("stopped", "metric 16 out of [OUTPUT:2]", "rule 1", "rule 2",
                "meters of org.pmip on device:lma1");
    }

    @Test
    void aSwitchThatRefusesHoldsNobodyUp() {
        refuse = true;
        Deactivation component = new Deactivation();
        bindTheRest(component);
        component.bindApplications(applications);
        component.activate();
        hooks.get(0).run();
        assertThat(done).containsExactly("metric 16 out of [OUTPUT:2]", "rule 1",
                "meters of org.pmip on device:lma1");
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
