// SPDX-License-Identifier: Apache-2.0
/** Table entries for configuration and sessions, and their way into the switch. */
package org.pmip.onos.dataplane;
