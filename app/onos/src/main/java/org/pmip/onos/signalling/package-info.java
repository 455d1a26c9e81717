// SPDX-License-Identifier: Apache-2.0
/** Signalling packets from the switch and back to it. */
package org.pmip.onos.signalling;
