// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.Device;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiTableModel;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiFieldMatch;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.pmip.pipeconf.PmipPipeconf;

/** What holds for every entity that can be built. */
class EntityPropertiesTest {
    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final DefaultApplicationId APPLICATION = new DefaultApplicationId(7, "org.pmip");
    private static final PiPipeconf PIPECONF = PmipPipeconf.pipeconf();

    @Provide
    Arbitrary<PipelineEntity> entities() {
        return AnyEntity.any();
    }

    @Property(tries = 3000)
    void comesBackFromItsFlowRule(@ForAll("entities") PipelineEntity entity) {
        FlowRule rule = entity.toFlowRule(DEVICE, APPLICATION);
        PipelineEntity back = PipelineEntities.fromFlowRule(rule);
        assertThat(back).isEqualTo(entity).hasSameHashCodeAs(entity).hasToString(entity.toString());
        assertThat(back.getClass()).isEqualTo(entity.getClass());
        assertThat(rule.isPermanent()).isTrue();
        assertThat(rule.deviceId()).isEqualTo(DEVICE);
        assertThat(rule.appId()).isEqualTo(APPLICATION.id());
    }

    @Property(tries = 3000)
    void onosTranslatesItWithoutLoss(@ForAll("entities") PipelineEntity entity) throws Exception {
        PiTableEntry entry = translate(entity.toFlowRule(DEVICE, APPLICATION));
        assertThat(entry.table()).isEqualTo(entity.table());
        assertThat(entry.action()).isEqualTo(entity.action());
        assertThat(entry.matchKey().fieldMatches().stream().collect(Collectors.toSet()))
                .isEqualTo(entity.matchKey().fieldMatches().stream().collect(Collectors.toSet()));
        boolean ordered = entity instanceof PuntRule;
        assertThat(entry.priority().isPresent()).isEqualTo(ordered);
    }

    @Property(tries = 2000)
    void valuesHaveTheWidthOfTheirFields(@ForAll("entities") PipelineEntity entity) {
        PiTableModel table = PIPECONF.pipelineModel().table(entity.table()).orElseThrow();
        for (PiFieldMatch match : entity.matchKey().fieldMatches()) {
            assertThat(table.matchField(match.fieldId()).orElseThrow().matchType()).isEqualTo(match.type());
        }
        PiAction action = entity.action();
        assertThat(action.parameters()).allSatisfy(parameter -> assertThat(parameter.value().size())
                .isEqualTo((table.action(action.id()).orElseThrow().param(parameter.id()).orElseThrow()
                        .bitWidth() + 7) / 8));
    }

    @Property(tries = 2000)
    void equalKeysAndActionsAreEqualEntities(@ForAll("entities") PipelineEntity one,
                                             @ForAll("entities") PipelineEntity other) {
        boolean same = one.table().equals(other.table()) && one.matchKey().equals(other.matchKey())
                && one.action().equals(other.action()) && one.priority() == other.priority();
        assertThat(one.equals(other)).isEqualTo(same);
        if (one.equals(other)) {
            assertThat(one).hasToString(other.toString());
        }
        assertThat(one.hasKeyOf(one)).isTrue();
    }

    /* javac cannot read the jar of ONOS's translator, hence the reflection. */
    private static PiTableEntry translate(FlowRule rule) throws Exception {
        Class<?> translator = Class.forName("org.onosproject.net.pi.impl.PiFlowRuleTranslatorImpl");
        Method method = translator.getDeclaredMethod("translate", FlowRule.class, PiPipeconf.class, Device.class);
        method.setAccessible(true);
        return (PiTableEntry) method.invoke(null, rule, PIPECONF, deviceWithoutInterpreter());
    }

    private static Device deviceWithoutInterpreter() {
        return (Device) Proxy.newProxyInstance(EntityPropertiesTest.class.getClassLoader(),
                new Class<?>[] {Device.class}, (proxy, method, args) -> method.getName().equals("is") ? false : null);
    }
}
