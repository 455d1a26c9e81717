// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.tiny;

import java.util.Map;
import java.util.function.Supplier;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.flow.FlowRuleService;

/**
 * The component of a bundle that tests make of this class: needs a service of ONOS, has a property, and tells its
 * value.
 */
public class TinyComponent implements Supplier<String> {
    private ComponentConfigService configs;
    private volatile String greeting;

    void bindConfigs(ComponentConfigService service) {
        configs = service;
    }

    void bindRules(FlowRuleService service) {
        service.getFlowRuleCount();
    }

    void activate(Map<String, Object> properties) {
        configs.registerProperties(getClass());
        modified(properties);
    }

    void modified(Map<String, Object> properties) {
        greeting = String.valueOf(properties.get("greeting"));
    }

    void deactivate() {
        configs.unregisterProperties(getClass(), false);
    }

    @Override
    public String get() {
        return greeting;
    }
}
