// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.util.Set;

/**
 * A compiled test that names a row, whether it ran or not.
 *
 * @param id the row it names
 * @param test {@code class#method}, or the class alone when the whole class names the row
 * @param classes names under which the platform may report it: the class and what inherits from it
 */
public record NamedTest(String id, String test, Set<String> classes) {

    /** Whether a reported test, {@code class#method}, is this one. */
    boolean isReportedAs(String reported) {
        int cut = test.indexOf('#');
        if (cut >= 0) {
            int reportedCut = reported.indexOf('#');
            return reportedCut >= 0 && reported.substring(reportedCut).equals(test.substring(cut))
                    && classes.contains(reported.substring(0, reportedCut));
        }
        // Tests of a class may stand in nested classes.
        return classes.stream().anyMatch(name -> reported.startsWith(name + "#") || reported.startsWith(name + "$"));
    }
}
