// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.primitive.partition.Partition;
import io.atomix.protocols.raft.impl.RaftContext;
import io.atomix.protocols.raft.session.RaftSession;
import java.lang.reflect.Field;

/** What the leader of a store in this process has of a session with it: Atomix shows that to nobody. */
final class RaftInside {
    private RaftInside() {
    }

    /** The session of the map of that name, which must have one alone. */
    static RaftSession sessionOf(LocalStorage storage, String map) throws ReflectiveOperationException {
        Partition partition = storage.getAtomix().getPartitionService().getPartitionGroup("raft").getPartitions()
            .iterator().next();
        RaftContext context = (RaftContext) read(read(read(partition, "server"), "server"), "context");
        return context.getSessions().getSessions().stream().filter(one -> one.primitiveName().equals(map))
            .reduce((one, other) -> {
                throw new IllegalStateException(map + " has several sessions");
            }).orElseThrow();
    }

    private static Object read(Object owner, String field) throws ReflectiveOperationException {
        Field found = owner.getClass().getDeclaredField(field);
        found.setAccessible(true);
        return found.get(owner);
    }

    /** Loses the latest changes of the number of the command that came last. */
    static void setBack(RaftSession session, long number) throws ReflectiveOperationException {
        Field field = RaftSession.class.getDeclaredField("requestSequence");
        field.setAccessible(true);
        field.setLong(session, number);
    }
}
