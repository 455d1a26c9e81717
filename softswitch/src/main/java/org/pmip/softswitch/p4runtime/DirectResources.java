// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Counters and meters of table entries, inside entries (P4Runtime 1.3, section 9.1.6) and by themselves (sections
 * 9.3.1 and 9.4.1). Callers hold the device's lock.
 */
final class DirectResources {
    private final Program program;

    DirectResources(Program program) {
        this.program = program;
    }

    /** Refuses what an entry cannot carry, before any of it is written. */
    static void check(TableInfo table, TableEntry given) throws Refusal {
        Unknown.check(given.getUnknownFields(), 0, "the entry of " + table.name());
        if (given.hasCounterData() && !table.table().hasCounter()) {
            throw Refusal.invalid(table.name() + " has no direct counter: leave counter_data out");
        }
        if (given.hasCounterData()) {
            counter(given.getCounterData(), table.name());
        }
        if (given.hasMeterConfig() && !table.table().hasMeter()) {
            throw Refusal.invalid(table.name() + " has no direct meter: leave meter_config out");
        }
        if (given.hasMeterConfig()) {
            meter(given.getMeterConfig(), table.name());
        }
    }

    /** Writes what a checked entry carries; without meter_config a modified meter goes back to green. */
    static void write(Table table, Entry entry, TableEntry given, boolean modified) throws TableException {
        if (given.hasCounterData()) {
            CounterData data = given.getCounterData();
            table.setCounter(entry, new CounterArray.Value(data.getPacketCount(), data.getByteCount()));
        }
        if (given.hasMeterConfig()) {
            MeterConfig config = given.getMeterConfig();
            table.setMeter(entry, new MeterArray.Config(config.getCir(), config.getCburst(), config.getPir(),
                    config.getPburst()));
        } else if (modified && table.hasMeter()) {
            table.setMeter(entry, null);
        }
    }

    /** Puts the default entry's counter and meter back. */
    static void reset(Table table) throws TableException {
        if (table.hasCounter()) {
            table.setCounter(null, CounterArray.Value.ZERO);
        }
        if (table.hasMeter()) {
            table.setMeter(null, null);
        }
    }

    /** Adds to the entry found what the pattern asks for and the table has. */
    static void read(Table table, Entry entry, TableEntry pattern, TableEntry.Builder found) throws TableException {
        if (pattern.hasCounterData() && table.hasCounter()) {
            found.setCounterData(counter(table.counter(entry)));
        }
        if (pattern.hasMeterConfig() && table.hasMeter()) {
            MeterArray.Config config = table.meter(entry);
            if (config != null) {
                found.setMeterConfig(meter(config));
            }
        }
    }

    void write(Update.Type type, DirectCounterEntry given) throws Refusal, TableException {
        TableInfo table = table(given.getTableEntry(), given.hasTableEntry());
        modifyOnly(type, "a direct counter");
        needs(table.table().hasCounter(), table, "direct counter");
        Entry owner = program.entries().owner(table, given.getTableEntry());
        if (given.hasData()) {
            table.table().setCounter(owner, counter(given.getData(), table.name()));
        }
    }

    void write(Update.Type type, DirectMeterEntry given) throws Refusal, TableException {
        TableInfo table = table(given.getTableEntry(), given.hasTableEntry());
        modifyOnly(type, "a direct meter");
        needs(table.table().hasMeter(), table, "direct meter");
        Entry owner = program.entries().owner(table, given.getTableEntry());
        table.table().setMeter(owner, given.hasConfig() ? meter(given.getConfig(), table.name()) : null);
    }

