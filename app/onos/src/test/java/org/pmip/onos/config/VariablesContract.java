// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.cfg.ConfigProperty;

/**
 * What is asked of both roles' protocol variables as component properties: that ONOS knows them, with the defaults that
 * count, and that followers are told.
 *
 * @param <P> the parameters that the variables are
 */
public abstract class VariablesContract<P> {

    private final Class<?> component;
    private final P defaults;
    private final List<String> registered = new ArrayList<>();
    /** What followers were told. */
    protected final List<P> told = new ArrayList<>();

    /**
     * Asks it of a component.
     *
     * @param defaults what counts where nobody says anything
     */
    protected VariablesContract(Class<?> component, P defaults) {
        this.component = component;
        this.defaults = defaults;
    }

    /** The component starts without any property. */
    protected abstract void activate(ComponentConfigService properties);

    protected abstract void deactivate();

    protected abstract void modified(Map<String, Object> given);

    protected abstract P values();

    protected abstract void follow(Runnable follower);

    protected abstract void leave(Runnable follower);

    /** The name of a property, and a value of it that is not the default. */
    protected abstract Map<String, Object> another();

    /** All values in words, so that a difference is seen. */
    protected abstract String text(P values);

    @BeforeEach
    void start() {
        activate(new ComponentConfigAdapter() {
            @Override
            public void registerProperties(Class<?> which) {
                registered.add(which.getName());
            }

            @Override
            public void unregisterProperties(Class<?> which, boolean clear) {
                registered.remove(which.getName());
                assertThat(clear).as("what was set is lost").isFalse();
            }
        });
        follow(() -> told.add(values()));
    }

    /** Name, type, default and description of each property, from the file that ONOS reads. */
    private Map<String, String[]> definitions() throws Exception {
        try (InputStream file = component.getResourceAsStream(component.getSimpleName() + ".cfgdef");
             BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\\|"))
                    .collect(Collectors.toMap(fields -> fields[0], fields -> fields));
        }
    }

    @Test
    void onosIsToldOfThem() {
        assertThat(registered).containsExactly(component.getName());
        deactivate();
        assertThat(registered).isEmpty();
    }

    @Test
    void theFileForOnosHasTheDefaultsOfTheDocuments() throws Exception {
        Map<String, Object> all = new HashMap<>();
        for (String[] one : definitions().values()) {
            assertThat(one).as(one[0]).hasSize(4);
            ConfigProperty.Type type = ConfigProperty.Type.valueOf(one[1]);
            all.put(one[0], ConfigProperty.defineProperty(one[0], type, one[2], one[3]).value());
        }
        Map<String, Object> other = new HashMap<>(all);
        other.putAll(another());
        modified(other);
        modified(all);
        assertThat(told).hasSize(2);
        assertThat(text(told.get(1))).as("every default").isEqualTo(text(defaults));
    }

    /**
     * ONOS knows the property, and setting it changes the values, tells of it once and can be taken back.
     *
     * @param count how many properties the component has
     * @param shown what is then among the values in words
     */
    protected void takesEffectAndIsKnownToOnos(int count, String name, String value, String shown) throws Exception {
        assertThat(definitions()).hasSize(count).containsKey(name);
        modified(Map.of(name, value));
        assertThat(text(values())).contains(shown).isNotEqualTo(text(defaults));
        assertThat(told).hasSize(1);
        modified(Map.of(name, " " + value));
        assertThat(told).as("told again of what is as it was").hasSize(1);
        modified(Map.of());
        assertThat(text(values())).isEqualTo(text(defaults));
    }

    /** A value that cannot be leaves the former one of its property and of the others. */
    protected void leavesTheFormerValue(Map<String, Object> set, String name, String value) {
        modified(set);
        String former = text(values());
        Map<String, Object> given = new HashMap<>(set);
        given.put(name, value);
        modified(given);
        assertThat(text(values())).isEqualTo(former);
        given.putAll(another());
        modified(given);
        assertThat(text(values())).as("the others take effect").isNotEqualTo(former);
    }

    @Test
    void nobodyIsToldAfterLeaving() {
        Runnable follower = () -> told.add(null);
        follow(follower);
        leave(follower);
        modified(another());
        assertThat(told).doesNotContainNull().hasSize(1);
    }
}
