// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Objects;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.pi.model.PiTableId;
import org.pmip.pipeconf.entity.PipelineEntity;

/** What makes two entities the same table entry: table, match and priority. Immutable. */
final class EntityKey {

    private final PiTableId table;
    private final PiCriterion match;
    private final int priority;
    private final int hash;

    private EntityKey(PipelineEntity entity) {
        table = entity.table();
        match = entity.matchKey();
        priority = entity.priority();
        // Keys are looked up several times, and the hash of a match is costly.
        hash = Objects.hash(table, match, priority);
    }

    static EntityKey of(PipelineEntity entity) {
        return new EntityKey(entity);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntityKey && hash == ((EntityKey) other).hash && table.equals(((EntityKey) other).table)
                && match.equals(((EntityKey) other).match) && priority == ((EntityKey) other).priority;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return table + " " + match;
    }
}
