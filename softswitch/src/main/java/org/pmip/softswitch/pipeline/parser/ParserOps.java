// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.HeaderStack;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The steps of parser states. */
public final class ParserOps {
    private static final long[] NO_ARGUMENTS = {};

    private ParserOps() {
    }

    /** Takes a header of fixed length. */
    public static ParserOp extract(Header header, ParserErrors errors) {
        return new Extract(header, errors);
    }

    /** Takes a header with a varbit of so many bits. */
    public static ParserOp extract(Header header, Num bits, ParserErrors errors) {
        return packet -> extract(packet, header, bits, errors);
    }

    /** Takes the next element of a stack; {@code bits} is the length of its varbit, null if it has none. */
    public static ParserOp extract(HeaderStack stack, Num bits, ParserErrors errors) {
        return packet -> {
            if (stack.next(packet) >= stack.depth()) {
                return errors.stackOutOfBounds();
            }
            Header header = stack.at(packet, stack.next(packet));
            int result = bits == null ? extract(packet, header, errors) : extract(packet, header, bits, errors);
            if (result == ParserOp.FINE) {
                stack.grow(packet);
            }
            return result;
        };
    }

    private static int extract(Packet packet, Header header, ParserErrors errors) {
        if (packet.payload() < header.type().fixedOctets()) {
            return errors.packetTooShort();
        }
        header.extract(packet, 0);
        return ParserOp.FINE;
    }

    private static int extract(Packet packet, Header header, Num bits, ParserErrors errors) {
        long length = bits.eval(packet) & 0xffffffffL;
        if ((length & 7) != 0) {
            return errors.parserInvalidArgument();
        }
        long octets = length >>> 3;
        if (packet.payload() < header.type().fixedOctets() + octets) {
            return errors.packetTooShort();
        }
        if (octets > header.type().varbitOctets()) {
            return errors.headerTooShort();
        }
        header.extract(packet, (int) octets);
        return ParserOp.FINE;
    }

    /** Sets a field. */
    public static ParserOp set(Place place, Num value) {
        return new Set(place, value);
    }

    /** Sets a field to bits that lie ahead. */
    public static ParserOp set(Place place, Lookahead ahead, ParserErrors errors) {
        return new SetAhead(place, ahead, errors);
    }

    /** Ends parsing with an error unless the condition holds. */
    public static ParserOp verify(Bool condition, Num error) {
        return packet -> condition.test(packet) ? ParserOp.FINE : (int) error.eval(packet) & 0x7fffffff;
    }

    /** Skips so many bits. */
    public static ParserOp advance(Num bits, ParserErrors errors) {
        return packet -> {
            long length = bits.eval(packet) & 0xffffffffL;
            if ((length & 7) != 0) {
                return errors.parserInvalidArgument();
            }
            if (packet.payload() < length >>> 3) {
                return errors.packetTooShort();
            }
            packet.cursor += (int) (length >>> 3);
            return ParserOp.FINE;
        };
    }

    /** Runs primitives. */
    public static ParserOp call(ActionFunction action) {
        return packet -> {
            action.run(packet, NO_ARGUMENTS);
            return ParserOp.FINE;
        };
    }

    private record Extract(Header header, ParserErrors errors) implements ParserOp {
        @Override
        public int run(Packet packet) {
            return extract(packet, header, errors);
        }

        @Override
        public void emit(Code code) {
            ParserOp.need(code, header.type().fixedOctets(), errors.packetTooShort());
            header.emitExtract(code);
        }
    }

    private record Set(Place place, Num value) implements ParserOp {
        @Override
        public int run(Packet packet) {
            place.assign(packet, value);
            return FINE;
        }

        @Override
        public void emit(Code code) {
            place.emit(code, value);
        }
    }

    private record SetAhead(Place place, Lookahead ahead, ParserErrors errors) implements ParserOp {
        @Override
        public int run(Packet packet) {
            if (packet.payload() < ahead.octets()) {
                return errors.packetTooShort();
            }
            place.assign(packet, ahead);
            return FINE;
        }

        @Override
        public void emit(Code code) {
            ParserOp.need(code, ahead.octets(), errors.packetTooShort());
            place.emit(code, ahead);
        }
    }
}
