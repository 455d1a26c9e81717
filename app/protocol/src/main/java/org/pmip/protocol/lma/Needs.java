// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.List;
import org.onlab.packet.Ip6Prefix;

/** What the engine lacks to accept a request; see {@link Supply}. Immutable. */
public final class Needs {

    private final boolean sessionId;
    private final boolean uplinkKey;
    private final int prefixes;
    private final List<Ip6Prefix> named;

    Needs(boolean sessionId, boolean uplinkKey, int prefixes, List<Ip6Prefix> named) {
        this.sessionId = sessionId;
        this.uplinkKey = uplinkKey;
        this.prefixes = prefixes;
        this.named = List.copyOf(named);
    }

    /** Whether a session number is needed. */
    public boolean sessionId() {
        return sessionId;
    }

    /** Whether an uplink key is needed. */
    public boolean uplinkKey() {
        return uplinkKey;
    }

    /** How many prefixes from a pool are needed. */
    public int prefixes() {
        return prefixes;
    }

    /** Which prefixes must be held by name, if nobody else holds them. */
    public List<Ip6Prefix> named() {
        return named;
    }

    boolean isEmpty() {
        return !sessionId && !uplinkKey && prefixes == 0 && named.isEmpty();
    }

    @Override
    public String toString() {
        return (sessionId ? "session number, " : "") + (uplinkKey ? "uplink key, " : "") + prefixes
                + " prefixes, by name " + named;
    }
}
