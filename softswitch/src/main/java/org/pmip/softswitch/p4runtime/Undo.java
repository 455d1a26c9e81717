// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.List;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Finds the updates that take an update back. Counters that the update does not write are left alone, because packets
 * go on counting; the time since the last hit of an entry that was deleted begins anew.
 */
final class Undo {
    private Undo() {
    }

    /**
     * What takes the update back, in order, found before it is made.
     *
     * @throws Refusal when the update names something that is not there, for which it would be refused itself
     */
    static List<Update> of(Entities entities, Update update) throws Refusal {
        List<Update> undo = new ArrayList<>();
        switch (update.getType()) {
            case INSERT -> add(undo, Update.Type.DELETE, update.getEntity());
            case MODIFY -> {
                for (Entity was : entities.current(update.getEntity())) {
                    modified(entities, update.getEntity(), was, undo);
                }
            }
            case DELETE -> entities.current(update.getEntity()).forEach(was -> add(undo, Update.Type.INSERT, was));
            default -> undo.clear();
        }
        return undo;
    }

    private static void add(List<Update> to, Update.Type type, Entity entity) {
        to.add(Update.newBuilder().setType(type).setEntity(entity).build());
    }

    private static void modified(Entities entities, Entity given, Entity was, List<Update> undo) throws Refusal {
        boolean counts = switch (given.getEntityCase()) {
            case COUNTER_ENTRY -> given.getCounterEntry().hasData();
            case DIRECT_COUNTER_ENTRY -> given.getDirectCounterEntry().hasData();
            default -> true;
        };
        if (was.hasTableEntry()) {
            entry(entities, given.getTableEntry(), was.getTableEntry(), undo);
        } else if (counts) {
            add(undo, Update.Type.MODIFY, was);
        }
    }

    private static void entry(Entities entities, TableEntry given, TableEntry was, List<Update> undo) throws Refusal {
        TableEntry.Builder back = was.toBuilder();
        boolean counts = given.hasCounterData() || given.getIsDefaultAction() && !given.hasAction();
        if (!counts) {
            back.clearCounterData();
        }
        if (entities.constant(given)) {
            back.clearAction();
        }
        if (!given.getIsDefaultAction()) {
            add(undo, Update.Type.MODIFY, Entity.newBuilder().setTableEntry(back).build());
            return;
        }
        // A default entry without action stands for the program's own, and then carries nothing else.
        TableEntry owner = TableEntry.newBuilder().setTableId(was.getTableId()).setIsDefaultAction(true).build();
        if (!entities.constant(given)) {
            add(undo, Update.Type.MODIFY, Entity.newBuilder().setTableEntry(
                    back.clone().clearCounterData().clearMeterConfig()).build());
        }
        if (back.hasCounterData()) {
            add(undo, Update.Type.MODIFY, Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                    .setTableEntry(owner).setData(was.getCounterData())).build());
        }
        if (was.hasMeterConfig()) {
            add(undo, Update.Type.MODIFY, Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                    .setTableEntry(owner).setConfig(was.getMeterConfig())).build());
        }
    }
}
