// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import org.pmip.softswitch.pipeline.packet.Packet;

/** An expression that is true or false. */
@FunctionalInterface
public interface Bool {
    /** Its value for that packet. */
    boolean test(Packet packet);
}
