// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.dataplane.Progress;
import org.pmip.protocol.lma.MobileNodeRecord;

/** What operators, and programs in their name, can see of the local mobility anchor and ask of it. Thread-safe. */
public interface LmaService {

    /** The binding cache, as far as this node knows it. */
    Collection<MobileNodeRecord> bindings();

    /** The binding cache entries of one mobile node, by its identifier. */
    Optional<MobileNodeRecord> bindings(String mobileNode);

    /** What was done since the application was started on this node, and how long it took. */
    LmaStatistics statistics();

    /** Who holds which home network prefix. */
    Map<String, String> prefixes();

    /** What a session's table entries have counted. */
    Traffic traffic(long sessionId);

    /** Packets that the switch has dropped, by reason. */
    Map<String, Long> drops();

    /** The table entries of a session, in words, a line each. */
    Collection<String> entries(long sessionId);

    /** What is known of the path of a session's tunnel; empty if there is no such session. */
    Optional<Paths.State> path(long sessionId);

    /**
     * Ends a session at once; its gateway learns of it when it next asks.
     *
     * @return false if there is no such session
     */
    CompletableFuture<Boolean> delete(String mobileNode, long sessionId);

    /** Whether the switch is there and holds what the configuration and the sessions ask for. */
    boolean ready();

    /** Mends what differs in the switch from the configuration and the sessions; completes with the rules written. */
    CompletableFuture<Integer> reconcile();

    /** How far the comparison of the switch with the sessions is; empty while no anchor is configured. */
    Optional<Progress.Snapshot> reconciliation();

    /** The gateways that may register mobile nodes: name, address, GRE policy, operator, sessions. */
    ArrayNode gateways();

    /** The pools: name, prefix, length of what is assigned from it, size and how many are assigned. */
    ArrayNode pools();

    /** What is known of one mobile node's sessions, without counters and table entries: cheap enough for long lists. */
    ObjectNode summary(MobileNodeRecord record);

    /** All that is known of one mobile node's sessions, with what they counted and their table entries. */
    ObjectNode describe(MobileNodeRecord record);

    /** The statistics, the latencies in microseconds and the drops as one JSON object, with whether it is ready. */
    ObjectNode report();

    /** All of the above as one JSON object: what {@link #report} has, bindings with their sessions, prefixes. */
    ObjectNode snapshot();

    /** Packets and octets of one session, as the switch counted them. Immutable. */
    final class Traffic {
        /** Of what has counted nothing. */
        public static final Traffic NONE = new Traffic(0, 0, 0, 0);

        private final long uplinkPackets;
        private final long uplinkOctets;
        private final long downlinkPackets;
        private final long downlinkOctets;

        /** Makes counts. */
        public Traffic(long uplinkPackets, long uplinkOctets, long downlinkPackets, long downlinkOctets) {
            this.uplinkPackets = uplinkPackets;
            this.uplinkOctets = uplinkOctets;
            this.downlinkPackets = downlinkPackets;
            this.downlinkOctets = downlinkOctets;
        }

        /** Packets from the mobile node. */
        public long uplinkPackets() {
            return uplinkPackets;
        }

        /** Octets from the mobile node, as received in the tunnel. */
        public long uplinkOctets() {
            return uplinkOctets;
        }

        /** Packets to the mobile node. */
        public long downlinkPackets() {
            return downlinkPackets;
        }

        /** Octets to the mobile node, as received from its correspondents. */
        public long downlinkOctets() {
            return downlinkOctets;
        }
    }
}
