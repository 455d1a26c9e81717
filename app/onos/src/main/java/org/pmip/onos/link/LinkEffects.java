// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.List;
import org.onlab.packet.Ip6Prefix;

/**
 * What the gateway has its home link do, once the change that wants it is stored and the switch has confirmed it. All
 * methods return at once and may be called by any thread, on any node of a cluster.
 */
public interface LinkEffects {

    /** Advertise the session's prefixes to its node, now and until they are removed; answer what it asked meanwhile. */
    void advertise(NodeSession session);

    /**
     * Tell the node that prefixes are valid no more.
     *
     * @param staysRouter whether the node has other prefixes and keeps the gateway as its router
     */
    void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter);

    /** The session forwards no more: nothing is advertised for it from now on. */
    void removed(NodeSession session);

    /** Find out whether the node is there; {@link Attachments#presence} is told what comes of it. */
    void checkPresence(NodeSession session);

    /** The point-to-point link to the node ends: what it says is not heard until it attaches again. */
    void tearDown(NodeSession session);

    /**
     * The node gets no mobility service on its link.
     *
     * @param why for people
     */
    void deny(NodeSession session, String why);
}
