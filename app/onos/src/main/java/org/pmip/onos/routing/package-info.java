// SPDX-License-Identifier: Apache-2.0
/** Tells the routers beside the anchor which home networks it leads to. */
package org.pmip.onos.routing;
