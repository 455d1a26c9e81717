// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;

/** A static route out of a port to the neighbour with a link-layer address. Immutable. */
public final class Route {

    private final int domain;
    private final IpPrefix prefix;
    private final int port;
    private final MacAddress nextHop;

    Route(int domain, IpPrefix prefix, int port, MacAddress nextHop) {
        this.domain = domain;
        this.prefix = prefix;
        this.port = port;
        this.nextHop = nextHop;
    }

    /** The routing domain: 0 for transport, otherwise the operator's number. */
    public int domain() {
        return domain;
    }

    /** Where the route leads. */
    public IpPrefix prefix() {
        return prefix;
    }

    /** The port that it leads out of. */
    public int port() {
        return port;
    }

    /** The neighbour's link-layer address. */
    public MacAddress nextHop() {
        return nextHop;
    }
}
