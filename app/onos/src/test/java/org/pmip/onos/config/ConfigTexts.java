// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.function.Consumer;

/** Configurations as tests write them, with single quotes for double ones, and what is said to be wrong with them. */
final class ConfigTexts {

    private ConfigTexts() {
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Asserts that a configuration with a change has these problems and no others, and is refused for them. */
    static void assertProblem(ObjectNode config, Consumer<ObjectNode> change, String... expected) {
        change.accept(config);
        assertThat(PmipConfigParser.problems(config)).containsExactly(expected);
        if (expected.length > 0) {
            assertThatIllegalArgumentException().isThrownBy(() -> PmipConfigParser.parse(config))
                    .withMessage(String.join("\n", expected));
        }
    }
}
