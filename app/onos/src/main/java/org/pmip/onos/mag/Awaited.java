// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.onlab.packet.IpAddress;
import org.pmip.onos.signalling.RateLimit;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.MagPolicy;

/**
 * Which messages to gateways are worth a look into the store, and which are anybody's: an acknowledgement that is
 * awaited as far as this node's copy of the lists says, and so many others a second as the copy may lag behind.
 * Thread-safe.
 */
final class Awaited {

    /** Of all anchors together; another node of the cluster may have sent the request a moment ago. */
    static final int UNEXPECTED_PER_SECOND = 1_000;
    /** Of all other senders together: who was an anchor until the configuration changed may still answer. */
    static final int STRANGERS_PER_SECOND = 100;

    private final ListStore lists;
    private final MagPolicy policy;
    private final RateLimit unexpected;
    private final RateLimit strangers;

    /**
     * Makes one.
     *
     * @param millis a clock
     */
    Awaited(ListStore lists, MagPolicy policy, LongSupplier millis) {
        this.lists = lists;
        this.policy = policy;
        this.unexpected = new RateLimit(UNEXPECTED_PER_SECOND, UNEXPECTED_PER_SECOND, millis);
        this.strangers = new RateLimit(STRANGERS_PER_SECOND, STRANGERS_PER_SECOND, millis);
    }

    /** Whether an acknowledgement is to be worked on. */
    boolean acknowledgement(String node, IpAddress source, IpAddress destination) {
        Optional<BindingUpdateListEntry> asked = lists.find(node).flatMap(list -> list.first(entry ->
                entry.anchor().address().equals(source) && entry.careOf().equals(destination)
                        && entry.registration().isPresent()));
        return asked.isPresent() || (policy.isAnchor(source) ? unexpected : strangers).allows();
    }

    /** The lists that a Binding Error of that sender is about. */
    Collection<BindingUpdateList> error(IpAddress source) {
        List<BindingUpdateList> out = new ArrayList<>();
        if ((policy.isAnchor(source) ? unexpected : strangers).allows()) {
            for (BindingUpdateList list : lists.all()) {
                if (list.first(entry -> entry.anchor().address().equals(source)
                        && entry.registration().isPresent()).isPresent()) {
                    out.add(list);
                }
            }
        }
        return out;
    }
}
