// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.pmip.softswitch.pipeline.ActionProfile;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.Replication;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.ValueSet;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.state.Replicas;
import org.pmip.softswitch.pipeline.table.MatchTable;

/** A program that runs. Each thread that brings packets has its own state for them. */
public final class LoadedPipeline implements Pipeline {
    private final Program program;
    private final Replicas replicas = new Replicas();
    private final AtomicLong packets = new AtomicLong();
    private final Gate gate = new Gate();
    private final ThreadLocal<Worker> workers;
    private volatile Trace trace;

    /** Running that program. */
    public LoadedPipeline(Program program) {
        this.program = program;
        long started = program.clock().getAsLong();
        workers = ThreadLocal.withInitial(() -> new Worker(program, replicas, started, gate));
    }

    @Override
    public Collection<? extends Table> tables() {
        return List.copyOf(program.tables().values());
    }

    @Override
    public MatchTable table(String name) {
        return named(program.tables(), "table", name);
    }

    @Override
    public Collection<? extends CounterArray> counters() {
        return List.copyOf(program.counters().values());
    }

    @Override
    public Collection<? extends MeterArray> meters() {
        return List.copyOf(program.meters().values());
    }

    @Override
    public Collection<? extends RegisterArray> registers() {
        return List.copyOf(program.registers().values());
    }

    @Override
    public CounterArray counters(String name) {
        return named(program.counters(), "counter", name);
    }

    @Override
    public MeterArray meters(String name) {
        return named(program.meters(), "meter", name);
    }

    @Override
    public RegisterArray registers(String name) {
        return named(program.registers(), "register", name);
    }

    @Override
    public ActionProfile profile(String name) {
        return named(program.profiles(), "action profile", name);
    }

    @Override
    public ValueSet valueSet(String name) {
        return named(program.valueSets(), "value set", name);
    }

    @Override
    public List<Integer> parameterWidths(String action) {
        return program.tables().values().stream().map(table -> table.action(action)).filter(Objects::nonNull)
                .findFirst().map(ActionFunction::widths).orElse(List.of());
    }

    @Override
    public Collection<Map<String, Integer>> headerTypes() {
        Map<String, Map<String, Integer>> types = new LinkedHashMap<>();
        program.layout().headers().forEach(header -> types.computeIfAbsent(header.type().name(), name -> {
            Map<String, Integer> fields = new LinkedHashMap<>();
            header.type().fields().forEach(field -> fields.put(field.name(), field.width()));
            return fields;
        }));
        return types.values();
    }

    @Override
    public void port(int port, boolean up) {
        program.profiles().values().forEach(profile -> profile.port(port, up));
    }

    @Override
    public synchronized boolean withoutPackets(Runnable work) {
        return gate.closedFor(work);
    }

    private static <T> T named(Map<String, T> all, String kind, String name) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the program has no " + kind + " '" + name + "'");
        }
        return found;
    }

    @Override
    public Replication replication() {
        return replicas;
    }

    @Override
    public long now() {
        return program.clock().getAsLong();
    }

    @Override
    public void receive(int port, byte[] frame, int offset, int length, Output output) {
        if (port < 0 || port > StandardMetadata.DROP_PORT) {
            throw new IllegalArgumentException("port " + port + " is not from 0 to " + StandardMetadata.DROP_PORT);
        }
        Objects.checkFromIndexSize(offset, length, frame.length);
        Trace now = trace;
        long id = now == null ? 0 : packets.incrementAndGet();
        workers.get().idle().receive(port, frame, offset, length, output, now, id);
    }

    @Override
    public void trace(Trace to) {
        trace = to;
    }
}
