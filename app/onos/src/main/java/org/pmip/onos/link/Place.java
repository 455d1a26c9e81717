// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.Objects;
import org.onlab.packet.MacAddress;

/** An interface on an access link. Immutable. */
final class Place {

    private final AccessLink link;
    private final MacAddress node;

    Place(AccessLink link, MacAddress node) {
        this.link = Objects.requireNonNull(link, "link");
        this.node = Objects.requireNonNull(node, "node");
    }

    AccessLink link() {
        return link;
    }

    MacAddress node() {
        return node;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Place && link.equals(((Place) other).link) && node.equals(((Place) other).node);
    }

    @Override
    public int hashCode() {
        return Objects.hash(link, node);
    }

    @Override
    public String toString() {
        return node + " on " + link;
    }
}
