// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

/** Names a header, perhaps one that only the packet tells, such as an element of a stack by a computed index. */
public interface HeaderRef {
    /** The header that it is for this packet; never null. */
    Header in(Packet packet);

    /** The type of the header, whichever it is. */
    HeaderType type();
}
