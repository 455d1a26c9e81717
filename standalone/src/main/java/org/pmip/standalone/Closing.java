// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes all steps of an ending even when one fails, and reports the failures at the end. Not safe for use by many
 * threads.
 */
final class Closing {
    private final List<Exception> failures = new ArrayList<>();

    /** A step that may fail. */
    @FunctionalInterface
    interface Step {
        /** Takes the step. */
        void take() throws Exception;
    }

    /**
     * Takes a step.
     *
     * @param step to take
     */
    void step(Step step) {
        try {
            step.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.add(e);
        } catch (Exception e) {
            failures.add(e);
        }
    }

    /**
     * Reports.
     *
     * @throws IllegalStateException when a step has failed, with the first failure as its cause
     */
    void finish() {
        if (!failures.isEmpty()) {
            IllegalStateException all = new IllegalStateException("Not everything stopped: " + failures.get(0),
                failures.get(0));
            failures.subList(1, failures.size()).forEach(all::addSuppressed);
            throw all;
        }
    }
}
