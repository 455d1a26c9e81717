// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import p4.v1.P4RuntimeOuterClass.Uint128;

/** An election id of 128 bits. */
record ElectionId(long high, long low) implements Comparable<ElectionId> {

    static ElectionId of(Uint128 id) {
        return new ElectionId(id.getHigh(), id.getLow());
    }

    Uint128 toMessage() {
        return Uint128.newBuilder().setHigh(high).setLow(low).build();
    }

    @Override
    public int compareTo(ElectionId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return high == 0 ? Long.toUnsignedString(low)
                : Long.toUnsignedString(high) + ":" + Long.toUnsignedString(low);
    }
}
