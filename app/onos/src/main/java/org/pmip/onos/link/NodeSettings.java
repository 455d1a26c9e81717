// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Objects;
import org.pmip.protocol.mag.link.HomeLink;

/** What the policy says a mobile node finds on its home link. Immutable. */
public final class NodeSettings {

    private final HomeLink homeLink;
    private final int routerLifetime;
    private final long leaseCap;

    /**
     * Makes settings.
     *
     * @param homeLink what router advertisements say
     * @param routerLifetime the Router Lifetime in them, seconds, 1 to 9000; a third of it passes between two
     * @param leaseCap seconds of a DHCP lease at most
     */
    public NodeSettings(HomeLink homeLink, int routerLifetime, long leaseCap) {
        this.homeLink = Objects.requireNonNull(homeLink, "homeLink");
        this.routerLifetime = routerLifetime;
        this.leaseCap = leaseCap;
    }

    /** What router advertisements say. */
    public HomeLink homeLink() {
        return homeLink;
    }

    /** The Router Lifetime, seconds. */
    public int routerLifetime() {
        return routerLifetime;
    }

    /** The longest DHCP lease, seconds. */
    public long leaseCap() {
        return leaseCap;
    }
}
