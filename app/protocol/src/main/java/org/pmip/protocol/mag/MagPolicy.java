// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Map;
import java.util.Optional;
import org.onlab.packet.IpAddress;

/**
 * Who gets the mobility service at which gateways and through which anchors: the policy store of
 * draft-ietf-netlmm-proxymip6-10 sections 6.2 and 6.14. Immutable.
 *
 * <p>GRE policy of a mobile node comes before that of its anchor, and that before the gateways' own; none of them
 * counts on a link where {@link Gateway#needsKeysOn only keys} tell nodes apart.
 */
public final class MagPolicy {

    private final Map<String, Gateway> gateways;
    private final Map<String, Anchor> anchors;
    private final Map<String, MagProfile> profiles;
    private final MagProfile others;
    private final GreWish gre;

    /**
     * Makes a policy.
     *
     * @param gateways by {@link Gateway#name}
     * @param anchors by {@link Anchor#name}
     * @param profiles mobile nodes that are known, by {@link BindingUpdateList#key}
     * @param others the profile of all others
     * @param gre where neither node nor anchor has a policy of its own
     */
    public MagPolicy(Map<String, Gateway> gateways, Map<String, Anchor> anchors, Map<String, MagProfile> profiles,
                     MagProfile others, GreWish gre) {
        this.gateways = Map.copyOf(gateways);
        this.anchors = Map.copyOf(anchors);
        this.profiles = Map.copyOf(profiles);
        this.others = others;
        this.gre = gre;
    }

    /** A gateway that this host is. */
    public Optional<Gateway> gateway(String name) {
        return Optional.ofNullable(gateways.get(name));
    }

    /** An anchor that is configured. */
    public Optional<Anchor> anchor(String name) {
        return Optional.ofNullable(anchors.get(name));
    }

    /** Whether an address is that of an anchor. */
    public boolean isAnchor(IpAddress address) {
        return anchors.values().stream().anyMatch(anchor -> anchor.address().equals(address));
    }

    /** The profile of a node. */
    public MagProfile profile(String mobileNode) {
        return profiles.getOrDefault(mobileNode, others);
    }

    /** What to ask an anchor for on behalf of a node where it is attached. */
    GreWish gre(MagProfile node, Anchor anchor, Attachment at) {
        if (gateway(at.gateway()).filter(gateway -> gateway.needsKeysOn(at.link())).isPresent()) {
            return GreWish.KEYS_ONLY;
        }
        return node.gre().or(anchor::gre).orElse(gre);
    }

    /** The anchor that serves a node at a gateway; empty if the node gets no mobility service there. */
    public Optional<Anchor> service(String mobileNode, String gateway) {
        MagProfile profile = profile(mobileNode);
        Gateway at = gateways.get(gateway);
        if (!profile.mobilityService() || at == null) {
            return Optional.empty();
        }
        return anchor(profile.anchor())
                .filter(anchor -> anchor.transport() == Transport.IPV6 || at.ipv4ProxyCoa().isPresent());
    }
}
