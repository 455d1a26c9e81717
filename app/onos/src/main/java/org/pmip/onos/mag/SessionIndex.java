// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.pmip.onos.link.NodeSession;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/** Sessions by where they are attached, as far as this node of the cluster knows. Thread-safe. */
final class SessionIndex {

    private final Map<List<Object>, NodeSession> byPlace = new ConcurrentHashMap<>();

    private static List<Object> place(Attachment attachment) {
        return List.of(attachment.gateway(), attachment.link(), attachment.accessTechnology(),
                Arrays.toString(attachment.linkLayerIdentifier()));
    }

    /** Notes that a node's list has become another one. */
    synchronized void changed(Optional<BindingUpdateList> before, Optional<BindingUpdateList> after) {
        before.ifPresent(list -> list.entries().forEach(entry -> byPlace.computeIfPresent(place(entry.attachment()),
                (key, session) -> session.node().equals(list.mobileNode()) ? null : session)));
        after.ifPresent(list -> list.entries().forEach(entry -> note(list, entry)));
    }

    private void note(BindingUpdateList list, BindingUpdateListEntry entry) {
        if (entry.state() == State.LEFT) {
            return;
        }
        NodeSession session = new NodeSession(list.mobileNode(), entry);
        // Where a node has come back, the session that it left there counts no more.
        byPlace.merge(place(entry.attachment()), session,
                (known, next) -> next.entry().state() == State.SUPERSEDED ? known : next);
    }

    Optional<NodeSession> at(Attachment attachment) {
        return Optional.ofNullable(byPlace.get(place(attachment)));
    }

    Collection<NodeSession> active(String gateway) {
        Collection<NodeSession> out = new ArrayList<>();
        for (NodeSession session : byPlace.values()) {
            if (session.entry().state() == State.ACTIVE && session.entry().attachment().gateway().equals(gateway)) {
                out.add(session);
            }
        }
        return out;
    }

    /** Everybody on a link. */
    Collection<NodeSession> on(Attachment link) {
        Collection<NodeSession> out = new ArrayList<>();
        for (NodeSession session : byPlace.values()) {
            if (session.entry().attachment().sameLink(link)) {
                out.add(session);
            }
        }
        return out;
    }
}
