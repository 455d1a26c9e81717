// SPDX-License-Identifier: Apache-2.0
/** Mobile access gateways at work: events, Binding Update Lists, signalling, access switches and links joined. */
package org.pmip.onos.mag;
