// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Optional;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The mobile access gateway's side of Proxy Mobile IPv6: draft-ietf-netlmm-proxymip6-10 sections 6.9 and 6.13 with the
 * corrections of RFC 5213, GRE by RFC 5845 section 4 and IPv4 by RFC 5844.
 *
 * <p>A pure function of its arguments: immutable and safe for use from any thread. The host keeps one
 * {@link BindingUpdateList} for each mobile node, runs the engine for each event and again while a transition
 * {@link MagTransition#needs needs} more, stores the next list by compare-and-set, does the effects, and comes back
 * with {@link MagEvent#timer} at {@link BindingUpdateList#deadline}.
 */
public final class MagEngine {

    private final MagPolicy policy;
    private final MagParameters parameters;

    /** Makes an engine for a configuration; a changed configuration is a new engine. */
    public MagEngine(MagPolicy policy, MagParameters parameters) {
        this.policy = policy;
        this.parameters = parameters;
    }

    /** Tells whose list an acknowledgement is about; empty if it has no usable Mobile Node Identifier. */
    public static Optional<MobileNodeIdentifier> mobileNode(BindingAcknowledgement message) {
        return message.first(MobileNodeIdentifier.class).filter(option -> option.identifier().length > 0);
    }

    /**
     * Decides what an event makes of a mobile node's list.
     *
     * @param list the node's list as stored
     * @param event what happened
     * @param now the present
     * @param supply what is known of anchors, and unique values set aside for this run
     */
    public MagTransition process(BindingUpdateList list, MagEvent event, Moment now, MagSupply supply) {
        Step step = new Step(policy, parameters, list, now, supply);
        event.apply(step);
        return step.transition();
    }
}
