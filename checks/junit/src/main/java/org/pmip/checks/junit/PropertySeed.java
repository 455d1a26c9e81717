// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.util.Optional;
import net.jqwik.api.FixedSeedMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * Gives every jqwik property that names no seed the one of the system property {@value #PROPERTY}, so that a build
 * that passed passes again. The value {@value #RANDOM} leaves the choice to jqwik, which prints what it chose when a
 * property fails; without the system property, as in an editor, the choice is jqwik's too.
 */
public final class PropertySeed implements AroundPropertyHook {

    /** Name of the system property: a decimal number, or {@value #RANDOM}. */
    public static final String PROPERTY = "pmip.seed";

    static final String RANDOM = "random";

    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public int aroundPropertyProximity() {
        // Before any hook of a test class: those may look at the seed.
        return -100;
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        Optional<String> seed = seed(System.getProperty(PROPERTY, RANDOM), context.attributes().seed().orElse(""));
        if (seed.isPresent()) {
            context.attributes().setSeed(seed.get());
            context.attributes().setWhenFixedSeed(FixedSeedMode.ALLOW);
        }
        return property.execute();
    }

    static Optional<String> seed(String given, String own) {
        if (!own.isEmpty() || RANDOM.equals(given)) {
            return Optional.empty();
        }
        if (!given.matches("-?[0-9]{1,18}")) {
            throw new IllegalArgumentException(PROPERTY + " is \"" + given + "\": give a decimal number of at most 18"
                    + " digits, or \"" + RANDOM + "\"");
        }
        return Optional.of(given);
    }
}
