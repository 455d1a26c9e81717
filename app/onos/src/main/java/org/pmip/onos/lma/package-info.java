// SPDX-License-Identifier: Apache-2.0
/** The local mobility anchor on ONOS: requests, timers, answers. */
package org.pmip.onos.lma;
