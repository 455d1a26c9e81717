// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.expr;

import org.pmip.softswitch.pipeline.packet.Packet;

/** Comparisons of numbers. */
public final class Compare {
    private Compare() {
    }

    /** a == b. */
    public static Bool equal(Num a, Num b) {
        if (a.constant() != null && b.constant() == null) {
            return equal(b, a);
        }
        if (a.signedLong() && b.signedLong() || a.unsignedLong() && b.unsignedLong()) {
            if (b.constant() != null) {
                long value = b.eval(null);
                int word = a.plainWord();
                if (word >= 0) {
                    return packet -> packet.words[word] == value;
                }
                return packet -> a.eval(packet) == value;
            }
            return packet -> a.eval(packet) == b.eval(packet);
        }
        int words = Math.max(a.words(), b.words());
        return packet -> {
            for (int i = 0; i < words; i++) {
                if (a.word(packet, i) != b.word(packet, i)) {
                    return false;
                }
            }
            return true;
        };
    }

    /** a &lt; b. */
    public static Bool less(Num a, Num b) {
        if (a.signedLong() && b.signedLong()) {
            return packet -> a.eval(packet) < b.eval(packet);
        }
        if (a.unsignedLong() && b.unsignedLong()) {
            return packet -> Long.compareUnsigned(a.eval(packet), b.eval(packet)) < 0;
        }
        int words = Math.max(a.words(), b.words());
        return packet -> wide(packet, a, b, words) < 0;
    }

    /** Whether a is not zero. */
    public static Bool notZero(Num a) {
        int word = a.plainWord();
        if (word >= 0) {
            return packet -> packet.words[word] != 0;
        }
        if (a.signedLong() || a.unsignedLong()) {
            return packet -> a.eval(packet) != 0;
        }
        int words = a.words();
        return packet -> {
            for (int i = 0; i < words; i++) {
                if (a.word(packet, i) != 0) {
                    return true;
                }
            }
            return false;
        };
    }

    /** Not that. */
    public static Bool not(Bool bool) {
        return packet -> !bool.test(packet);
    }

    private static int wide(Packet packet, Num a, Num b, int words) {
        int order = Long.compare(a.word(packet, words - 1), b.word(packet, words - 1));
        for (int i = words - 2; i >= 0 && order == 0; i--) {
            order = Long.compareUnsigned(a.word(packet, i), b.word(packet, i));
        }
        return order;
    }
}
