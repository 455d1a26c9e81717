// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import org.onosproject.event.AbstractEvent;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * A change of a Binding Update List, as stored: every node of the cluster tells it, as ONOS's own stores do, so a
 * listener that acts on the world must ask whether it is its node's turn (mastership of the gateway's switch).
 * Immutable.
 */
public final class UpdateListEvent extends AbstractEvent<UpdateListEvent.Type, BindingUpdateListEntry> {

    /** What has changed. */
    public enum Type {
        /** A node has come to a link and its anchor is asked; the subject is the new entry. */
        REGISTERING("registering"),
        /** The anchor has accepted a node that had no session to take over; the subject is the entry as it is now. */
        ATTACHED("registered"),
        /** The anchor has accepted a session from another gateway or interface; the subject is the new entry. */
        MOVED("handed off"),
        /** The node is at another link of its gateway, of which the anchor need not know. */
        CHANGED_LINK("changed the link"),
        /** The anchor has accepted an extension of the lifetime; the subject is the entry as it is now. */
        EXTENDED("extended"),
        /** The anchor refuses the node, or cannot be trusted; the subject's status says why. */
        DENIED("denied"),
        /** De-registration is under way; the subject is the entry as it is now. */
        ENDING("ending"),
        /** Over; the subject is the last entry. */
        LEFT("left");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /** By which name it is counted. */
        String word() {
            return word;
        }
    }

    private final MobileNodeIdentifier mobileNode;

    /** Makes an event of now. */
    public UpdateListEvent(Type type, MobileNodeIdentifier mobileNode, BindingUpdateListEntry entry) {
        super(type, entry);
        this.mobileNode = mobileNode;
    }

    /** Whose session it is. */
    public MobileNodeIdentifier mobileNode() {
        return mobileNode;
    }

    @Override
    public String toString() {
        return type() + " " + mobileNode + " session " + subject().sessionId() + " at "
                + subject().attachment().gateway();
    }
}
