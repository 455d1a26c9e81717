// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.util.List;

/**
 * A row with what is shown of it.
 *
 * @param row the row
 * @param state what is shown
 * @param evidence tests that name it, those that did not pass with what became of them; for a declarative row its place
 * @param why for a declarative row what is found at its place, otherwise empty
 */
public record Covered(Row row, State state, List<String> evidence, String why) {
}
