// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.mag.Attachment;

/**
 * The places of all nodes of the cluster that have a visited prefix, and of those of this node that are about to get
 * one; whatever configuration counts. Thread-safe.
 */
final class PlainPlaces {

    final Map<String, Ip6Prefix> prefixes = new ConcurrentHashMap<>();
    final Map<String, Ip6Address> linkLocals = new ConcurrentHashMap<>();
    /** What is to be given back to the store, which has not taken it yet. */
    private final Map<Ip6Prefix, String> owed = new ConcurrentHashMap<>();
    private final Set<Arrival> arrivals = ConcurrentHashMap.newKeySet();
    /** Held while it is decided whether something is done for an arrival: nobody overtakes it meanwhile. */
    private final Object deciding = new Object();

    /** A node that is about to get a prefix. */
    static final class Arrival {
        private final String place;
        /** What is on its way to the switch. */
        private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

        private Arrival(String place) {
            this.place = place;
        }
    }

    /** A place has a prefix. */
    void taken(Ip6Prefix prefix, String place) {
        prefixes.put(place, prefix);
    }

    /** A place has this prefix no more. */
    void free(Ip6Prefix prefix, String place) {
        if (prefixes.remove(place, prefix)) {
            linkLocals.remove(place);
        }
    }

    /** A prefix is to be given back by a former place. */
    void owe(Ip6Prefix prefix, String place) {
        owed.put(prefix, place);
    }

    /** It has been. */
    void repaid(Ip6Prefix prefix) {
        owed.remove(prefix);
    }

    /** What is still to be given back. */
    Map<Ip6Prefix, String> owed() {
        return Map.copyOf(owed);
    }

    /** How many prefixes are on a link. */
    long on(Attachment link) {
        String beginning = link.gateway() + " " + link.link() + " ";
        return prefixes.keySet().stream().filter(place -> place.startsWith(beginning)).count();
    }

    /** Whether no place has a prefix, or is about to get one. */
    boolean isEmpty() {
        return prefixes.isEmpty() && arrivals.isEmpty();
    }

    /** A node has come to a place. */
    Arrival arrives(String place) {
        Arrival arrival = new Arrival(place);
        arrivals.add(arrival);
        return arrival;
    }

    /** Whether it still gets a prefix. */
    boolean arriving(Arrival arrival) {
        return arrivals.contains(arrival);
    }

    /** It has got what it gets. */
    void over(Arrival arrival) {
        arrivals.remove(arrival);
    }

    /**
     * Writes the entries of an arrival, unless it has been overtaken.
     *
     * @param write begins that, and must not block
     * @return completes as that does; null if it was not begun
     */
    CompletableFuture<Void> write(Arrival arrival, Supplier<CompletableFuture<Void>> write) {
        synchronized (deciding) {
            if (!arrivals.contains(arrival)) {
                return null;
            }
            arrival.written = write.get();
            return arrival.written;
        }
    }

    /** Tells a node of its prefix, unless it has been overtaken; that ends the arrival. */
    boolean tell(Arrival arrival, Runnable tell) {
        synchronized (deciding) {
            boolean there = arrivals.remove(arrival);
            if (there) {
                tell.run();
            }
            return there;
        }
    }

    /**
     * Something else takes a place: who is about to get a prefix there does not get it.
     *
     * @return done, never exceptionally, when nothing of that is on its way to the switch
     */
    CompletableFuture<Void> overtake(String place) {
        CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
        synchronized (deciding) {
            for (Arrival arrival : arrivals) {
                if (arrival.place.equals(place)) {
                    arrivals.remove(arrival);
                    CompletableFuture<Void> other = arrival.written.handle((nothing, failure) -> null);
                    written = written.thenCombine(other, (one, two) -> null);
                }
            }
        }
        return written;
    }
}
