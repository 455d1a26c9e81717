// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Bool;
import org.pmip.softswitch.pipeline.expr.Logic;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.expr.Place;
import org.pmip.softswitch.pipeline.hash.Calculation;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * A checksum that is verified after parsing or computed before deparsing.
 *
 * @param header holds the field
 * @param field the field's value
 * @param place the same field, to be written
 * @param condition when it is verified or computed; null is always
 */
public record Checksum(String name, Header header, Num field, Place place, Calculation calculation, Bool condition) {

    /** Whether the field holds what it should, or need not. */
    boolean verify(Packet packet) {
        return !header.valid(packet) || condition != null && !condition.test(packet)
                || calculation.of(packet) == field.eval(packet);
    }

    /** Writes what notes in the packet whether the field holds something wrong. */
    public void emitVerify(Code code) {
        Label fine = new Label();
        Logic.valid(header).branch(code, fine, false);
        if (condition != null) {
            condition.branch(code, fine, false);
        }
        code.object(calculation, Calculation.class);
        code.packet();
        code.call(Calculation.class, "of");
        field.emit(code);
        code.op(Opcodes.LCMP);
        code.jump(Opcodes.IFEQ, fine);
        code.set("checksumError", boolean.class, () -> code.integer(1));
        code.label(fine);
    }

    /** Writes what {@link #update} does. */
    public void emitUpdate(Code code) {
        Label end = new Label();
        if (condition != null) {
            condition.branch(code, end, false);
        }
        code.object(place, Place.class);
        code.packet();
        code.object(calculation, Calculation.class);
        code.packet();
        code.call(Calculation.class, "of");
        code.call(Place.class, "put");
        code.label(end);
    }

    /** Sets the field, if it needs to be. */
    void update(Packet packet) {
        if (condition == null || condition.test(packet)) {
            place.put(packet, calculation.of(packet));
        }
    }
}
