// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

/**
 * One row of {@code docs/requirements.tsv}: a testable statement, where it stands and whom it binds.
 *
 * @param id stable identifier that tests name
 * @param doc document
 * @param section section of the document
 * @param role whom it binds: LMA, MAG, LMA+MAG, HA, MPA, HA+MPA, DATAPLANE or CONFIG
 * @param level requirement level, such as MUST; EXT- in front when the statement comes from another RFC
 * @param area subject
 * @param statement condition and observable outcome
 */
public record Row(String id, String doc, String section, String role, String level, String area, String statement) {
}
