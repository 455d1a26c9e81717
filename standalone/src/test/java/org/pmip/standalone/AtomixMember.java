// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import io.atomix.cluster.Node;
import io.atomix.cluster.discovery.BootstrapDiscoveryProvider;
import io.atomix.core.Atomix;
import io.atomix.protocols.raft.partition.RaftPartitionGroup;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.onosproject.cluster.Leadership;
import org.onosproject.cluster.NodeId;
import org.onosproject.net.DeviceId;
import org.onosproject.store.atomix.impl.AtomixManager;
import org.onosproject.store.service.LeaderElector;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.pmip.standalone.p4runtime.Targets;

/**
 * One of several hosts on loopback, as the nodes of an ONOS cluster are: the same partitions of Atomix, and masters of
 * devices by election in the store, whose terms are the election ids at the switch.
 */
final class AtomixMember implements HostCluster {
    private static final String DEVICE = Samples.DEVICE;
    private static final long START_SECONDS = 180;
    private static final long STOP_SECONDS = 20;
    private static final long ELECTION_TIMEOUT_MILLIS = 2_000;
    private static final long LOOK_MILLIS = 250;

    private final int self;
    private final List<Integer> ports;
    private final ScheduledExecutorService elections = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "elections");
        thread.setDaemon(true);
        return thread;
    });
    private Atomix atomix;
    private LeaderElector elector;
    private Targets targets;
    /** The term in which this host commands the switch, 0 while another one does. */
    private volatile long term;

    AtomixMember(int self, List<Integer> ports) {
        this.self = self;
        this.ports = ports;
    }

    private static String name(int member) {
        return "member-" + member;
    }

    @Override
    public AtomixManager start(Path directory) throws InterruptedException {
        List<String> members = IntStream.range(0, ports.size()).mapToObj(AtomixMember::name).toList();
        List<Node> nodes = IntStream.range(0, ports.size()).mapToObj(member -> (Node) Node.builder()
            .withId(name(member)).withHost("127.0.0.1").withPort(ports.get(member)).build()).toList();
        atomix = Atomix.builder(AtomixMember.class.getClassLoader())
            .withClusterId("onos").withMemberId(name(self)).withHost("127.0.0.1").withPort(ports.get(self))
            .withMembershipProvider(BootstrapDiscoveryProvider.builder().withNodes(nodes).build())
            .withManagementGroup(RaftPartitionGroup.builder("system").withNumPartitions(1)
                .withDataDirectory(directory.resolve("system").toFile()).withMembers(members).build())
            .addPartitionGroup(RaftPartitionGroup.builder("raft").withNumPartitions(members.size())
                .withDataDirectory(directory.resolve("data").toFile()).withMembers(members).build())
            .build();
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
                return term > 0;
            }

            @Override
            public long electionId(DeviceId device) {
                return term;
            }
        };
    }

    @Override
    public void join(StorageService storage, Targets devices) {
        targets = devices;
        elector = storage.leaderElectorBuilder().withName("devices").withElectionTimeout(ELECTION_TIMEOUT_MILLIS)
            .build().asLeaderElector();
        elector.addChangeListener(change -> elections.execute(() -> told(change.newValue())));
        // Who has lost its session with the store is no candidate any more, and has to become one again.
        elections.scheduleWithFixedDelay(this::stand, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void stand() {
        try {
            told(elector.run(DEVICE, NodeId.nodeId(name(self))));
        } catch (StorageException e) {
            System.err.println(name(self) + " hears nothing of the election: " + e);
        }
    }

    private void told(Leadership leadership) {
        boolean leads = leadership != null && leadership.leader() != null
            && name(self).equals(leadership.leaderNodeId().id());
        long now = leads ? leadership.leader().term() : 0;
        if (now != term) {
            System.err.println(name(self) + (leads ? " commands the switch in term " + now
                : " leaves the switch to " + leadership));
            term = now;
            targets.renew(DeviceId.deviceId(DEVICE));
        }
    }

    /** Whether this host commands the switch, as far as it knows. */
    boolean leads() {
        return term > 0;
    }

    @Override
    public void leave() {
        elections.shutdownNow();
        try {
            atomix.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The store did not stop: " + e, e);
        }
    }
}
