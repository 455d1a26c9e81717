// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.time.Duration;
import java.util.Optional;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * Message ordering by draft-ietf-netlmm-proxymip6-10 section 5.5: by the Timestamp option where a request has one, by
 * the sequence number otherwise.
 */
final class Ordering {

    private final LmaParameters parameters;

    Ordering(LmaParameters parameters) {
        this.parameters = parameters;
    }

    /** The rejection of a request that comes late; empty if it is in order. */
    Optional<Transition> check(MobileNodeRecord record, Request request, Moment now,
                               Optional<BindingCacheEntry> session) {
        Optional<Timestamp> stamp = stamp(request.update());
        return stamp.isPresent() ? byTimestamp(record, request, now, session, stamp.get())
                : bySequence(record, request, session);
    }

    /** What a request is ordered by; nothing where RFC 5213 section 9.3 has timestamps out of use. */
    private Optional<Timestamp> stamp(BindingUpdate update) {
        return parameters.timestampBasedApproachInUse() ? update.first(Timestamp.class) : Optional.empty();
    }

    private Optional<Transition> byTimestamp(MobileNodeRecord record, Request request, Moment now,
                                             Optional<BindingCacheEntry> session, Timestamp stamp) {
        boolean later = session.or(() -> sameAttachment(record, request))
                .map(entry -> Long.compareUnsigned(stamp.value(), entry.timestamp()) > 0).orElse(true);
        if (!later && !waitedFor(session, request)) {
            return rejected(record, request, now, Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED,
                    "not after the timestamp accepted before");
        }
        if (parameters.mobileNodeGeneratedTimestampInUse()) {
            return Optional.empty();
        }
        // A request that waited is no older for it: what counts is the clock when it came.
        Duration difference = Duration.between(stamp.toInstant(), request.receivedAt().wall()).abs();
        if (difference.compareTo(Duration.ofMillis(parameters.timestampValidityWindow())) > 0) {
            return rejected(record, request, now, Status.TIMESTAMP_MISMATCH,
                    "the timestamp is off by " + difference.toMillis() + " ms");
        }
        return Optional.empty();
    }

    private static Optional<Transition> rejected(MobileNodeRecord record, Request request, Moment now, int status,
                                                 String reason) {
        return Optional.of(Transition.rejected(record, AnswerBuilder.rejected(request, status,
                request.update().sequence(), Optional.of(Timestamp.of(now.wall()))), reason));
    }

    /** RFC 6275 section 9.5.1: stale is the last accepted number and the 32768 before it. */
    private static Optional<Transition> bySequence(MobileNodeRecord record, Request request,
                                                   Optional<BindingCacheEntry> session) {
        int last = session.map(BindingCacheEntry::sequence).orElse(BindingCacheEntry.NO_SEQUENCE);
        if (last == BindingCacheEntry.NO_SEQUENCE) {
            return Optional.empty();
        }
        int ahead = (request.update().sequence() - last) & 0xffff;
        if (ahead > 0 && ahead < 0x8000 || waitedFor(session, request)) {
            return Optional.empty();
        }
        return Optional.of(Transition.rejected(record, AnswerBuilder.rejected(request,
                Status.SEQUENCE_NUMBER_OUT_OF_WINDOW, last, Optional.empty()),
                "sequence number " + request.update().sequence() + " after " + last));
    }

    /**
     * The session that the same gateway made for the same interface. A request for a new session finds none by the
     * rules of the lookup if it names neither prefix nor interface; a late copy of it must not make a second one.
     */
    private static Optional<BindingCacheEntry> sameAttachment(MobileNodeRecord record, Request request) {
        byte[] identifier = BindingLookup.identifier(request.update());
        int technology = request.update().first(AccessTechnologyType.class).map(AccessTechnologyType::value).orElse(0);
        return record.first(entry -> entry.proxyCoa().equals(request.proxyCoa())
                && entry.accessTechnology() == technology && entry.sameInterface(identifier));
    }

    /**
     * Whether a request with handoff state unknown was in order when it came, and then the de-registration that it
     * waited for was accepted: that one was sent later, and so has the later timestamp or sequence number.
     */
    private static boolean waitedFor(Optional<BindingCacheEntry> session, Request request) {
        return session.isPresent() && session.get().state() == BindingCacheEntry.State.ENDING
                && session.get().acceptedAt() > request.receivedAt().millis()
                && request.update().lifetime() > 0
                && request.update().first(HandoffIndicator.class)
                        .filter(option -> option.value() == HandoffIndicator.UNKNOWN).isPresent();
    }

    /** Notes what was accepted. A session that goes over to timestamps starts its sequence numbers afresh. */
    BindingCacheEntry.Builder accepted(BindingCacheEntry.Builder session, BindingUpdate update) {
        return stamp(update)
                .map(stamp -> session.order(stamp.value(), BindingCacheEntry.NO_SEQUENCE))
                .orElseGet(() -> session.order(0, update.sequence()));
    }
}
