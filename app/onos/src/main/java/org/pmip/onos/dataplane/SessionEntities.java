// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.ArrayList;
import java.util.List;
import org.onlab.packet.IpPrefix;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.HomeNetwork;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.Tunnel;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.pmip.pipeconf.entity.UplinkKey;
import org.pmip.pipeconf.entity.UplinkSession;
import org.pmip.pipeconf.entity.UplinkSource;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;

/**
 * What a Binding Cache Entry asks of the switch's tables. A pure function: the same entry always gives the same
 * entities, so that a change is the difference of two results.
 */
final class SessionEntities {

    private static final int HOP_LIMIT = 64;

    private SessionEntities() {
    }

    /** The entries of the tunnel to the session's gateway, shared by all sessions there. */
    static List<PipelineEntity> tunnel(BindingCacheEntry entry, long tunnelId, int domain, int mtu) {
        TunnelEndpoints.Builder ends = TunnelEndpoints.builder().tunnelId(tunnelId).source(entry.lmaAddress())
                .destination(entry.peerAddress()).hopLimit(HOP_LIMIT).mtu(mtu);
        if (entry.udp()) {
            ends.destinationPort(entry.peerPort());
        }
        return List.of(
                Tunnel.builder().outerSource(entry.peerAddress()).outerDestination(entry.lmaAddress())
                        .sourcePort(entry.peerPort()).tunnelId(tunnelId).domain(domain).build(),
                ends.build());
    }

    /** Whether sessions want the same entries, tunnels included, one by one. */
    static boolean same(List<BindingCacheEntry> some, List<BindingCacheEntry> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(BindingCacheEntry one, BindingCacheEntry other) {
        return one.sessionId() == other.sessionId() && one.state() == other.state()
                && one.operator() == other.operator() && one.gre() == other.gre() && one.udp() == other.udp()
                && one.tlvHeader() == other.tlvHeader() && one.uplinkKey() == other.uplinkKey()
                && one.downlinkKey() == other.downlinkKey() && one.peerPort() == other.peerPort()
                && one.lmaAddress().equals(other.lmaAddress()) && one.peerAddress().equals(other.peerAddress())
                && one.proxyCoa().equals(other.proxyCoa()) && one.prefixes().equals(other.prefixes())
                && one.ipv4Home().equals(other.ipv4Home());
    }

    /** The entries that are the session's own, in the order in which they are to be made. */
    static List<PipelineEntity> session(BindingCacheEntry entry, long tunnelId) {
        List<PipelineEntity> entities = new ArrayList<>();
        boolean keys = entry.gre() == GreMode.KEYS;
        Encapsulation encapsulation = encapsulation(entry);
        if (keys) {
            entities.add(UplinkKey.builder().localAddress(entry.lmaAddress()).key(entry.uplinkKey())
                    .domain(entry.operator()).build());
        }
        entities.add(UplinkSession.builder().sessionId(entry.sessionId()).build());
        DownlinkSession.Builder downlink = DownlinkSession.builder().sessionId(entry.sessionId());
        boolean active = entry.state() == BindingCacheEntry.State.ACTIVE;
        if (active) {
            downlink.encapsulation(encapsulation).tunnelId(tunnelId);
            if (keys) {
                downlink.key(entry.downlinkKey());
            }
        } else {
            // draft-ietf-netlmm-proxymip6-10 section 5.3.5: traffic is dropped while the entry waits to be deleted.
            downlink.discard();
        }
        entities.add(downlink.build());
        List<IpPrefix> homes = new ArrayList<>(entry.prefixes());
        entry.ipv4Home().ifPresent(home -> homes.add(home.address().toIpPrefix()));
        for (IpPrefix prefix : homes) {
            if (active) {
                entities.add(UplinkSource.builder().domain(entry.operator()).source(prefix)
                        .sessionId(entry.sessionId()).tunnelId(tunnelId).encapsulation(encapsulation)
                        .key(entry.uplinkKey()).build());
            }
            entities.add(HomeNetwork.builder().domain(entry.operator()).destination(prefix)
                    .sessionId(entry.sessionId()).build());
        }
        return entities;
    }

    static Encapsulation encapsulation(BindingCacheEntry entry) {
        switch (entry.gre()) {
            case KEYS:
                return entry.tlvHeader() ? Encapsulation.UDP_TLV_GRE_KEY : Encapsulation.GRE_KEY;
            case MODE_ONLY:
                return entry.tlvHeader() ? Encapsulation.UDP_TLV_GRE : Encapsulation.GRE;
            default:
                return entry.udp() ? Encapsulation.UDP : Encapsulation.IP;
        }
    }
}
