// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import java.util.List;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The parser of a program, and the checksums that are verified after it. */
public final class Parser {
    /** A program whose parser goes in circles without taking anything ends here, with ParserTimeout. */
    public static final int MOST_STATES = 4096;

    private final ParserState first;
    private final ParserErrors errors;
    private final Checksum[] checksums;

    /** Beginning in that state; null takes nothing. */
    public Parser(ParserState first, ParserErrors errors, Checksum[] checksums) {
        this.first = first;
        this.errors = errors;
        this.checksums = checksums;
    }

    /** The first state, or null. */
    public ParserState first() {
        return first;
    }

    /** The errors that parsing raises. */
    public ParserErrors errors() {
        return errors;
    }

    /** The checksums that are verified. */
    public List<Checksum> checksums() {
        return List.of(checksums);
    }

    /** Parses from the packet's cursor; leaves error and checksum error in the packet. */
    public void parse(Packet packet) {
        packet.error = 0;
        packet.checksumError = false;
        ParserState state = first;
        for (int i = 0; state != null; i++) {
            if (packet.trace != null) {
                packet.step("Parser state '" + state.name() + "' at octet " + (packet.cursor - packet.start));
            }
            int result = i < MOST_STATES ? state.steps(packet, errors) : errors.parserTimeout();
            if (result != ParserOp.FINE) {
                packet.error = result;
                if (packet.trace != null) {
                    packet.step("Parser error " + result);
                }
                break;
            }
            state = state.next(packet);
        }
        for (Checksum checksum : checksums) {
            if (!checksum.verify(packet)) {
                packet.checksumError = true;
                if (packet.trace != null) {
                    packet.step("Checksum '" + checksum.name() + "' is wrong");
                }
            }
        }
    }
}
