// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.protocol.mag.BindingUpdateList;

/** What others may ask the gateways. No method waits for a store, a switch or the network. */
public interface MagService {

    /** Whether every gateway's switch is there and holds what it should. */
    boolean ready();

    /** The Binding Update Lists of all gateways of the cluster, as far as this node knows. */
    Collection<BindingUpdateList> lists();

    /** The list of a mobile node. */
    Optional<BindingUpdateList> list(String mobileNode);

    /** What happened how often on this node. */
    Map<String, Long> statistics();

    /**
     * An interface has come to an access link, say those who know better than the switch.
     *
     * @param vlan VLAN identifier, 0 for untagged frames
     * @param hint a value of {@link org.pmip.protocol.wire.option.HandoffIndicator} from 1 to 4
     * @throws IllegalArgumentException if the port and VLAN are no access link, or nobody knows whose interface it is
     */
    void attach(ConnectPoint port, int vlan, MacAddress node, int hint);

    /**
     * An interface has left an access link.
     *
     * @throws IllegalArgumentException if the port and VLAN are no access link
     */
    void detach(ConnectPoint port, int vlan, MacAddress node);
}
