// SPDX-License-Identifier: Apache-2.0
/** Requirement coverage: which rows of the contract are met by tests, answered by a place, or open. */
package org.pmip.checks.report;
