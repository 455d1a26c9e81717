// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.util.Locale;

/** What became of a test; ordered from best to worst. */
public enum Outcome {
    /** Ran and passed. */
    PASSED,
    /** Was disabled, or an assumption ended it: shows nothing. */
    SKIPPED,
    /** Ran and failed, or could not be set up. */
    FAILED;

    /** The worse of two outcomes. */
    public static Outcome worse(Outcome first, Outcome second) {
        return first.compareTo(second) >= 0 ? first : second;
    }

    /**
     * Reads the word that {@link #word()} writes.
     *
     * @throws IllegalArgumentException when the word is no outcome
     */
    public static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The lower-case word that stands in results files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
