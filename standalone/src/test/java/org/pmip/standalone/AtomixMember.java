// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import io.atomix.cluster.ClusterConfig;
import io.atomix.cluster.MemberConfig;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.NodeConfig;
import io.atomix.cluster.discovery.BootstrapDiscoveryConfig;
import io.atomix.core.Atomix;
import io.atomix.core.AtomixConfig;
import io.atomix.core.AtomixRegistry;
import io.atomix.protocols.raft.partition.RaftPartitionGroupConfig;
import io.atomix.protocols.raft.partition.RaftStorageConfig;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.net.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.oldbatch.FlowRuleBatchOperation;
import org.onosproject.store.atomix.impl.AtomixManager;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.LeaderElector;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.pmip.standalone.p4runtime.Targets;
import org.pmip.standalone.store.FlowRules;

/**
 * One of several hosts on loopback, as the nodes of an ONOS cluster are: the same partitions of Atomix, and for each
 * device a master by election in the store, whose term is the election id at the switch and who gets the flow rules of
 * the others.
 */
@SuppressWarnings("deprecation") // ONOS's store of flow rules is made of types that it calls old
final class AtomixMember implements HostCluster {
    private static final long START_SECONDS = 75;
    private static final long STOP_SECONDS = 20;
    private static final long ELECTION_TIMEOUT_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 250;

    private static final Serializer RULES = Serializer.using(KryoNamespaces.API);
    /** As ONOS waits for an answer to what it says to another node. */
    private static final Duration WORD = Duration.ofSeconds(15);
    private static final String SUBJECT = "flow-rules";

    private final int self;
    private final List<Integer> ports;
    private final List<DeviceId> devices;
    private final ScheduledExecutorService elections = Executors.newSingleThreadScheduledExecutor(daemon("elections"));
    /** What the store tells must not wait for an answer that a member owes which stands still. */
    private final ExecutorService news = Executors.newSingleThreadExecutor(daemon("election-news"));
    private final AtomicBoolean cut = new AtomicBoolean();
    private Atomix atomix;
    private LeaderElector elector;
    private Targets targets;
    /** The terms in which this host commands devices; none of a device that another host commands. */
    private final Map<DeviceId, Long> terms = new ConcurrentHashMap<>();
    /** The latest terms that this host has heard of; what is told of an earlier one comes late. */
    private final Map<DeviceId, Long> latest = new ConcurrentHashMap<>();
    /** Which host commands a device, as far as is known here. */
    private final Map<DeviceId, String> leaders = new ConcurrentHashMap<>();

    AtomixMember(int self, List<Integer> ports, List<DeviceId> devices) {
        this.self = self;
        this.ports = ports;
        this.devices = devices;
    }

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Logs are mapped, as ONOS's atomix-gen-config has it: that takes far less of the processors than files do. */
    private static RaftPartitionGroupConfig group(String name, int partitions, Set<String> members, Path directory) {
        RaftPartitionGroupConfig group = new RaftPartitionGroupConfig().setMembers(members).setStorageConfig(
            new RaftStorageConfig().setLevel(StorageLevel.MAPPED).setDirectory(directory.resolve(name).toString()));
        group.setName(name);
        group.setPartitions(partitions);
        return group;
    }

    private Address address(int member) {
        return Address.from("127.0.0.1", ports.get(member));
    }

    /** An Atomix that can be cut off from all others. */
    private static final class Cuttable extends Atomix {
        Cuttable(AtomixConfig config, AtomicBoolean cut) {
            super(config, AtomixRegistry.registry(AtomixMember.class.getClassLoader()),
                new CutMessaging(buildMessagingService(config.getClusterConfig()), cut),
                new CutMessaging.Unicast(buildUnicastService(config.getClusterConfig()), cut),
                buildBroadcastService(config.getClusterConfig()));
        }
    }

    private static String name(int member) {
        return "member-" + member;
    }

