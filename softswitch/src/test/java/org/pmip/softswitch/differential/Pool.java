// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.differential;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A few values for each width, from which entries and packets draw alike, so that they often meet. */
final class Pool {
    private static final int VALUES = 2;

    private final Random random;
    private final Map<Integer, List<BigInteger>> values = new HashMap<>();

    Pool(Random random) {
        this.random = random;
    }

    Random random() {
        return random;
    }

    /** One of the values of that width. */
    BigInteger draw(int width) {
        List<BigInteger> few = values(width);
        return few.get(random.nextInt(few.size()));
    }

    private List<BigInteger> values(int width) {
        return values.computeIfAbsent(width, none -> {
            List<BigInteger> made = new ArrayList<>();
            for (int i = 0; i < VALUES; i++) {
                made.add(new BigInteger(width, random));
            }
            made.add(random.nextBoolean() ? BigInteger.ZERO : ones(width));
            return made;
        });
    }

    /** Lets a value be drawn that means something to the program. */
    void add(int width, BigInteger value) {
        if (!values(width).contains(value)) {
            values(width).add(value);
        }
    }

    /** Mostly one of the pool's values, now and then any. */
    BigInteger mostly(int width) {
        return random.nextInt(8) == 0 ? new BigInteger(width, random) : draw(width);
    }

    static BigInteger ones(int width) {
        return BigInteger.ONE.shiftLeft(width).subtract(BigInteger.ONE);
    }

    /** True once in that many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }
}
