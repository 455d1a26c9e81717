// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.DeviceId;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.protocol.mag.Attachment;

/** Regular access at two gateways over test stores, with switches and links that say what is done with them. */
abstract class PlainNodesBed {

    private static final String CONFIG = "{'mag': {'gateways': ["
            + "{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1',"
            + " 'plainAccess': {'prefix': '2001:db8:901::/63'}},"
            + "{'name': 'mag2', 'device': 'device:mag2', 'address': '2001:db8:0:12::1',"
            + " 'plainAccess': {'prefix': '2001:db8:902::/62', 'nodesPerLink': 2}}],"
            + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1'}], 'unknownInterfaces': 'plain'},"
            + "'switches': {'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11',"
            + " 'addresses': ['2001:db8:0:11::1']}, {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]},"
            + "'device:mag2': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:12',"
            + " 'addresses': ['2001:db8:0:12::1']}, {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]}}}";
    static final Ip6Prefix FIRST = Ip6Prefix.valueOf("2001:db8:901::/63");
    static final Ip6Prefix SECOND = Ip6Prefix.valueOf("2001:db8:902::/62");

    final List<String> seen = new CopyOnWriteArrayList<>();
    final List<String> counted = new ArrayList<>();
    final FlawedStore store = new FlawedStore();
    final MagManager.Services services = new MagManager.Services();
    CompletableFuture<Void> answer = CompletableFuture.completedFuture(null);
    boolean refuse;
    /** Done when a write is about to begin. */
    Runnable overtaking = () -> { };
    boolean entitled = true;
    /** Switches with another master. */
    final Set<DeviceId> foreign = new HashSet<>();
    MagConfig mag;
    PlainNodes nodes;

    /** Runs what it is given at once. */
    static final class AtOnce extends AbstractExecutorService {
        @Override
        public void execute(Runnable command) {
            command.run();
        }

        @Override
        public void shutdown() {
            // Nothing is under way.
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }

    final class Links implements LinkEffects {
        @Override
        public void advertise(NodeSession session) {
            seen.add("advertise " + prefix(session));
        }

        @Override
        public void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter) {
            seen.add("withdraw " + prefixes.get(0) + (staysRouter ? " and stay" : ""));
        }

        @Override
        public void removed(NodeSession session) {
            seen.add("removed " + prefix(session));
        }

        @Override
        public void checkPresence(NodeSession session) {
            throw new IllegalStateException("nobody asked for that");
        }

        @Override
        public void tearDown(NodeSession session) {
            throw new IllegalStateException("nobody asked for that");
        }

        @Override
        public void deny(NodeSession session, String why) {
            throw new IllegalStateException("nobody asked for that");
        }
    }

    @BeforeEach
    void start() throws Exception {
        mag = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"'))).mag()
                .orElseThrow();
        services.workers = new AtOnce();
        services.masterships = new MastershipServiceAdapter() {
            @Override
            public boolean isLocalMaster(DeviceId device) {
                return !foreign.contains(device);
            }
        };
        services.counter = counted::add;
        services.visitedPrefixes = new VisitedPrefixes(store, new DefaultApplicationId(1, "org.pmip"),
                services.places::taken, services.places::free);
        services.plainNodes = new KeyedSequencer(services.workers, 16);
        nodes = configured();
    }

    /** The nodes of another configuration that says the same. */
    PlainNodes configured() {
        PlainNodes made = new PlainNodes(mag, services, at -> Optional.of(new AccessEntities.Attached(2, 0,
                MacAddress.valueOf(at.linkLayerIdentifier()), MacAddress.valueOf("00:00:5e:00:52:13"), 1, false)),
                new Switches(), new Links(), (node, at) -> entitled);
        services.plain = Optional.of(made);
        return made;
    }

    @AfterEach
    void stop() {
        services.visitedPrefixes.close();
    }

    final class Switches implements PlainNodes.Writer {
        @Override
        public CompletableFuture<Void> write(List<Placed> removed, List<Placed> installed) {
            overtaking.run();
            seen.add("-" + removed.size() + " +" + installed.size());
            return refuse ? CompletableFuture.failedFuture(new IllegalStateException("table full"))
                    : answer;
        }

        @Override
        public CompletableFuture<Void> compare(DeviceId device) {
            seen.add("compare " + device);
            return CompletableFuture.completedFuture(null);
        }
    }

    /** What a session does that takes the place of a node. */
    int overtake(Attachment place) {
        return nodes.overtaken(place).map(left -> {
            left.ready().thenRun(left::over);
            return left.entries().size();
        }).orElse(0);
    }

    static Ip6Prefix prefix(NodeSession session) {
        return session.binding().orElseThrow().prefixes().get(0);
    }

    static Attachment at(String gateway, int node) {
        return Attachment.of(gateway, "2", new byte[] {2, 0, 0, 0, 0, (byte) node}, 3);
    }

    Ip6Prefix at(Attachment place) {
        return prefix(nodes.at(place).orElseThrow());
    }
}
