// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import org.pmip.checks.junit.Requirement;

/** Compiled methods that name rows as tests do; nothing runs them. */
class Samples {

    @Requirement("A-1")
    void first() {
    }

    @Requirement("A-1")
    void second() {
    }

    void namesNothing() {
    }

    /** A class whose tests run in others. */
    abstract static class Base {
        @Requirement("B-1")
        void inherited() {
        }
    }

    /** Inherits a test. */
    static class Below extends Base {
    }

    /** Names a row for all that is in it. */
    @Requirement("B-2")
    static class Whole {
    }
}