    void read(DirectCounterEntry pattern, Found to) throws Refusal, TableException {
        TableEntry of = pattern.getTableEntry();
        if (of.getTableId() == 0) {
            for (TableInfo table : program.tables()) {
                if (table.table().hasCounter()) {
                    counters(table, to);
                }
            }
            return;
        }
        TableInfo table = program.table(of.getTableId());
        needs(table.table().hasCounter(), table, "direct counter");
        if (!of.getIsDefaultAction() && of.getMatchCount() == 0 && of.getPriority() == 0) {
            counters(table, to);
        } else {
            Entry owner = program.entries().owner(table, of);
            to.accept(Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                    .setTableEntry(key(table, owner)).setData(counter(table.table().counter(owner)))).build());
        }
    }

    private static void counters(TableInfo table, Found to) {
        table.table().rows(row -> to.accept(Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                .setTableEntry(key(table, row.entry())).setData(counter(row.counter()))).build()));
    }

    private static void meters(TableInfo table, Found to) {
        table.table().rows(row -> to.accept(meter(table, row.entry(), row.meter())));
    }

    void read(DirectMeterEntry pattern, Found to) throws Refusal, TableException {
        TableEntry of = pattern.getTableEntry();
        if (of.getTableId() == 0) {
            for (TableInfo table : program.tables()) {
                if (table.table().hasMeter()) {
                    meters(table, to);
                }
            }
            return;
        }
        TableInfo table = program.table(of.getTableId());
        needs(table.table().hasMeter(), table, "direct meter");
        if (!of.getIsDefaultAction() && of.getMatchCount() == 0 && of.getPriority() == 0) {
            meters(table, to);
        } else {
            Entry owner = program.entries().owner(table, of);
            to.accept(meter(table, owner, table.table().meter(owner)));
        }
    }

    private static Entity meter(TableInfo table, Entry entry, MeterArray.Config config) {
        DirectMeterEntry.Builder found = DirectMeterEntry.newBuilder().setTableEntry(key(table, entry));
        if (config != null) {
            found.setConfig(meter(config));
        }
        return Entity.newBuilder().setDirectMeterEntry(found).build();
    }

    private static TableEntry key(TableInfo table, Entry entry) {
        TableEntry.Builder key = TableEntry.newBuilder().setTableId(table.id());
        if (entry == null) {
            return key.setIsDefaultAction(true).build();
        }
        return key.addAllMatch(Matches.write(table.fields(), entry.matches())).setPriority(entry.priority()).build();
    }

    private TableInfo table(TableEntry of, boolean given) throws Refusal {
        if (!given) {
            throw Refusal.invalid("table_entry is missing: it tells to which entry the resource belongs");
        }
        return program.table(of.getTableId());
    }

    private static void needs(boolean has, TableInfo table, String what) throws Refusal {
        if (!has) {
            throw Refusal.invalid(table.name() + " has no " + what);
        }
    }

    static void modifyOnly(Update.Type type, String what) throws Refusal {
        if (type != Update.Type.MODIFY) {
            throw Refusal.invalid(what + " is neither inserted nor deleted: MODIFY it");
        }
    }

    static CounterArray.Value counter(CounterData data, String owner) throws Refusal {
        if (data.getPacketCount() < 0 || data.getByteCount() < 0) {
            throw Refusal.invalid("counter data for " + owner + " is negative");
        }
        return new CounterArray.Value(data.getPacketCount(), data.getByteCount());
    }

    static CounterData counter(CounterArray.Value value) {
        return CounterData.newBuilder().setPacketCount(value.packets()).setByteCount(value.bytes()).build();
    }

    static MeterArray.Config meter(MeterConfig config, String owner) throws Refusal {
        Unknown.check(config.getUnknownFields(), 0, "meter configuration for " + owner);
        if (config.getCir() < 0 || config.getCburst() < 0 || config.getPburst() < 0) {
            throw Refusal.invalid("meter configuration for " + owner + " is negative: give rates and bursts from 0 up");
        }
        if (config.getPir() < config.getCir()) {
            throw Refusal.invalid("meter configuration for " + owner + " has pir " + config.getPir()
                    + " below cir " + config.getCir() + ": the peak rate is at least the committed one");
        }
        return new MeterArray.Config(config.getCir(), config.getCburst(), config.getPir(), config.getPburst());
    }

    static MeterConfig meter(MeterArray.Config config) {
        return MeterConfig.newBuilder().setCir(config.cir()).setCburst(config.cburst()).setPir(config.pir())
                .setPburst(config.pburst()).build();
    }
}
