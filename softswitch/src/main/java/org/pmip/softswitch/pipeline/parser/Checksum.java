// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import org.pmip.softswitch.pipeline.expr.Bool;
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

    /** Sets the field, if it needs to be. */
    void update(Packet packet) {
        if (condition == null || condition.test(packet)) {
            place.put(packet, calculation.of(packet));
        }
    }
}
