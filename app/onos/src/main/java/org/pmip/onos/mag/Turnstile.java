// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.MagParameters;

/**
 * Lets registrations and de-registrations begin at the pace at which their anchor answers. When all nodes of a gateway
 * move or leave at once, an anchor that got all requests at once would answer most of them after the time at which they
 * are repeated, and would have the repetitions to answer too. Of each anchor more and more are under way while answers
 * take no longer than half of that time, and half as many once some take all of it; the others wait here, each
 * interface of a node once, in the order in which they came.
 *
 * <p>Where there are gateways that know nothing of these, one of them may have taken over a session that is
 * de-registered here, and then the anchor does not answer (section 5.3.5). Nothing is concluded from that, and nobody
 * who has come waits behind those who have left. Thread-safe.
 */
final class Turnstile {

    /** How many registrations of an anchor are under way until more is known of it. */
    static final int FIRST_WINDOW = 64;
    /** An anchor that does not answer is asked for so many nodes at a time. */
    static final int LEAST_WINDOW = 8;
    /** What an anchor far away needs to be kept busy. */
    static final int GREATEST_WINDOW = 1_024;
    /** How many de-registrations of an anchor are under way that it may well leave unanswered. */
    static final int DEPARTURES = 256;
    /** After so many times its patience nobody waits for a lost node, although the anchor answers others. */
    static final int GREATEST_PATIENCE = 8;

    /** Who waits: what is to be begun, if it is wanted still. */
    private static final class Waiting {
        private final Attachment place;
        private final boolean arrival;
        private final BooleanSupplier wanted;
        private final Runnable begin;
        /** What is to be begun in place of an arrival that is not to be: the node has left somewhere before it. */
        private Waiting departure;

        Waiting(Attachment place, boolean arrival, BooleanSupplier wanted, Runnable begin) {
            this.place = place;
            this.arrival = arrival;
            this.wanted = wanted;
            this.begin = begin;
        }

        void follows(Waiting former) {
            Waiting left = former.arrival ? former.departure : former;
            departure = arrival && left != null && !left.place.samePlace(place) ? left : null;
        }
    }

    private static final class Way {
        private final Map<String, Long> inside = new LinkedHashMap<>();
        private final Map<String, Map<Object, Waiting>> waiting = new LinkedHashMap<>();
        private final boolean answered;
        private int window;
        private long shrunkAt = Long.MIN_VALUE / 2;
        private long answeredAt = Long.MIN_VALUE / 2;

        /**
         * Makes one.
         *
         * @param answered whether a missing answer tells that the anchor is busy
         */
        Way(boolean answered) {
            this.answered = answered;
            window = first();
        }

        int first() {
            return answered ? FIRST_WINDOW : DEPARTURES;
        }
    }

    private final LongSupplier clock;
    private final Consumer<String> counter;
    /** After so many milliseconds a request is repeated; of an anchor that answers nobody, it counts no more. */
    private volatile long patience;
    private volatile boolean alone;
    private final Map<Object, Way> ways = new HashMap<>();

    /**
     * Makes one.
     *
     * @param clock milliseconds of any scale
     * @param counter told by name when a registration has to wait
     * @param parameters of which INITIAL_BINDACK_TIMEOUT says when a request is repeated, and contextCoversDomain
     *     whether there are no other gateways
     */
    Turnstile(LongSupplier clock, Consumer<String> counter, MagParameters parameters) {
        this.clock = clock;
        this.counter = counter;
        use(parameters);
    }

    /** Measures answers by another INITIAL_BINDACK_TIMEOUT from now on, those that are awaited already too. */
    void use(MagParameters parameters) {
        patience = parameters.initialBindackTimeout();
        alone = parameters.contextCoversDomain();
    }

    /**
     * Begins a registration, at once or as soon as it may. Of one interface only what came last is begun, and that only
     * while it is wanted.
     *
     * @param anchor whom it asks
     * @param node whose it is
     * @param place where the node has come to
     * @param wanted asked when its turn has come after it had to wait: whether nothing newer has happened;
     *     must not block
     */
    void arrive(Object anchor, String node, Attachment place, BooleanSupplier wanted, Runnable begin) {
        enter(anchor, node, new Waiting(place, true, wanted, begin));
    }

    /**
     * Begins a de-registration in the same way. Of a node that waits to be registered elsewhere only that is told: it
     * has moved.
     *
     * @param place where the node has left
     */
    void depart(Object anchor, String node, Attachment place, Runnable begin) {
        enter(anchor, node, new Waiting(place, false, () -> true, begin));
    }

