// SPDX-License-Identifier: Apache-2.0
/** What anchor and gateways count and time, shown among the metrics of ONOS. */
package org.pmip.onos.metrics;
