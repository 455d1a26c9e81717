// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import org.pmip.softswitch.pipeline.packet.Packet;

/** One step of an action. */
@FunctionalInterface
public interface Primitive {
    /** Result of a step after which the one behind it follows. */
    int NEXT = -1;

    /** Runs; returns {@link #NEXT}, or the index of the step of the action that follows. */
    int run(Packet packet);
}
