// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.cluster.ClusterConfig;
import io.atomix.cluster.MemberConfig;
import io.atomix.cluster.MemberId;
import io.atomix.cluster.discovery.BootstrapDiscoveryConfig;
import io.atomix.core.Atomix;
import io.atomix.core.AtomixConfig;
import io.atomix.core.AtomixRegistry;
import io.atomix.core.counter.AtomicCounterType;
import io.atomix.core.election.LeaderElectionType;
import io.atomix.core.election.LeaderElectorType;
import io.atomix.core.idgenerator.AtomicIdGeneratorType;
import io.atomix.core.lock.AtomicLockType;
import io.atomix.core.map.AtomicCounterMapType;
import io.atomix.core.map.AtomicMapType;
import io.atomix.core.map.AtomicNavigableMapType;
import io.atomix.core.map.AtomicSortedMapType;
import io.atomix.core.map.DistributedMapType;
import io.atomix.core.multimap.AtomicMultimapType;
import io.atomix.core.registry.SimpleRegistry;
import io.atomix.core.set.DistributedSetType;
import io.atomix.core.transaction.TransactionType;
import io.atomix.core.tree.AtomicDocumentTreeType;
import io.atomix.core.value.AtomicValueType;
import io.atomix.core.value.DistributedValueType;
import io.atomix.core.workqueue.WorkQueueType;
import io.atomix.primitive.PrimitiveType;
import io.atomix.primitive.partition.impl.PrimaryElectorType;
import io.atomix.protocols.backup.partition.PrimaryBackupPartitionGroup;
import io.atomix.protocols.backup.partition.PrimaryBackupPartitionGroupConfig;
import io.atomix.protocols.raft.MultiRaftProtocol;
import io.atomix.protocols.raft.partition.RaftPartitionGroup;
import io.atomix.protocols.raft.partition.RaftPartitionGroupConfig;
import io.atomix.protocols.raft.partition.RaftStorageConfig;
import io.atomix.storage.StorageLevel;
import io.atomix.utils.net.Address;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.onosproject.store.atomix.impl.AtomixManager;

/**
 * The Raft store under ONOS's {@code StorageService}, with this process as its only member, kept in a directory.
 *
 * <p>It is the same Atomix that carries the store in an ONOS cluster, so that serialisation, conflicts and the order of
 * events are those of a cluster; it only needs no network. Safe for use by many threads.
 */
public final class LocalStorage extends AtomixManager implements AutoCloseable {
    private static final String MEMBER = "local";
    private static final String DATA = "raft";
    private static final Address HERE = Address.from("127.0.0.1", 9876);
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 2;
    private static final List<PrimitiveType<?, ?, ?>> PRIMITIVES = List.of(
        AtomicMapType.instance(), AtomicSortedMapType.instance(), AtomicNavigableMapType.instance(),
        DistributedMapType.instance(), AtomicMultimapType.instance(), AtomicCounterMapType.instance(),
        AtomicCounterType.instance(), AtomicIdGeneratorType.instance(), AtomicValueType.instance(),
        DistributedValueType.instance(), DistributedSetType.instance(), AtomicDocumentTreeType.instance(),
        AtomicLockType.instance(), LeaderElectorType.instance(), LeaderElectionType.instance(),
        WorkQueueType.instance(), TransactionType.instance(), PrimaryElectorType.instance());

    private final Atomix atomix;

    private LocalStorage(Atomix atomix) {
        this.atomix = atomix;
    }

    /**
     * Starts the store.
     *
     * @param directory where Raft keeps its log, which survives a restart
     * @return the running store
     * @throws InterruptedException when interrupted while starting
     * @throws IllegalStateException when it does not start, with the reason
     */
    public static LocalStorage start(Path directory) throws InterruptedException {
        AtomixConfig config = new AtomixConfig()
            .setClusterConfig(new ClusterConfig()
                .setClusterId("onos")
                .setNodeConfig(new MemberConfig().setId(MemberId.from(MEMBER)).setAddress(HERE))
                .setDiscoveryConfig(new BootstrapDiscoveryConfig()))
            .setManagementGroup(new PrimaryBackupPartitionGroupConfig().setPartitions(1).setName("system"))
            .addPartitionGroup(raft(directory));
        Atomix atomix = new OneMember(config);
        try {
            OwnElection.hasten(atomix, DATA, atomix.start(), START_SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            atomix.stop();
            throw new IllegalStateException("The store in " + directory + " does not start: "
                + (e.getCause() == null ? "no answer within " + START_SECONDS + " s" : e.getCause()), e);
        }
        return new LocalStorage(atomix);
    }

    private static RaftPartitionGroupConfig raft(Path directory) {
        RaftStorageConfig storage = new RaftStorageConfig()
            .setDirectory(directory.resolve(DATA).toString())
            .setLevel(StorageLevel.DISK);
        RaftPartitionGroupConfig group = new RaftPartitionGroupConfig()
            .setMembers(Set.of(MEMBER))
            .setStorageConfig(storage);
        group.setName(DATA);
        group.setPartitions(1);
        return group;
    }

    @Override
    public Atomix getAtomix() {
        return atomix;
    }

    @Override
    public void activate() {
        throw new UnsupportedOperationException("Started by start()");
    }

    @Override
    public void deactivate() {
        throw new UnsupportedOperationException("Stopped by close()");
    }

    /**
     * Stops the store.
     *
     * @throws IllegalStateException when it does not stop within two seconds
     */
    @Override
    public void close() {
        try {
            atomix.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The store did not stop: " + e, e);
        }
    }

    /** Names the types that ONOS uses: searching the class path for them takes a second. */
    private static AtomixRegistry registry() {
        SimpleRegistry.Builder builder = SimpleRegistry.builder()
            .addPartitionGroupType(RaftPartitionGroup.TYPE)
            .addPartitionGroupType(PrimaryBackupPartitionGroup.TYPE)
            .addProtocolType(MultiRaftProtocol.TYPE);
        PRIMITIVES.forEach(builder::addPrimitiveType);
        return builder.build();
    }

    private static final class OneMember extends Atomix {
        private OneMember(AtomixConfig config) {
            super(config, registry(), new LoopbackMessaging(HERE), new NoNeighbours.Unicast(),
                new NoNeighbours.Broadcast());
        }
    }
}
