// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.cfg.ComponentConfigAdapter;
import org.onosproject.cfg.ConfigProperty;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.mag.MagParameters;

/** The gateways' protocol variables as component properties. */
class ProtocolVariablesTest {

    private final List<String> registered = new ArrayList<>();
    private final List<MagParameters> told = new ArrayList<>();
    private final ProtocolVariables variables = new ProtocolVariables();

    @BeforeEach
    void start() {
        variables.properties = new ComponentConfigAdapter() {
            @Override
            public void registerProperties(Class<?> component) {
                registered.add(component.getName());
            }

            @Override
            public void unregisterProperties(Class<?> component, boolean clear) {
                registered.remove(component.getName());
                assertThat(clear).as("what was set is lost").isFalse();
            }
        };
        variables.activate(Map.of());
        variables.follow(() -> told.add(variables.values()));
    }

    private static Map<String, String[]> definitions() throws Exception {
        try (InputStream file = ProtocolVariables.class.getResourceAsStream("ProtocolVariables.cfgdef");
             BufferedReader reader = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).map(line -> line.split("\\|"))
                    .collect(Collectors.toMap(fields -> fields[0], fields -> fields));
        }
    }

    @Test
    void onosIsToldOfThem() {
        assertThat(registered).containsExactly("org.pmip.onos.mag.ProtocolVariables");
        variables.deactivate();
        assertThat(registered).isEmpty();
    }

    @Test
    void theFileForOnosHasTheDefaultsOfTheDocuments() throws Exception {
        Map<String, Object> defaults = new HashMap<>();
        for (String[] one : definitions().values()) {
            assertThat(one).as(one[0]).hasSize(4);
            ConfigProperty.Type type = ConfigProperty.Type.valueOf(one[1]);
            defaults.put(one[0], ConfigProperty.defineProperty(one[0], type, one[2], one[3]).value());
        }
        Map<String, Object> other = new HashMap<>(defaults);
        other.put("lifetime", "60");
        variables.modified(other);
        variables.modified(defaults);
        assertThat(told).hasSize(2);
        assertThat(told.get(1)).as("every default").hasToString(ProtocolVariables.DEFAULTS.toString());
    }

    @ParameterizedTest
    @CsvSource({"lifetime,4 ,lifetime 4 s", "extensionMargin,1,extensionMargin 1 ms",
        "initialBindackTimeout,200,initialBindackTimeout 200 ms", "maxBindackTimeout,2000,maxBindackTimeout 2000 ms",
        "maxUpdateRate,7,maxUpdateRate 7", "timestampBasedApproachInUse,false,timestampBasedApproachInUse false",
        "fixedMagLinkLocalAddressOnAllAccessLinks,fe80::5,AllAccessLinks fe80::5",
        "enableMagLocalRouting,true,enableMagLocalRouting true", "gatewaysAreAll,false,gatewaysAreAll false",
        "presenceTimeout,5,presenceTimeout 5 ms", "contextRetention,6,contextRetention 6 ms"})
    @Requirement({"R5213-9.3-1", "R5213-9.3-2"})
    void eachTakesEffectAndIsKnownToOnos(String name, String value, String shown) throws Exception {
        assertThat(definitions()).hasSize(11).containsKey(name);
        variables.modified(Map.of(name, value));
        assertThat(variables.values().toString()).contains(shown);
        assertThat(told).hasSize(1);
        variables.modified(Map.of(name, " " + value));
        assertThat(told).as("told again of what is as it was").hasSize(1);
        variables.modified(Map.of());
        assertThat(variables.values()).hasToString(ProtocolVariables.DEFAULTS.toString());
    }

    @ParameterizedTest
    @CsvSource({"lifetime,3", "extensionMargin,-1", "initialBindackTimeout,99", "maxBindackTimeout,500",
        "maxUpdateRate,0", "timestampBasedApproachInUse,yes", "enableMagLocalRouting,1", "presenceTimeout,soon",
        "fixedMagLinkLocalAddressOnAllAccessLinks,2001:db8::1"})
    void whatCannotBeLeavesTheFormerValue(String name, String value) {
        variables.modified(Map.of("presenceTimeout", 77));
        String former = variables.values().toString();
        Map<String, Object> given = new HashMap<>(Map.of("presenceTimeout", 77));
        given.put(name, value);
        variables.modified(given);
        assertThat(variables.values()).hasToString(former);
        given.put("contextRetention", "5");
        variables.modified(given);
        assertThat(variables.values().contextRetention()).as("the others take effect").isEqualTo(5);
    }

    @Test
    void nobodyIsToldAfterLeaving() {
        Runnable follower = () -> told.add(null);
        variables.follow(follower);
        variables.leave(follower);
        variables.modified(Map.of("lifetime", "60"));
        assertThat(told).doesNotContainNull().hasSize(1);
    }
}
