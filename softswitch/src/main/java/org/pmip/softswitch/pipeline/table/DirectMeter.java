// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import org.pmip.softswitch.pipeline.expr.Place;

/**
 * The direct meter of a table.
 *
 * @param color takes the colour of a packet that hits an entry
 * @param octets whether its unit is octets rather than packets
 */
public record DirectMeter(Place color, boolean octets) { }
