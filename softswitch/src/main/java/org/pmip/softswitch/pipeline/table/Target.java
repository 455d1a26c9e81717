// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import org.pmip.softswitch.pipeline.packet.Packet;

/** What an entry leads to: an action, or a member or group of a profile that leads to one. */
interface Target {
    /** The action for that packet, or null if there is none, as in an empty group. */
    Bound pick(Packet packet);

    /** The entry no longer needs it. */
    void release();
}
