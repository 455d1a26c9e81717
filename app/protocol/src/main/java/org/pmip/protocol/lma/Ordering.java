// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.time.Duration;
import java.util.Optional;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
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
        Optional<Timestamp> stamp = request.update().first(Timestamp.class);
        return stamp.isPresent() ? byTimestamp(record, request, now, session, stamp.get())
                : bySequence(record, request, session);
    }

    private Optional<Transition> byTimestamp(MobileNodeRecord record, Request request, Moment now,
                                             Optional<BindingCacheEntry> session, Timestamp stamp) {
        boolean later = session.map(entry -> Long.compareUnsigned(stamp.value(), entry.timestamp()) > 0)
                .orElse(true);
        if (!later) {
            return rejected(record, request, now, Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED,
                    "not after the timestamp accepted before");
        }
        if (parameters.mobileNodeGeneratedTimestampInUse()) {
            return Optional.empty();
        }
        Duration difference = Duration.between(stamp.toInstant(), now.wall()).abs();
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
        if (ahead > 0 && ahead < 0x8000) {
            return Optional.empty();
        }
        return Optional.of(Transition.rejected(record, AnswerBuilder.rejected(request,
                Status.SEQUENCE_NUMBER_OUT_OF_WINDOW, last, Optional.empty()),
                "sequence number " + request.update().sequence() + " after " + last));
    }

    /** Notes what was accepted. A session that goes over to timestamps starts its sequence numbers afresh. */
    BindingCacheEntry.Builder accepted(BindingCacheEntry.Builder session, BindingUpdate update) {
        return update.first(Timestamp.class)
                .map(stamp -> session.order(stamp.value(), BindingCacheEntry.NO_SEQUENCE))
                .orElseGet(() -> session.order(0, update.sequence()));
    }
}
