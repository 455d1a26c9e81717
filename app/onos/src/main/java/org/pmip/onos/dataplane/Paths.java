// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.pmip.protocol.wire.packet.TunnelError;
import org.pmip.protocol.wire.packet.TunnelError.Kind;

/**
 * What nodes of the transport network have said of the tunnels that begin here: how large a packet the path of each
 * takes, and what went wrong on it. It outlives configurations, and is not shared with other nodes of the cluster: who
 * takes a switch over learns it anew from the next packet that is too big. Thread-safe.
 *
 * <p>A path MTU is only ever lowered by a message, and is forgotten after {@link #AGE_MILLIS} (RFC 8201 section 4, RFC
 * 1191 section 6.3): the next large packet then tries the path again.
 */
public final class Paths {

    /** For how long a lowered path MTU counts. */
    public static final long AGE_MILLIS = 600_000;
    /** Least MTU of a path of IPv6; a message that tells less is not believed (RFC 8201 section 4). */
    static final int LEAST_IPV6 = 1_280;
    /**
     * Least path MTU that is believed of IPv4: every host takes that much in one piece, and whoever forges messages
     * cannot bring it to where nothing passes. RFC 1191 would go down to 68.
     */
    static final int LEAST_IPV4 = 576;
    /** How long a switch is given to take a write before another packet that is too big means that it has lost it. */
    private static final long SETTLED_MILLIS = 1_000;
    /** RFC 1191 section 7: what is tried where a router does not tell, as far as it is not below the least. */
    private static final int[] PLATEAUS = {32_000, 17_914, 8_166, 4_352, 2_002, 1_492, 1_006};

    /** What has become of a message. */
    public enum Verdict {
        /** The path MTU is another now, and the switch has to learn it. */
        LOWERED,
        /** It was that low before, yet the switch has sent the packet: it has to be told again. */
        FORGOTTEN,
        /** It was that low before. */
        KNOWN,
        /** It tells of something else than the size. */
        NOTED,
        /** It cannot be true: what was sent fits, nobody sends that much, or no path takes that little. */
        IMPLAUSIBLE;

        /** Whether the switch must be told the path MTU. */
        boolean writes() {
            return this == LOWERED || this == FORGOTTEN;
        }
    }

    /** What is known of a path at a moment. Immutable. */
    public static final class State {
        private final int mtu;
        private final int greatest;
        private final long remaining;
        private final String last;
        private final Map<Kind, Long> errors;

        /**
         * Makes a state.
         *
         * @param mtu the largest packet, outer header included, that is sent, in octets
         * @param greatest the same as configured
         * @param remaining milliseconds until it is the configured one again; 0 if it is
         * @param last what was said last, in words; empty if nothing was
         * @param errors how many messages there were of each kind
         */
        public State(int mtu, int greatest, long remaining, String last, Map<Kind, Long> errors) {
            this.mtu = mtu;
            this.greatest = greatest;
            this.remaining = remaining;
            this.last = last;
            this.errors = Map.copyOf(errors);
        }

        /** The largest packet, outer header included, that is sent, in octets. */
        public int mtu() {
            return mtu;
        }

        /** The same as configured. */
        public int greatest() {
            return greatest;
        }

        /** Milliseconds until it is the configured one again; 0 if it is. */
        public long remaining() {
            return remaining;
        }

        /** What was said last, in words; empty if nothing was. */
        public String last() {
            return last;
        }

        /** How many messages of a kind there were about packets of sessions that stand. */
        public long errors(Kind kind) {
            return errors.getOrDefault(kind, 0L);
        }
    }

    /** What is known of one path; guarded by itself. */
    private static final class Path {
        private OptionalInt lowered = OptionalInt.empty();
        private long until;
        private long written;
        private String last = "";
        private final Map<Kind, Long> errors = new EnumMap<>(Kind.class);

        private int mtu(int greatest) {
            return Math.min(greatest, lowered.orElse(greatest));
        }
    }

    private final Map<List<Object>, Path> paths = new ConcurrentHashMap<>();

    /**
     * The largest packet that a tunnel takes, outer header included, in octets.
     *
     * @param ends what makes two tunnels one
     * @param greatest what the configuration says
     */
    int mtu(List<Object> ends, int greatest) {
        Path path = paths.get(ends);
        if (path == null) {
            return greatest;
        }
        synchronized (path) {
            return path.mtu(greatest);
        }
    }

    /**
     * Notes what is said of a packet of a session that stands.
     *
     * @param greatest the path MTU by the configuration
     * @param now milliseconds on a clock that never goes backwards
     */
    Verdict note(List<Object> ends, TunnelError error, int greatest, long now) {
        Path path = paths.computeIfAbsent(ends, key -> new Path());
        synchronized (path) {
            Verdict verdict = error.kind() == Kind.TOO_BIG ? lower(path, error, greatest, now) : Verdict.NOTED;
            if (verdict != Verdict.IMPLAUSIBLE) {
                path.errors.merge(error.kind(), 1L, Long::sum);
                path.last = error.toString();
            }
            return verdict;
        }
    }

    private static Verdict lower(Path path, TunnelError error, int greatest, long now) {
        boolean ipv6 = error.near().isIp6();
        int told = error.mtu() == 0 && !ipv6 ? plateau(error.length()) : error.mtu();
        if (told >= error.length() || error.length() > greatest || ipv6 && told < LEAST_IPV6) {
            return Verdict.IMPLAUSIBLE;
        }
        int mtu = Math.max(told, ipv6 ? LEAST_IPV6 : LEAST_IPV4);
        int before = path.mtu(greatest);
        if (mtu < before) {
            path.lowered = OptionalInt.of(mtu);
            path.until = now + AGE_MILLIS;
            path.written = now;
            return Verdict.LOWERED;
        }
        if (error.length() > before && now - path.written >= SETTLED_MILLIS) {
            path.written = now;
            return Verdict.FORGOTTEN;
        }
        return Verdict.KNOWN;
    }

    private static int plateau(int length) {
        for (int plateau : PLATEAUS) {
            if (plateau < length) {
                return plateau;
            }
        }
        return Math.min(LEAST_IPV4, length - 1);
    }

    /** Forgets path MTUs that were lowered too long ago, and gives the tunnels that have their configured one again. */
    List<List<Object>> age(long now) {
        List<List<Object>> over = new ArrayList<>();
        paths.forEach((ends, path) -> {
            synchronized (path) {
                if (path.lowered.isPresent() && now >= path.until) {
                    path.lowered = OptionalInt.empty();
                    over.add(ends);
                }
            }
        });
        return over;
    }

    /** Forgets what was said of tunnels that are no more; what lowers a path MTU stays until it is too old. */
    void retain(Set<List<Object>> standing) {
        paths.entrySet().removeIf(one -> {
            synchronized (one.getValue()) {
                return one.getValue().lowered.isEmpty() && !standing.contains(one.getKey());
            }
        });
    }

    /** What is known of a tunnel's path now. */
    State state(List<Object> ends, int greatest, long now) {
        Path path = paths.get(ends);
        if (path == null) {
            return new State(greatest, greatest, 0, "", Map.of());
        }
        synchronized (path) {
            boolean lowered = path.mtu(greatest) < greatest;
            return new State(path.mtu(greatest), greatest, lowered ? Math.max(0, path.until - now) : 0, path.last,
                    path.errors);
        }
    }
}