    @Override
    public AtomixManager start(Path directory) throws InterruptedException {
        Set<String> members = IntStream.range(0, ports.size()).mapToObj(AtomixMember::name)
            .collect(Collectors.toSet());
        Set<NodeConfig> nodes = IntStream.range(0, ports.size()).mapToObj(member -> new NodeConfig()
            .setId(io.atomix.cluster.NodeId.from(name(member))).setAddress(address(member)))
            .collect(Collectors.toSet());
        ClusterConfig cluster = new ClusterConfig().setClusterId("onos")
            .setNodeConfig(new MemberConfig().setId(MemberId.from(name(self))).setAddress(address(self)))
            .setDiscoveryConfig(new BootstrapDiscoveryConfig().setNodes(nodes));
        atomix = new Cuttable(new AtomixConfig().setClusterConfig(cluster)
            .setManagementGroup(group("system", 1, members, directory))
            .addPartitionGroup(group("raft", members.size(), members, directory)), cut);
        try {
            atomix.start().get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(name(self) + " does not start: " + e, e);
        }
        return new AtomixManager() {
            @Override
            public Atomix getAtomix() {
                return atomix;
            }
        };
    }

    @Override
    public Targets.Candidacy candidacy() {
        return new Targets.Candidacy() {
            @Override
            public boolean stands(DeviceId device) {
                return terms.containsKey(device);
            }

            @Override
            public long electionId(DeviceId device) {
                return terms.getOrDefault(device, 0L);
            }
        };
    }

    @Override
    public FlowRules.Elsewhere elsewhere() {
        return batch -> {
            String leader = leaders.get(batch.deviceId());
            if (leader == null || leader.equals(name(self))) {
                return FlowRules.NOWHERE.store(batch);
            }
            return atomix.getCommunicationService().<FlowRuleBatchOperation, Set<FlowRule>>send(SUBJECT, batch,
                RULES::encode, RULES::decode, MemberId.from(leader), WORD);
        };
    }

    @Override
    public void join(StorageService storage, Targets ofHost, FlowRules rules) {
        targets = ofHost;
        atomix.getCommunicationService().<FlowRuleBatchOperation, Set<FlowRule>>subscribe(SUBJECT, RULES::decode,
            rules::storeForAnother, refused -> RULES.encode(new HashSet<>(refused)));
        elector = storage.leaderElectorBuilder().withName("devices").withElectionTimeout(ELECTION_TIMEOUT_MILLIS)
            .build().asLeaderElector();
        elector.addChangeListener(change -> news.execute(() -> told(change.newValue())));
        // Who has lost its session with the store is no candidate any more, and has to become one again.
        elections.scheduleWithFixedDelay(this::stand, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void stand() {
        for (DeviceId device : devices) {
            try {
                told(elector.run(device.toString(), NodeId.nodeId(name(self))));
            } catch (StorageException e) {
                System.err.println(LocalTime.now() + " " + name(self) + " hears nothing of the election: " + e);
                return;
            }
        }
    }

    private synchronized void told(Leadership leadership) {
        if (leadership == null) {
            return;
        }
        DeviceId device = DeviceId.deviceId(leadership.topic());
        if (leadership.leader() != null
            && latest.merge(device, leadership.leader().term(), Math::max) > leadership.leader().term()) {
            return;
        }
        String leader = leadership.leader() == null ? null : leadership.leaderNodeId().id();
        if (leader == null) {
            leaders.remove(device);
        } else {
            leaders.put(device, leader);
        }
        Long now = name(self).equals(leader) ? Long.valueOf(leadership.leader().term()) : null;
        Long before = now == null ? terms.remove(device) : terms.put(device, now);
        if (!Objects.equals(before, now)) {
            System.err.println(LocalTime.now() + " " + name(self) + (now == null ? " leaves " + leadership
                : " commands " + device + " in term " + now));
            targets.renew(device);
        }
    }

    /** Loses from now on whatever goes between this host and the others, or no longer does. */
    void cut(boolean off) {
        cut.set(off);
    }

    /** Hands a device over to the next candidate, and becomes the last one. */
    void handOver(DeviceId device) {
        elector.withdraw(device.toString());
    }

    /** Takes a device over from whoever commands it. */
    void take(DeviceId device) {
        elector.anoint(device.toString(), NodeId.nodeId(name(self)));
    }

    /** Whether this host commands a device, as far as it knows. */
    boolean leads(DeviceId device) {
        return terms.containsKey(device);
    }

    @Override
    public void leave() {
        elections.shutdownNow();
        news.shutdownNow();
        try {
            atomix.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The store did not stop: " + e, e);
        }
    }
}
