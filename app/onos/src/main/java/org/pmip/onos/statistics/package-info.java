// SPDX-License-Identifier: Apache-2.0
/** How anchor and gateways count and time what they do. */
package org.pmip.onos.statistics;
