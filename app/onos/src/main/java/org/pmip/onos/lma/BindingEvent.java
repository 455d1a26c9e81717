// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.onosproject.event.AbstractEvent;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * A change of the binding cache, as stored: every node of the cluster tells it, as ONOS's own stores do, so a listener
 * that acts on the world must ask whether it is its node's turn (mastership of the anchor's switch). Immutable.
 */
public final class BindingEvent extends AbstractEvent<BindingEvent.Type, BindingCacheEntry> {

    /** What has changed. */
    public enum Type {
        /** A new session; the subject is its entry. */
        REGISTERED,
        /** The lifetime goes on from a new request; the subject is the entry as it is now. */
        EXTENDED,
        /** The session is at another gateway or interface, or came back from ENDING; the subject is the new entry. */
        MOVED,
        /** De-registered: MinDelayBeforeBCEDelete runs; the subject is the entry as it is now. */
        ENDING,
        /** Gone; the subject is the last entry. */
        REMOVED
    }

    private final MobileNodeIdentifier mobileNode;

    /** Makes an event of now. */
    public BindingEvent(Type type, MobileNodeIdentifier mobileNode, BindingCacheEntry entry) {
        super(type, entry);
        this.mobileNode = mobileNode;
    }

    /** Whose session it is. */
    public MobileNodeIdentifier mobileNode() {
        return mobileNode;
    }

    @Override
    public String toString() {
        return type() + " " + mobileNode + " session " + subject().sessionId() + " at " + subject().proxyCoa();
    }
}
