// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

/**
 * A row that no test can observe, answered by a place.
 *
 * @param id the row
 * @param place file in the repository, perhaps with {@code #symbol} or {@code #heading}
 * @param why what the reader finds there, in one line
 */
public record Answer(String id, String place, String why) {
}
