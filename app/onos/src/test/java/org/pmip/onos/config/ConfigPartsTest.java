// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a change of the configuration concerns. */
class ConfigPartsTest {

    private static ObjectNode sample() throws IOException {
        return (ObjectNode) new ObjectMapper().readTree(("{'lma': {'device': 'device:lma1', 'address': 'a',"
                + "'pools': 1, 'mags': 1, 'mobileNodes': 1, 'parameters': 1},"
                + "'mag': {'gateways': [{'device': 'device:mag1'}, {'device': 'device:mag2'}], 'parameters': 1},"
                + "'switches': {'device:lma1': 1, 'device:mag1': 1, 'device:mag2': 1}}").replace('\'', '"'));
    }

    /** What stands at a path becomes another value. */
    private static JsonNode changed(ObjectNode root, String path) {
        int last = path.lastIndexOf('/');
        ObjectNode parent = last < 0 ? root : (ObjectNode) root.at("/" + path.substring(0, last));
        parent.put(path.substring(last + 1), 2);
        return root;
    }

    @ParameterizedTest
    @CsvSource({
        "lma/pools, true, false", "lma/mags, true, false", "lma/address, true, true", "lma/mobileNodes, true, true",
        "lma/parameters, false, false", "mag/parameters, false, true", "mag/anchors, false, true",
        "switches/device:lma1, true, false", "switches/device:mag1, false, true", "switches/device:mag2, false, true",
        "switches/device:other, true, true"})
    void changesConcernWhomTheyAreOf(String path, boolean anchor, boolean gateways) throws IOException {
        JsonNode before = sample();
        JsonNode after = changed(sample(), path);
        assertThat(ConfigParts.anchor(after).equals(ConfigParts.anchor(before))).isEqualTo(!anchor);
        assertThat(ConfigParts.gateways(after).equals(ConfigParts.gateways(before))).isEqualTo(!gateways);
    }

    @Test
    void whoShareASwitchShareItsChanges() throws IOException {
        ObjectNode before = sample();
        ((ObjectNode) before.at("/mag/gateways/0")).put("device", "device:lma1");
        JsonNode port = changed(before.deepCopy(), "switches/device:lma1");
        assertThat(ConfigParts.anchor(port)).isNotEqualTo(ConfigParts.anchor(before));
        assertThat(ConfigParts.gateways(port)).isNotEqualTo(ConfigParts.gateways(before));
        JsonNode gateway = changed(before.deepCopy(), "mag/parameters");
        assertThat(ConfigParts.anchor(gateway)).isNotEqualTo(ConfigParts.anchor(before));
    }

    @Test
    void nothingIsAPartToo() throws IOException {
        assertThat(ConfigParts.anchor(null)).isEqualTo(ConfigParts.gateways(null))
                .isNotEqualTo(ConfigParts.anchor(sample()));
    }
}
