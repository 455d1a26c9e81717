// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.pmip.softswitch.pipeline.packet.Packet;

/** One step of a parser state. */
@FunctionalInterface
public interface ParserOp {
    /** Result of a step that went well. */
    int FINE = -1;

    /** Runs; returns {@link #FINE}, or the value of the error with which parsing ends. */
    int run(Packet packet);
}
