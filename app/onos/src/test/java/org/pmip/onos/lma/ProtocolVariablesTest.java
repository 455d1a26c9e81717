// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

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
import org.pmip.protocol.lma.LmaParameters;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolVariablesTest {

    private final List<String> registered = new ArrayList<>();
    private final List<LmaParameters> told = new ArrayList<>();
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
        assertThat(registered).containsExactly("org.pmip.onos.lma.ProtocolVariables");
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
        other.put("lifetimeCap", "60");
        variables.modified(other);
        variables.modified(defaults);
        assertThat(told).hasSize(2);
        assertThat(text(told.get(1))).as("every default").isEqualTo(text(LmaParameters.DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({"minDelayBeforeBceDelete,1", "maxDelayBeforeNewBceAssign,2", "timestampValidityWindow,3",
        "timestampBasedApproachInUse,false", "mobileNodeGeneratedTimestampInUse,true", "lifetimeCap,4",
        "fixedMagLinkLocalAddressOnAllAccessLinks,fe80::5", "acceptForcedIpv4UdpEncapsulationRequest,true",
        "acceptTlvHeader,false", "dhcpSupportMode,relay", "natKeepalive,6", "uplinkKeyQuarantine,7",
        "assignmentMemory,8"})
    void eachTakesEffectAndIsKnownToOnos(String name, String value) throws Exception {
        assertThat(definitions()).hasSize(13).containsKey(name);
        variables.modified(Map.of(name, value));
        assertThat(text(variables.values())).contains(value).isNotEqualTo(text(LmaParameters.DEFAULTS));
        assertThat(told).hasSize(1);
        variables.modified(Map.of(name, " " + value));
        assertThat(told).as("told again of what is as it was").hasSize(1);
        variables.modified(Map.of());
        assertThat(text(variables.values())).isEqualTo(text(LmaParameters.DEFAULTS));
    }

    @ParameterizedTest
    @CsvSource({"minDelayBeforeBceDelete,-1", "maxDelayBeforeNewBceAssign,soon", "timestampValidityWindow,0",
        "timestampBasedApproachInUse,yes", "lifetimeCap,3", "natKeepalive,99999999999",
        "fixedMagLinkLocalAddressOnAllAccessLinks,2001:db8::1", "dhcpSupportMode,both"})
    void whatCannotBeLeavesTheFormerValue(String name, String value) {
        variables.modified(Map.of("minDelayBeforeBceDelete", 77, "timestampValidityWindow", "78", "lifetimeCap", "80",
                "natKeepalive", "81"));
        String former = text(variables.values());
        Map<String, Object> given = new HashMap<>(Map.of("minDelayBeforeBceDelete", "77", "timestampValidityWindow",
                "78", "lifetimeCap", "80", "natKeepalive", "81"));
        given.put(name, value);
        variables.modified(given);
        assertThat(text(variables.values())).isEqualTo(former);
        given.put("uplinkKeyQuarantine", "5");
        variables.modified(given);
        assertThat(variables.values().uplinkKeyQuarantine()).as("the others take effect").isEqualTo(5);
    }

    @Test
    void timestampsOfNobodyAreNotGeneratedByMobileNodes() {
        variables.modified(Map.of("mobileNodeGeneratedTimestampInUse", "true"));
        variables.modified(Map.of("mobileNodeGeneratedTimestampInUse", "true", "timestampBasedApproachInUse",
                "false"));
        assertThat(variables.values().timestampBasedApproachInUse()).isFalse();
        assertThat(variables.values().mobileNodeGeneratedTimestampInUse()).isFalse();
    }

    @Test
    void nobodyIsToldAfterLeaving() {
        Runnable follower = () -> told.add(null);
        variables.follow(follower);
        variables.leave(follower);
        variables.modified(Map.of("lifetimeCap", "60"));
        assertThat(told).doesNotContainNull().hasSize(1);
    }

    private static String text(LmaParameters all) {
        return List.of(all.minDelayBeforeBceDelete(), all.maxDelayBeforeNewBceAssign(), all.timestampValidityWindow(),
                all.timestampBasedApproachInUse(), all.mobileNodeGeneratedTimestampInUse(), all.lifetimeCap(),
                all.fixedMagLinkLocalAddress(), all.acceptForcedIpv4UdpEncapsulationRequest(), all.acceptTlvHeader(),
                all.dhcpSupportMode().map(mode -> mode.server() ? "server" : "relay"), all.natKeepalive(),
                all.uplinkKeyQuarantine(), all.assignmentMemory()).toString();
    }
}
