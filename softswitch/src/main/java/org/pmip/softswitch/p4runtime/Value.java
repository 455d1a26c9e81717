// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import org.pmip.softswitch.pipeline.Bits;

/**
 * Byte strings that stand for unsigned numbers (P4Runtime 1.3, section 8.4): read at any length, written in the
 * fewest octets.
 */
final class Value {
    private Value() {
    }

    /** The number, which must fit the width; {@code what} names it in the text of the refusal. */
    static Bits read(ByteString octets, int width, String what) throws Refusal {
        if (octets.isEmpty()) {
            throw Refusal.invalid(what + " is empty: give at least one octet");
        }
        Bits bits = Bits.of(octets.toByteArray());
        if (bits.bitLength() > width) {
            throw Refusal.invalid(what + " is " + bits + ", which does not fit " + width + " bits");
        }
        return bits;
    }

    static ByteString write(Bits bits) {
        return ByteString.copyFrom(bits.toBytes());
    }

    /** A mask of ones at the upper end of a field. */
    static Bits prefixMask(int width, int prefixLength) {
        byte[] octets = new byte[(width + 7) / 8];
        for (int bit = width - prefixLength; bit < width; bit++) {
            octets[octets.length - 1 - bit / 8] |= (byte) (1 << bit % 8);
        }
        return Bits.of(octets);
    }

    /** Whether the value has no bit outside the mask. */
    static boolean within(Bits value, Bits mask) {
        if (value.bitLength() > mask.bitLength()) {
            return false;
        }
        byte[] ones = mask.toBytes();
        byte[] bits = value.toBytes(ones.length);
        for (int i = 0; i < ones.length; i++) {
            if ((bits[i] & ~ones[i]) != 0) {
                return false;
            }
        }
        return true;
    }
}
