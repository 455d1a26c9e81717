// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.math.BigInteger;
import java.util.Locale;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;

/** Numbers and matches as STF files write them. */
final class Literal {
    private Literal() {
    }

    /** A number in decimal, or after {@code 0x}, {@code 0b} or {@code 0o}; throws IllegalArgumentException. */
    static BigInteger number(String text) {
        int radix = radix(text);
        String digits = radix == 10 ? text : text.substring(2);
        try {
            BigInteger number = new BigInteger(digits, radix);
            if (number.signum() >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not a number", e);
        }
        throw new IllegalArgumentException("'" + text + "' is negative");
    }

    /** As {@link #number}, in an int. */
    static int integer(String text) {
        BigInteger number = number(text);
        if (number.bitLength() > 31) {
            throw new IllegalArgumentException("'" + text + "' is too great");
        }
        return number.intValue();
    }

    private static int radix(String text) {
        String head = text.substring(0, Math.min(2, text.length())).toLowerCase(Locale.ROOT);
        return switch (head) {
            case "0x" -> 16;
            case "0b" -> 2;
            case "0o" -> 8;
            default -> 10;
        };
    }

    /**
     * The match that a value stands for; null stands for a key that was left out: anything, and 0 where the key is
     * exact.
     */
    static KeyMatch match(KeyShape key, String text) {
        if (text == null) {
            return key.kind() == MatchKind.EXACT ? KeyMatch.exact(new byte[1]) : KeyMatch.ANY;
        }
        if (text.contains("&&&")) {
            return ternary(key, number(text.substring(0, text.indexOf('&'))),
                    number(text.substring(text.lastIndexOf('&') + 1)));
        }
        if (text.contains("..")) {
            return KeyMatch.range(octets(number(text.substring(0, text.indexOf('.')))),
                    octets(number(text.substring(text.lastIndexOf('.') + 1))));
        }
        if (text.contains("/")) {
            int length = integer(text.substring(text.indexOf('/') + 1));
            if (length > key.width()) {
                throw new IllegalArgumentException("'" + text + "' is longer than the " + key.width() + " bits of "
                        + key.name());
            }
            return masked(key, number(text.substring(0, text.indexOf('/'))), prefix(key.width(), length), length);
        }
        if (text.contains("*")) {
            return wild(key, text);
        }
        byte[] value = octets(number(text));
        return switch (key.kind()) {
            case LPM -> KeyMatch.lpm(value, key.width());
            case RANGE -> KeyMatch.range(value, value);
            case TERNARY -> KeyMatch.ternary(value, octets(prefix(key.width(), key.width())));
            default -> KeyMatch.exact(value);
        };
    }

    private static KeyMatch wild(KeyShape key, String text) {
        int radix = radix(text);
        if (radix == 10) {
            throw new IllegalArgumentException("'" + text + "': * needs a number after 0x, 0b or 0o");
        }
        String most = Integer.toString(radix - 1, radix);
        StringBuilder value = new StringBuilder(text.substring(0, 2));
        StringBuilder mask = new StringBuilder(value);
        for (char digit : text.substring(2).toCharArray()) {
            value.append(digit == '*' ? '0' : digit);
            mask.append(digit == '*' ? "0" : most);
        }
        BigInteger bits = number(mask.toString()).and(prefix(key.width(), key.width()));
        int length = bits.signum() == 0 ? 0 : key.width() - bits.getLowestSetBit();
        return masked(key, number(value.toString()), bits, length);
    }

    private static KeyMatch masked(KeyShape key, BigInteger value, BigInteger mask, int length) {
        if (key.kind() != MatchKind.LPM) {
            return ternary(key, value, mask);
        }
        if (!mask.equals(prefix(key.width(), length))) {
            throw new IllegalArgumentException("the mask of " + key.name() + " is no prefix, and the key is lpm");
        }
        return KeyMatch.lpm(octets(value.and(mask)), length);
    }

    private static KeyMatch ternary(KeyShape key, BigInteger value, BigInteger mask) {
        if (key.kind() != MatchKind.TERNARY && key.kind() != MatchKind.OPTIONAL) {
            throw new IllegalArgumentException(key.name() + " is " + key.kind() + " and takes no mask");
        }
        return KeyMatch.ternary(octets(value.and(mask)), octets(mask));
    }

    private static BigInteger prefix(int width, int length) {
        return BigInteger.ONE.shiftLeft(length).subtract(BigInteger.ONE).shiftLeft(width - length);
    }

    static byte[] octets(BigInteger number) {
        return number.toByteArray();
    }
}
