// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/**
 * What an entry asks of one key. A key that is omitted ("don't care") is {@link #ANY}. Immutable; values compare equal
 * whatever the length of the octets they were made from.
 */
public sealed interface KeyMatch {

    /** Any value; for lpm, ternary, range and optional keys only. */
    KeyMatch ANY = new Any();

    /** Exactly this value, for an exact key, or for an optional key that is present. */
    static KeyMatch exact(byte[] value) {
        return new Exact(Bits.of(value));
    }

    /** The first {@code prefixLength} bits of the key are those of the value. */
    static KeyMatch lpm(byte[] value, int prefixLength) {
        return prefixLength == 0 && Bits.of(value).isZero() ? ANY : new Lpm(Bits.of(value), prefixLength);
    }

    /** The key under the mask is the value, which has no bit outside the mask. */
    static KeyMatch ternary(byte[] value, byte[] mask) {
        Bits bits = Bits.of(mask);
        return bits.isZero() && Bits.of(value).isZero() ? ANY : new Ternary(Bits.of(value), bits);
    }

    /** The key lies between low and high, both included. */
    static KeyMatch range(byte[] low, byte[] high) {
        return new Range(Bits.of(low), Bits.of(high));
    }

    /** No condition. */
    record Any() implements KeyMatch { }

    /** See {@link KeyMatch#exact}. */
    record Exact(Bits value) implements KeyMatch { }

    /** See {@link KeyMatch#lpm}. */
    record Lpm(Bits value, int prefixLength) implements KeyMatch { }

    /** See {@link KeyMatch#ternary}. */
    record Ternary(Bits value, Bits mask) implements KeyMatch { }

    /** See {@link KeyMatch#range}. */
    record Range(Bits low, Bits high) implements KeyMatch { }
}
