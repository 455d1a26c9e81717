// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Indirect counters, meters and registers (P4Runtime 1.3, sections 9.3.2, 9.4.2, 9.7). Callers hold the device's lock.
 */
final class Cells {
    private final Program program;

    Cells(Program program) {
        this.program = program;
    }

    void write(Update.Type type, CounterEntry given) throws Refusal, TableException {
        CounterArray counter = program.counter(given.getCounterId());
        String name = "counter '" + counter.name() + "'";
        DirectResources.modifyOnly(type, name);
        Range range = Range.of(given.hasIndex(), given.getIndex(), counter.size(), name);
        if (given.hasData()) {
            CounterArray.Value value = DirectResources.counter(given.getData(), name);
            for (int i = range.from; i < range.to; i++) {
                counter.write(i, value);
            }
        }
    }

    void write(Update.Type type, MeterEntry given) throws Refusal, TableException {
        MeterArray meter = program.meter(given.getMeterId());
        String name = "meter '" + meter.name() + "'";
        DirectResources.modifyOnly(type, name);
        Range range = Range.of(given.hasIndex(), given.getIndex(), meter.size(), name);
        MeterArray.Config config = given.hasConfig() ? DirectResources.meter(given.getConfig(), name) : null;
        for (int i = range.from; i < range.to; i++) {
            meter.write(i, config);
        }
    }

    void write(Update.Type type, RegisterEntry given) throws Refusal, TableException {
        RegisterArray register = program.register(given.getRegisterId());
        String name = "register '" + register.name() + "'";
        DirectResources.modifyOnly(type, name);
        Range range = Range.of(given.hasIndex(), given.getIndex(), register.size(), name);
        Bits value = program.data().cell(given.getData(), given.getRegisterId(), register.width(), name);
        for (int i = range.from; i < range.to; i++) {
            register.write(i, value);
        }
    }

    void read(CounterEntry pattern, Found to) throws Refusal, TableException {
        if (pattern.getCounterId() == 0) {
            for (int id : program.counterIds()) {
                read(pattern.toBuilder().setCounterId(id).clearIndex().build(), to);
            }
            return;
        }
        CounterArray counter = program.counter(pattern.getCounterId());
        Range range = Range.of(pattern.hasIndex(), pattern.getIndex(), counter.size(),
                "counter '" + counter.name() + "'");
        for (int i = range.from; i < range.to; i++) {
            to.accept(Entity.newBuilder().setCounterEntry(CounterEntry.newBuilder()
                    .setCounterId(pattern.getCounterId()).setIndex(Index.newBuilder().setIndex(i))
                    .setData(DirectResources.counter(counter.read(i)))).build());
        }
    }

    void read(MeterEntry pattern, Found to) throws Refusal, TableException {
        if (pattern.getMeterId() == 0) {
            for (int id : program.meterIds()) {
                read(pattern.toBuilder().setMeterId(id).clearIndex().build(), to);
            }
            return;
        }
        MeterArray meter = program.meter(pattern.getMeterId());
        Range range = Range.of(pattern.hasIndex(), pattern.getIndex(), meter.size(), "meter '" + meter.name() + "'");
        for (int i = range.from; i < range.to; i++) {
            MeterEntry.Builder found = MeterEntry.newBuilder().setMeterId(pattern.getMeterId())
                    .setIndex(Index.newBuilder().setIndex(i));
            MeterArray.Config config = meter.read(i);
            if (config != null) {
                found.setConfig(DirectResources.meter(config));
            }
            to.accept(Entity.newBuilder().setMeterEntry(found).build());
        }
    }

    void read(RegisterEntry pattern, Found to) throws Refusal, TableException {
        if (pattern.getRegisterId() == 0) {
            for (int id : program.registerIds()) {
                read(pattern.toBuilder().setRegisterId(id).clearIndex().build(), to);
            }
            return;
        }
        RegisterArray register = program.register(pattern.getRegisterId());
        Range range = Range.of(pattern.hasIndex(), pattern.getIndex(), register.size(),
                "register '" + register.name() + "'");
        for (int i = range.from; i < range.to; i++) {
            to.accept(Entity.newBuilder().setRegisterEntry(RegisterEntry.newBuilder()
                    .setRegisterId(pattern.getRegisterId()).setIndex(Index.newBuilder().setIndex(i))
                    .setData(program.data().cell(register.read(i), pattern.getRegisterId(), register.width())))
                    .build());
        }
    }

    /** One cell, or all of them where the index is left out. */
    private record Range(int from, int to) {
        static Range of(boolean given, Index index, int size, String name) throws Refusal {
            if (!given) {
                return new Range(0, size);
            }
            if (index.getIndex() < 0) {
                throw Refusal.invalid("index " + index.getIndex() + " of " + name + " is negative");
            }
            if (index.getIndex() >= size) {
                throw Refusal.of(Status.Code.OUT_OF_RANGE, "index " + index.getIndex() + " of " + name
                        + " is not from 0 to " + (size - 1));
            }
            return new Range((int) index.getIndex(), (int) index.getIndex() + 1);
        }
    }
}
