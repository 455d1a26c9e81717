// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.List;
import java.util.function.Predicate;
import org.pmip.protocol.wire.packet.TunnelError;

/** What the switches' tunnels take in one piece, by what is known of their paths. Thread-safe. */
final class TunnelPaths {

    private final Paths paths;
    private final Tunnels tunnels;
    private final int greatest;

    /**
     * Joins tunnels with what is known of their paths.
     *
     * @param greatest the path MTU by the configuration, in octets
     */
    TunnelPaths(Paths paths, Tunnels tunnels, int greatest) {
        this.paths = paths;
        this.tunnels = tunnels;
        this.greatest = greatest;
    }

    /** The largest packet that a tunnel takes, outer header included, in octets. */
    int mtu(List<Object> ends) {
        return paths.mtu(ends, greatest);
    }

    /** Takes what is said of a tunnel's packet; the switch learns of a path MTU that is lower now. */
    Paths.Verdict heard(List<Object> ends, TunnelError error, long now) {
        Paths.Verdict verdict = paths.note(ends, error, greatest, now);
        if (verdict.writes()) {
            tunnels.resize(ends, mtu(ends));
        }
        return verdict;
    }

    /** What is known of a tunnel's path. */
    Paths.State state(List<Object> ends, long now) {
        return paths.state(ends, greatest, now);
    }

    /**
     * Tries paths anew whose MTU was lowered too long ago.
     *
     * @param written which tunnels' switches are to be told
     */
    void age(long now, Predicate<List<Object>> written) {
        paths.age(now).stream().filter(written).forEach(ends -> tunnels.resize(ends, greatest));
        paths.retain(tunnels.ends());
    }
}
