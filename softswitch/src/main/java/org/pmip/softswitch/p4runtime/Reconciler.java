// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.List;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** Carries the forwarding state from one program into another (RECONCILE_AND_COMMIT, P4Runtime 1.3, section 14). */
final class Reconciler {
    private Reconciler() {
    }

    /** Refuses with INVALID_ARGUMENT when the other program cannot take something; then it is to be thrown away. */
    static void carry(Entities from, Program program, Entities to) throws Refusal {
        TableEntry all = TableEntry.newBuilder().setCounterData(CounterData.getDefaultInstance())
                .setMeterConfig(MeterConfig.getDefaultInstance()).build();
        Entity.Builder what = Entity.newBuilder();
        insert(from, to, what.setActionProfileMember(what.getActionProfileMember()).build());
        insert(from, to, what.setActionProfileGroup(what.getActionProfileGroup()).build());
        PacketReplicationEngineEntry.Builder replication = PacketReplicationEngineEntry.newBuilder();
        insert(from, to, what.setPacketReplicationEngineEntry(
                replication.setMulticastGroupEntry(replication.getMulticastGroupEntry())).build());
        insert(from, to, what.setPacketReplicationEngineEntry(
                replication.setCloneSessionEntry(replication.getCloneSessionEntry())).build());
        insert(from, to, what.setDigestEntry(what.getDigestEntry()).build());
        // The entries with which a table begins are as the controller left them.
        for (Entity initial : read(to, what.setTableEntry(TableEntry.getDefaultInstance()).build())) {
            if (!program.table(initial.getTableEntry().getTableId()).table().constant()) {
                write(to, Update.Type.DELETE, initial);
            }
        }
        for (Entity entry : read(from, what.setTableEntry(all).build())) {
            entry(program, to, entry.getTableEntry());
        }
        defaults(from, to, what.setTableEntry(all.toBuilder().setIsDefaultAction(true)).build());
        modify(from, to, what.setCounterEntry(what.getCounterEntry()).build());
        modify(from, to, what.setMeterEntry(what.getMeterEntry()).build());
        modify(from, to, what.setValueSetEntry(what.getValueSetEntry()).build());
        modify(from, to, what.setRegisterEntry(what.getRegisterEntry()).build());
    }

    private static List<Entity> read(Entities from, Entity what) throws Refusal {
        List<Entity> found = new ArrayList<>();
        from.read(what, found::add);
        return found;
    }

    private static void insert(Entities from, Entities to, Entity what) throws Refusal {
        for (Entity entity : read(from, what)) {
            write(to, Update.Type.INSERT, entity);
        }
    }

    private static void modify(Entities from, Entities to, Entity what) throws Refusal {
        for (Entity entity : read(from, what)) {
            write(to, Update.Type.MODIFY, entity);
        }
    }

    /** Const entries are the program's own: only what is attached to them is carried over. */
    private static void entry(Program program, Entities to, TableEntry entry) throws Refusal {
        boolean constant = program.table(entry.getTableId()).table().constant();
        TableEntry carried = constant ? entry.toBuilder().clearAction().build() : entry;
        write(to, constant ? Update.Type.MODIFY : Update.Type.INSERT,
                Entity.newBuilder().setTableEntry(carried).build());
    }

    private static void defaults(Entities from, Entities to, Entity what) throws Refusal {
        for (Entity was : read(from, what)) {
            Entity pattern = Entity.newBuilder().setTableEntry(what.getTableEntry().toBuilder()
                    .setTableId(was.getTableEntry().getTableId())).build();
            if (!read(to, pattern).equals(List.of(was)) && was.getTableEntry().hasAction()) {
                write(to, Update.Type.MODIFY, was);
            }
        }
    }

    private static void write(Entities to, Update.Type type, Entity entity) throws Refusal {
        try {
            to.write(Update.newBuilder().setType(type).setEntity(entity).build());
        } catch (Refusal e) {
            throw Refusal.invalid("the new pipeline cannot keep the state of the old: " + e.getMessage());
        }
    }
}
