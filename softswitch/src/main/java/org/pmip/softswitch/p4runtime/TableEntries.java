// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.List;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionChoice;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** Table entries (P4Runtime 1.3, section 9.1). Callers hold the device's lock. */
final class TableEntries {
    private final Program program;

    TableEntries(Program program) {
        this.program = program;
    }

    void write(Update.Type type, TableEntry given) throws Refusal, TableException {
        TableInfo table = program.table(given.getTableId());
        if (given.getIsDefaultAction()) {
            writeDefault(table, type, given);
            return;
        }
        if (table.fields().count() == 0) {
            throw Refusal.invalid(table.name() + " has no keys, and so no entries: set is_default_action");
        }
        Entry key = key(table, given);
        if (table.table().constant()) {
            writeConstant(table, type, given, key);
            return;
        }
        switch (type) {
            case INSERT -> insert(table, given, key);
            case MODIFY -> modify(table, given, key);
            case DELETE -> table.table().delete(key);
            default -> throw Refusal.invalid("the update has no type: give INSERT, MODIFY or DELETE");
        }
    }

    /** Match and priority of an entry, checked; action null. */
    Entry key(TableInfo table, TableEntry given) throws Refusal {
        List<KeyMatch> matches = Matches.read(table.fields(), given.getMatchList());
        if (table.prioritised() && given.getPriority() <= 0) {
            throw Refusal.invalid("priority of an entry of " + table.name() + " is " + given.getPriority()
                    + ": a table with ternary, range or optional fields needs one above 0");
        }
        if (!table.prioritised() && given.getPriority() != 0) {
            throw Refusal.invalid("priority of an entry of " + table.name() + " is " + given.getPriority()
                    + ": it must be 0, because all fields are exact or lpm");
        }
        return new Entry(matches, given.getPriority(), null);
    }

    private void insert(TableInfo table, TableEntry given, Entry key) throws Refusal, TableException {
        if (!given.hasAction()) {
            throw Refusal.invalid("the entry of " + table.name() + " names no action");
        }
        Entry entry = complete(table, given, key, program.actions().choice(table, given.getAction(), program));
        DirectResources.check(table, given);
        table.table().insert(entry);
        try {
            DirectResources.write(table.table(), entry, given, false);
        } catch (TableException e) {
            table.table().delete(entry);
            throw e;
        }
    }

    private void modify(TableInfo table, TableEntry given, Entry key) throws Refusal, TableException {
        Entry old = table.table().find(key);
        if (old == null) {
            throw Refusal.notFound("no entry of " + table.name() + " has this match"
                    + (table.prioritised() ? " and priority " + given.getPriority() : "") + ": insert it instead");
        }
        ActionChoice action = given.hasAction() ? program.actions().choice(table, given.getAction(), program)
                : old.action();
        Entry entry = complete(table, given, key, action);
        DirectResources.check(table, given);
        table.table().modify(entry);
        DirectResources.write(table.table(), entry, given, true);
    }

    private static Entry complete(TableInfo table, TableEntry given, Entry key, ActionChoice action) throws Refusal {
        if (given.hasTimeSinceLastHit()) {
            throw Refusal.invalid("time_since_last_hit is read only: leave it out of the entry of " + table.name());
        }
        if (given.getIdleTimeoutNs() < 0) {
            throw Refusal.invalid("idle_timeout_ns of the entry of " + table.name() + " is "
                    + given.getIdleTimeoutNs() + ": it must not be negative");
        }
        if (given.getIdleTimeoutNs() != 0 && !table.notifiesIdle()) {
            throw Refusal.invalid(table.name() + " does not support idle timeout: leave idle_timeout_ns out");
        }
        return new Entry(key.matches(), key.priority(), action, Metadata.read(given), given.getIdleTimeoutNs(), false);
    }

    private static void writeConstant(TableInfo table, Update.Type type, TableEntry given, Entry key)
            throws Refusal, TableException {
        if (type != Update.Type.MODIFY || given.hasAction()) {
            throw Refusal.of(Status.Code.PERMISSION_DENIED, table.name() + " has const entries: only their direct "
                    + "resources can be modified, without giving an action");
        }
        if (table.table().find(key) == null) {
            throw Refusal.notFound("no const entry of " + table.name() + " has this match");
        }
        DirectResources.check(table, given);
        DirectResources.write(table.table(), key, given, true);
    }

    private void writeDefault(TableInfo table, Update.Type type, TableEntry given) throws Refusal, TableException {
        checkDefault(table, given);
        if (type != Update.Type.MODIFY) {
            throw Refusal.invalid("the default entry of " + table.name() + " is always there: MODIFY it");
        }
        if (given.getIdleTimeoutNs() != 0 || given.hasTimeSinceLastHit()) {
            throw Refusal.invalid("the default entry of " + table.name() + " has no idle timeout: leave "
                    + "idle_timeout_ns and time_since_last_hit out");
        }
        DirectResources.check(table, given);
        if (given.hasAction()) {
            if (given.getAction().getTypeCase() != TableAction.TypeCase.ACTION) {
                throw Refusal.invalid("the default entry of " + table.name() + " must name an action itself");
            }
            ActionCall call = program.actions().call(table, given.getAction().getAction(), true);
            table.table().setDefaultAction(call);
            table.defaultMetadata(Metadata.read(given));
            DirectResources.write(table.table(), null, given, true);
        } else {
            table.table().setDefaultAction(null);
            table.defaultMetadata(Bits.of(0));
            DirectResources.reset(table.table());
        }
    }

