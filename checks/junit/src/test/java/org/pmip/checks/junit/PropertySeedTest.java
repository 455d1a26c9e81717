// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the two properties below, which JUnit does not find by itself, and looks at the values that they were given. */
class PropertySeedTest {

    private static final List<Long> FREE = new ArrayList<>();
    private static final List<Long> OWN = new ArrayList<>();

    private final String before = System.getProperty(PropertySeed.PROPERTY, PropertySeed.RANDOM);

    /** Looked at by the properties: without it they do nothing, should something else find them. */
    private static boolean listening;

    @BeforeEach
    void listen() {
        listening = true;
    }

    @AfterEach
    void putBack() {
        listening = false;
        System.setProperty(PropertySeed.PROPERTY, before);
    }

    private static List<Long> valuesOf(List<Long> values, String seed) {
        FREE.clear();
        OWN.clear();
        System.setProperty(PropertySeed.PROPERTY, seed);
        LauncherFactory.create().execute(
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(Properties.class)).build());
        assertThat(values).isNotEmpty();
        return List.copyOf(values);
    }

    @Test
    void theSameSeedGivesTheSameValues() {
        List<Long> first = valuesOf(FREE, "7");
        assertThat(valuesOf(FREE, "7")).isEqualTo(first);
        assertThat(valuesOf(FREE, "8")).isNotEqualTo(first);
    }

    @Test
    void aPropertyKeepsASeedOfItsOwn() {
        List<Long> first = valuesOf(OWN, "7");
        assertThat(valuesOf(OWN, "8")).isEqualTo(first);
    }

    @Test
    void withoutASeedEveryRunLooksElsewhere() {
        List<Long> first = valuesOf(FREE, PropertySeed.RANDOM);
        assertThat(valuesOf(FREE, PropertySeed.RANDOM)).isNotEqualTo(first);
    }

    @Test
    void whatIsNoSeedIsRefusedByName() {
        assertThatThrownBy(() -> PropertySeed.seed("lucky", "")).hasMessageContaining("pmip.seed")
                .hasMessageContaining("lucky").hasMessageContaining("decimal");
    }

    /** Not named as a test: run only from here. */
    static class Properties {

        @Property(tries = 30)
        void free(@ForAll long value) {
            if (listening) {
                FREE.add(value);
            }
        }

        @Property(tries = 30, seed = "3")
        void own(@ForAll long value) {
            if (listening) {
                OWN.add(value);
            }
        }
    }
}
