// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.Optional;

/** A range of GRE keys from which one side of tunnels chooses (RFC 5845 section 2.2). Immutable. */
public final class KeyRange {

    private static final long LAST_KEY = 0xffff_ffffL;

    private final long first;
    private final long last;

    private KeyRange(long first, long last) {
        this.first = first;
        this.last = last;
    }

    /** Reads the object of that name; without it, all keys but 0. */
    static KeyRange read(JsonSection section, String name) {
        Optional<JsonSection> given = section.object(name, false);
        if (given.isEmpty()) {
            return new KeyRange(1, LAST_KEY);
        }
        JsonSection keys = given.get();
        long first = keys.number("first", true, 0, LAST_KEY).orElse(1L);
        long last = keys.number("last", true, 0, LAST_KEY).orElse(LAST_KEY);
        if (last < first) {
            keys.problem("last", last + " lies before first, " + first);
        }
        keys.nothingElse();
        return new KeyRange(first, last);
    }

    /** The least key. */
    public long first() {
        return first;
    }

    /** The greatest key. */
    public long last() {
        return last;
    }
}
