// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.link.HomeLinks;
import org.pmip.onos.link.NodeSession;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;

/**
 * Keeps the deadlines of the Binding Update Lists at the gateways whose switches are this node's of the cluster. For
 * one thread.
 */
final class DueLists {

    private static final long RETRY_MILLIS = 1_000;

    private final MagManager.Services services;
    private final MagConfig mag;
    private final HomeLinks links;
    private final LongSupplier presenceTimeout;

    /**
     * Makes it.
     *
     * @param presenceTimeout how long an answer of a node is waited for, milliseconds
     */
    DueLists(MagManager.Services services, MagConfig mag, HomeLinks links, LongSupplier presenceTimeout) {
        this.services = services;
        this.mag = mag;
        this.links = links;
        this.presenceTimeout = presenceTimeout;
    }

    /** To be called several times a second. */
    void tick(long now) {
        for (String key : services.clock.agreed() ? services.deadlines.due(now) : List.<String>of()) {
            // Until the list changes it stays due: this node may be its gateway's master a moment later.
            services.deadlines.at(key, now + RETRY_MILLIS);
            services.lists.find(key).filter(this::isMine).ifPresent(list -> due(list, now));
        }
    }

    /**
     * The master of the switch where a list's next deadline is keeps it. A gateway that is not configured any more has
     * none: what is left of it ends by whoever comes first, and the store lets one through.
     */
    private boolean isMine(BindingUpdateList list) {
        Optional<String> gateway = next(list).map(entry -> entry.attachment().gateway());
        return gateway.isPresent() && gateway.map(mag::device).map(services.masterships::isLocalMaster).orElse(true);
    }

    private static Optional<BindingUpdateListEntry> next(BindingUpdateList list) {
        OptionalLong next = list.deadline();
        return list.first(entry -> entry.deadline().equals(next));
    }

    private void due(BindingUpdateList list, long now) {
        OptionalLong left = left(list);
        if (left.isEmpty()) {
            // Another node of the cluster has asked, and nobody has heard the answer since it died.
            services.deadlines.at(list.key(), now + presenceTimeout.getAsLong());
            links.checkPresence(new NodeSession(list.mobileNode(), next(list).orElseThrow()));
        } else if (left.getAsLong() > 0) {
            services.deadlines.at(list.key(), now + left.getAsLong());
        } else {
            services.processor.due(list.mobileNode(), this::mayStillAnswer);
        }
    }

    /**
     * How much longer the next deadline waits for a node's answer from when it was really asked: the list counts from
     * before that was stored, and a store may take longer than a node. 0 if it waits for none; empty if this node of
     * the cluster has not asked.
     */
    private OptionalLong left(BindingUpdateList list) {
        return next(list).filter(entry -> entry.waiting() == Waiting.PRESENCE)
                .map(asked -> links.awaits(asked.sessionId(), presenceTimeout.getAsLong()))
                .orElse(OptionalLong.of(0));
    }

    private boolean mayStillAnswer(BindingUpdateList list) {
        OptionalLong left = left(list);
        return left.isEmpty() || left.getAsLong() > 0;
    }
}