    private void enter(Object anchor, String node, Waiting one) {
        Object face = interfaceOf(one.place);
        synchronized (ways) {
            boolean answered = one.arrival || alone;
            Way way = ways.computeIfAbsent(answered ? anchor : List.of(anchor), key -> new Way(answered));
            for (Way other : ways.values()) {
                Waiting known = other.waiting.getOrDefault(node, Map.of()).get(face);
                boolean both = known != null && known.arrival != one.arrival;
                boolean moved = both && !known.place.samePlace(one.place);
                if (moved && !one.arrival) {
                    known.departure = one;
                    return;
                }
                if (both && !one.arrival && other != way) {
                    // It has left where it would have been registered, or asked for again.
                    forget(other, node, face);
                }
                if (both && one.arrival && other != way) {
                    // It is back, or has moved; should it leave there too before its turn, this is told after all.
                    forget(other, node, face);
                    one.departure = moved ? known : null;
                }
            }
            boolean free = way.waiting.isEmpty() && way.inside.size() < way.window;
            if (!way.inside.containsKey(node) && !free) {
                Waiting former = way.waiting.computeIfAbsent(node, key -> new LinkedHashMap<>()).put(face, one);
                if (former == null) {
                    counter.accept("waited for answers to others");
                } else if (one.departure == null) {
                    one.follows(former);
                }
                return;
            }
            way.inside.putIfAbsent(node, clock.getAsLong());
        }
        one.begin.run();
    }

    private static Object interfaceOf(Attachment place) {
        return List.of(place.accessTechnology(), Arrays.toString(place.linkLayerIdentifier()));
    }

    /**
     * The interface of a node shows that it is at a place: what waits for it is not begun any more, neither a
     * registration elsewhere nor a de-registration. That it has come to this place is told when its turn has come.
     */
    void stays(String node, Attachment place) {
        Object face = interfaceOf(place);
        synchronized (ways) {
            for (Way way : ways.values()) {
                Waiting known = way.waiting.getOrDefault(node, Map.of()).get(face);
                if (known != null && !(known.arrival && known.place.samePlace(place))) {
                    forget(way, node, face);
                }
            }
        }
    }

    private static void forget(Way way, String node, Object face) {
        way.waiting.computeIfPresent(node, (key, places) -> {
            places.remove(face);
            return places.isEmpty() ? null : places;
        });
    }

    /** Who waits to be registered at a place that it has left is not registered; all of a link if it names nobody. */
    void left(Attachment place) {
        synchronized (ways) {
            for (Way way : ways.values()) {
                way.waiting.values().removeIf(places -> {
                    places.entrySet().removeIf(one -> isOver(one, place));
                    return places.isEmpty();
                });
            }
        }
    }

    private static boolean isOver(Map.Entry<Object, Waiting> one, Attachment place) {
        Waiting known = one.getValue();
        if (!known.arrival
                || !(place.identified() ? known.place.samePlace(place) : known.place.sameLink(place))) {
            return false;
        }
        if (known.departure != null) {
            one.setValue(known.departure);
        }
        return known.departure == null;
    }

    /** A node waits for no answer any more. */
    void left(String node) {
        List<Runnable> next = new ArrayList<>();
        synchronized (ways) {
            long now = clock.getAsLong();
            for (Way way : ways.values()) {
                Long since = way.inside.remove(node);
                if (since != null) {
                    way.answeredAt = now;
                    adapt(way, now - since, now, patience);
                    next.addAll(admit(way, now));
                }
            }
        }
        next.forEach(Runnable::run);
    }

    private static void adapt(Way way, long took, long now, long timeout) {
        if (!way.answered) {
            return;
        }
        if (took <= timeout / 2) {
            // Only where more would have been sent something is learnt of whether more can be sent.
            way.window = way.waiting.isEmpty() ? way.window : Math.min(GREATEST_WINDOW, way.window + 1);
        } else if (took >= timeout && now - way.shrunkAt >= took) {
            // Once for all that was sent at that time.
            way.window = Math.max(LEAST_WINDOW, way.window / 2);
            way.shrunkAt = now;
        }
    }

    /** Whose answer did not come in time holds nobody up; to be called several times a second. */
    void tick() {
        List<Runnable> next = new ArrayList<>();
        synchronized (ways) {
            long now = clock.getAsLong();
            long timeout = patience;
            for (Iterator<Way> all = ways.values().iterator(); all.hasNext();) {
                Way way = all.next();
                if (way.inside.values().stream().anyMatch(since -> now - since >= timeout)) {
                    adapt(way, timeout, now, timeout);
                }
                // An anchor that is slow must not be asked for still more.
                long longest = now - way.answeredAt < timeout ? GREATEST_PATIENCE * timeout : timeout;
                way.inside.values().removeIf(since -> now - since >= longest);
                next.addAll(admit(way, now));
                if (way.inside.isEmpty() && way.waiting.isEmpty() && way.window == way.first()) {
                    all.remove();
                }
            }
        }
        next.forEach(Runnable::run);
    }

    private static List<Runnable> admit(Way way, long now) {
        List<Runnable> out = new ArrayList<>();
        Iterator<Map.Entry<String, Map<Object, Waiting>>> first = way.waiting.entrySet().iterator();
        while (first.hasNext() && way.inside.size() < way.window) {
            Map.Entry<String, Map<Object, Waiting>> one = first.next();
            first.remove();
            for (Waiting next : one.getValue().values()) {
                if (next.wanted.getAsBoolean()) {
                    way.inside.put(one.getKey(), now);
                    out.add(next.begin);
                }
            }
        }
        return out;
    }

    /** Nobody is waited for, and nobody waits, any more. */
    void clear() {
        synchronized (ways) {
            ways.clear();
        }
    }

    /** How many nodes wait. */
    int waiting() {
        synchronized (ways) {
            return ways.values().stream().mapToInt(way -> way.waiting.size()).sum();
        }
    }
}
