// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Collection;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The gateway as its home link sees it: learns who comes and goes, and knows the sessions. No method waits for a store,
 * a switch or the network; all may be called by any thread.
 */
public interface Attachments {

    /**
     * Tells whose interface an address is, by the policy profiles or by whatever else is asked.
     *
     * @param dhcpClientId the Client-identifier option of its DHCP message, if that is what was heard
     * @return empty for an interface of nobody who is known here, or not yet
     */
    Optional<MobileNodeIdentifier> identify(AccessLink link, MacAddress node, Optional<byte[]> dhcpClientId);

    /**
     * An interface came to a link, or shows that it still is there.
     *
     * @param hint what the access network knows of the handoff: a value of
     *     {@link org.pmip.protocol.wire.option.HandoffIndicator} from 1 to 4
     */
    void attached(MobileNodeIdentifier node, Attachment attachment, int hint);

    /**
     * An interface with a binding in force has certainly just come to its link: where there are gateways that these
     * know nothing of, one of them may have had it meanwhile, and its anchor is asked.
     */
    void cameAgain(NodeSession session, Attachment attachment);

    /** The anchor of a session has just refused the node there. */
    void denied(NodeSession session);

    /** An interface left its link; all of them, if the attachment identifies none. */
    void detached(Attachment attachment);

    /** What a presence check found out, or what came to be known unasked. */
    void presence(NodeSession session, boolean present);

    /**
     * The session of an interface on a link, whatever it waits for.
     *
     * @return empty if the interface has none there
     */
    Optional<NodeSession> at(Attachment place);

    /**
     * Whether the switch of a gateway has been found to have all that the sessions need, or given it, since this node
     * of the cluster is its master. What the former master confirmed is not known.
     */
    boolean compared(String gateway);

    /** The switch refuses frames of a session whose binding is in force. */
    void entriesAreMissing(NodeSession session);

    /** The sessions whose binding is in force, at one gateway. */
    Collection<NodeSession> active(String gateway);
}
