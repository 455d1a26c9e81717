// SPDX-License-Identifier: Apache-2.0
/** What the steps of the straight line cost, measured with JMH. Figures are reported, never asserted. */
package org.pmip.bench;
