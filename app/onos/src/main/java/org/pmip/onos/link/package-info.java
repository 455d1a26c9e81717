// SPDX-License-Identifier: Apache-2.0
/** The emulated home link: what mobile nodes say on their access links, and what they get to hear there. */
package org.pmip.onos.link;
