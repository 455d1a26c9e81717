// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.core.Atomix;
import io.atomix.primitive.partition.Partition;
import io.atomix.primitive.partition.PartitionGroup;
import io.atomix.protocols.raft.RaftServer;
import io.atomix.protocols.raft.partition.RaftPartition;
import io.atomix.protocols.raft.partition.impl.RaftPartitionServer;
import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Spares a Raft cluster of one the wait for other candidates.
 *
 * <p>A Raft server that starts waits for 2.5 to 5 s for a leader before it stands for election (Raft, section 5.2).
 * A lone server knows that there is none. Atomix can be told to stand at once ({@link RaftServer#promote()}), but
 * hands the server out to nobody, hence the reflection; should a field be missing in another version, the start is
 * merely slower.
 */
final class OwnElection {
    private static final long LOOK_MILLIS = 5;

    private OwnElection() {
    }

    /**
     * Waits for the start of a store and makes its servers stand for election as soon as they can.
     *
     * @param atomix that starts
     * @param group name of the Raft group
     * @param started completed by Atomix
     * @param seconds longest wait
     */
    static void hasten(Atomix atomix, String group, CompletableFuture<Void> started, long seconds)
        throws InterruptedException, ExecutionException, TimeoutException {
        Set<RaftServer> standing = new HashSet<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (true) {
            try {
                started.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                stand(atomix, group, standing);
            }
        }
    }

    private static void stand(Atomix atomix, String group, Set<RaftServer> standing) {
        PartitionGroup raft = atomix.getPartitionService().getPartitionGroup(group);
        if (raft == null) {
            return;
        }
        for (Partition partition : raft.getPartitions()) {
            RaftServer server = server((RaftPartition) partition);
            if (server != null && server.getRole() == RaftServer.Role.FOLLOWER && standing.add(server)) {
                server.promote();
            }
        }
    }

    private static RaftServer server(RaftPartition partition) {
        RaftPartitionServer of = read(partition, RaftPartition.class, RaftPartitionServer.class);
        return of == null ? null : read(of, RaftPartitionServer.class, RaftServer.class);
    }

    private static <T> T read(Object owner, Class<?> declaring, Class<T> type) {
        try {
            Field field = declaring.getDeclaredField("server");
            field.setAccessible(true);
            return type.cast(field.get(owner));
        } catch (NoSuchFieldException | IllegalAccessException e) {
            return null;
        }
    }
}
