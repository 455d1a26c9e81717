// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/**
 * Tells late word of a node from news. A controller that was cut off from the store works on what it heard before when
 * it is back; another one may have seen the node elsewhere since, and would see it moved to where it is no more.
 * Thread-safe.
 */
final class Overtaking {

    /** What is worked on sooner is news, whatever a copy of the list lacked when it came. */
    static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Nothing waits longer in a queue. */
    private static final long REMEMBERED_MINUTES = 10;
    private static final long GREATEST = 200_000;

    private final LongSupplier nanos;
    private final Consumer<String> told;
    /** Sessions that were made, or moved, here: who moves twice in a moment has both moves worked on in their order. */
    private final Cache<Long, Boolean> own = CacheBuilder.newBuilder().maximumSize(GREATEST)
            .expireAfterWrite(REMEMBERED_MINUTES, TimeUnit.MINUTES).build();

    /**
     * Makes it.
     *
     * @param nanos a clock that never goes backwards, in nanoseconds
     * @param told is given the key of a node of which word came late
     */
    Overtaking(LongSupplier nanos, Consumer<String> told) {
        this.nanos = nanos;
        this.told = told;
    }

    /** This controller has changed a list. */
    void made(BindingUpdateList before, BindingUpdateList after) {
        after.entries().stream().filter(one -> before.session(one.sessionId())
                .filter(former -> former.attachment().samePlace(one.attachment())).isEmpty())
                .forEach(one -> own.put(one.sessionId(), true));
    }

    /**
     * Takes word of an interface of a node at a place.
     *
     * @param key the node's
     * @param known its list as far as it is known here
     * @return whether a list, as it is when the word is worked on, shows that it is late; tells of it
     */
    Predicate<BindingUpdateList> word(String key, Attachment place, Optional<BindingUpdateList> known) {
        long came = nanos.getAsLong();
        Set<Long> before = known.stream().flatMap(list -> elsewhere(list, place)).collect(Collectors.toSet());
        return list -> {
            boolean late = nanos.getAsLong() - came > LATE_NANOS && elsewhere(list, place).anyMatch(session ->
                    !before.contains(session) && own.getIfPresent(session) == null);
            if (late) {
                told.accept(key);
            }
            return late;
        };
    }

    private static Stream<Long> elsewhere(BindingUpdateList list, Attachment place) {
        return list.entries().stream().filter(entry -> entry.state() == State.ACTIVE
                || entry.state() == State.REGISTERING).filter(entry -> entry.attachment().sameInterface(place)
                        && !entry.attachment().samePlace(place)).map(BindingUpdateListEntry::sessionId);
    }
}
