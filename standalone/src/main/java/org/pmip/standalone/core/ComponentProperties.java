// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.cfg.ComponentConfigEvent;
import org.onosproject.cfg.ComponentConfigStore;
import org.onosproject.cfg.ComponentConfigStoreDelegate;
import org.onosproject.store.AbstractStore;

/**
 * Values that somebody set for component properties. ONOS's manager of them writes each change to the configuration
 * admin, from where declarative services hand it to the component. Safe for use by many threads.
 */
public final class ComponentProperties extends AbstractStore<ComponentConfigEvent, ComponentConfigStoreDelegate>
    implements ComponentConfigStore {

    private final Map<String, Map<String, String>> values = new ConcurrentHashMap<>();

    @Override
    public void setProperty(String componentName, String name, String value) {
        setProperty(componentName, name, value, true);
    }

    @Override
    public void setProperty(String componentName, String name, String value, boolean override) {
        Map<String, String> known = values.computeIfAbsent(componentName, key -> new ConcurrentHashMap<>());
        String before = override ? known.put(name, value) : known.putIfAbsent(name, value);
        if (override ? !value.equals(before) : before == null) {
            notifyDelegate(new ComponentConfigEvent(ComponentConfigEvent.Type.PROPERTY_SET, componentName, name,
                value));
        }
    }

    @Override
    public void unsetProperty(String componentName, String name) {
        Map<String, String> known = values.get(componentName);
        if (known != null && known.remove(name) != null) {
            notifyDelegate(new ComponentConfigEvent(ComponentConfigEvent.Type.PROPERTY_UNSET, componentName, name,
                null));
        }
    }

    @Override
    public Set<String> getProperties(String component) {
        return Set.copyOf(values.getOrDefault(component, Map.of()).keySet());
    }

    @Override
    public String getProperty(String component, String name) {
        return values.getOrDefault(component, Map.of()).get(name);
    }
}
