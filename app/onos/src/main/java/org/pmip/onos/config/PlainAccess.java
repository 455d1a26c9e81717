// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import java.util.Optional;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.PrefixPool;

/**
 * What a gateway has for nodes without the mobility service (draft-ietf-netlmm-proxymip6-10 sections 6.9.2 and 6.14):
 * prefixes of the visited network, one for each node, and the routing domain in which their packets go. Immutable.
 */
public final class PlainAccess {

    private static final int LONGEST = 64;
    /** Numbers of sessions are cut so that each gateway has this many for such nodes. */
    private static final int GREATEST_BITS = 16;
    private static final long DEFAULT_NODES_PER_LINK = 256;

    private final PrefixPool pool;
    private final int domain;
    private final int nodesPerLink;

    private PlainAccess(PrefixPool pool, int domain, int nodesPerLink) {
        this.pool = pool;
        this.domain = domain;
        this.nodesPerLink = nodesPerLink;
    }

    static Optional<PlainAccess> read(JsonSection gateway, String name) {
        return gateway.object("plainAccess", false).flatMap(one -> {
            Optional<Ip6Prefix> prefix =
                    one.parsed("prefix", true, LmaSection.PREFIX_EXAMPLE, Ip6Prefix::valueOf);
            int length = one.number("length", false, 1, LONGEST).orElse((long) LONGEST).intValue();
            int domain = one.number("operator", false, 1, LmaSection.LAST_OPERATOR).orElse(0L).intValue();
            int nodesPerLink = one.number("nodesPerLink", false, 1, 1L << GREATEST_BITS)
                    .orElse(DEFAULT_NODES_PER_LINK).intValue();
            one.nothingElse();
            if (prefix.isEmpty()) {
                return Optional.empty();
            }
            int bits = length - prefix.get().prefixLength();
            if (bits < 0 || bits > GREATEST_BITS) {
                one.problem("prefix", prefix.get() + " holds " + (bits < 0 ? "no" : "more than 65536")
                        + " prefixes of /" + length + "; use one from /" + Math.max(1, length - GREATEST_BITS)
                        + " to /" + length);
                return Optional.empty();
            }
            return Optional.of(new PlainAccess(new PrefixPool(name, prefix.get(), length, List.of()), domain,
                    nodesPerLink));
        });
    }

    /** The prefixes, at most 65536. */
    public PrefixPool pool() {
        return pool;
    }

    /** The routing domain of the nodes' packets; 0 is the transport network. */
    public int domain() {
        return domain;
    }

    /** How many such nodes one access link has room for, from 1 to 65536. */
    public int nodesPerLink() {
        return nodesPerLink;
    }
}
