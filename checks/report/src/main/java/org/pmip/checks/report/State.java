// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.util.Locale;

/** What is shown of a row. */
public enum State {
    /** At least one test names it, and all that name it passed. */
    MET,
    /** No test can observe it; a place answers it. */
    DECLARATIVE,
    /** Neither. */
    OPEN;

    /** The word that stands in the reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
