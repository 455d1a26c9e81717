// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.util.List;

/** What became of one test, with the reasons unless it passed. Immutable. */
record Verdict(String name, Outcome outcome, List<String> reasons) {

    /** How a test can end. */
    enum Outcome { PASSED, FAILED, NOT_RUN }

    static Verdict of(String name, List<String> faults) {
        return new Verdict(name, faults.isEmpty() ? Outcome.PASSED : Outcome.FAILED, List.copyOf(faults));
    }

    static Verdict notRun(String name, String reason) {
        return new Verdict(name, Outcome.NOT_RUN, List.of(reason));
    }
}