    private static void checkDefault(TableInfo table, TableEntry given) throws Refusal {
        if (given.getMatchCount() != 0 || given.getPriority() != 0) {
            throw Refusal.invalid("the default entry of " + table.name()
                    + " has neither match nor priority: leave both out");
        }
    }

    /** Gives what the pattern selects (section 9.1.5) and the role, null for all, may see. */
    void read(TableEntry pattern, Access access, Found to) throws Refusal, TableException {
        Unknown.check(pattern.getUnknownFields(), 0, "the pattern of table entries");
        if (pattern.getTableId() == 0) {
            for (TableInfo table : program.tables()) {
                if (access != null && !access.covers(table.id(), program)) {
                    continue;
                }
                if (pattern.getIsDefaultAction()) {
                    readDefault(table, pattern, to);
                } else {
                    readAll(table, pattern, to);
                }
            }
            return;
        }
        TableInfo table = program.table(pattern.getTableId());
        if (pattern.hasTimeSinceLastHit() && !table.notifiesIdle()) {
            throw Refusal.invalid(table.name() + " does not support idle timeout: leave time_since_last_hit out");
        }
        if (pattern.getIsDefaultAction()) {
            checkDefault(table, pattern);
            readDefault(table, pattern, to);
        } else if (pattern.getMatchCount() != 0) {
            Table.Row row = table.table().row(key(table, pattern));
            if (row != null && selects(pattern, row.entry())) {
                new EntryEncoder(program).give(table, row, pattern, to);
            }
        } else {
            readAll(table, pattern, to);
        }
    }

    private void readAll(TableInfo table, TableEntry pattern, Found to) {
        EntryEncoder encoder = new EntryEncoder(program);
        boolean all = all(pattern);
        table.table().rows(row -> {
            if (all || selects(pattern, row.entry())) {
                encoder.give(table, row, pattern, to);
            }
        });
    }

    /** Whether a pattern selects every entry of its table. */
    private static boolean all(TableEntry pattern) {
        return pattern.getTableId() == 0 || pattern.getPriority() == 0 && !pattern.hasAction()
                && Metadata.selectsAll(pattern);
    }

    private boolean selects(TableEntry pattern, Entry entry) {
        if (pattern.getPriority() != 0 && pattern.getPriority() != entry.priority()) {
            return false;
        }
        int action = pattern.getAction().getAction().getActionId();
        if (action != 0 && !(entry.action() instanceof ActionCall call
                && program.actions().id(call) == action)) {
            return false;
        }
        return Metadata.selects(pattern, entry.metadata());
    }

    /** The entry with its key, timeout and metadata, without action and resources. */
    static TableEntry.Builder describe(TableInfo table, Entry entry) {
        TableEntry.Builder found = TableEntry.newBuilder().setTableId(table.id())
                .addAllMatch(Matches.write(table.fields(), entry.matches())).setPriority(entry.priority())
                .setIdleTimeoutNs(entry.idleTimeout());
        Metadata.write(entry.metadata(), found);
        return found;
    }

    private void readDefault(TableInfo table, TableEntry pattern, Found to) throws TableException {
        TableEntry.Builder found = TableEntry.newBuilder().setTableId(table.id()).setIsDefaultAction(true);
        ActionCall call = table.table().defaultAction();
        if (call != null && program.actions().known(call)) {
            found.getActionBuilder().setAction(program.actions().write(call));
        }
        Metadata.write(table.defaultMetadata(), found);
        DirectResources.read(table.table(), null, pattern, found);
        to.accept(Entity.newBuilder().setTableEntry(found).build());
    }

    /** The entry of that key, or the default entry, with its resources; nothing if there is none. */
    void current(TableEntry given, Found to) throws Refusal, TableException {
        TableInfo table = program.table(given.getTableId());
        TableEntry all = TableEntry.newBuilder().setCounterData(CounterData.getDefaultInstance())
                .setMeterConfig(MeterConfig.getDefaultInstance()).build();
        if (given.getIsDefaultAction()) {
            checkDefault(table, given);
            readDefault(table, all, to);
            return;
        }
        Table.Row row = table.table().row(key(table, given));
        if (row != null) {
            new EntryEncoder(program).give(table, row, all, to);
        }
    }

    /** Whether the program fixes what the entry, or the default entry, does. */
    boolean constant(TableEntry given) throws Refusal {
        TableInfo table = program.table(given.getTableId());
        return given.getIsDefaultAction() ? table.constantDefault() : table.table().constant();
    }

    /** The entry, or null for the default entry, to which a direct resource belongs; it exists. */
    Entry owner(TableInfo table, TableEntry given) throws Refusal {
        if (given.getIsDefaultAction()) {
            checkDefault(table, given);
            return null;
        }
        Entry entry = table.table().find(key(table, given));
        if (entry == null) {
            throw Refusal.notFound("no entry of " + table.name() + " has this match"
                    + (table.prioritised() ? " and priority " + given.getPriority() : ""));
        }
        return entry;
    }
}
