// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionProfile;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.TableException.Kind;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.action.Call;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.compile.Flow;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.state.Meter;

/** A match-action table: what the packets run through, and what the control plane writes. */
public final class MatchTable implements Table, ControlNode {
    private final Spec spec;
    private final KeyPlan plan;
    private final Matches matches;
    private final Lookup lookup;
    /** The lookup if all keys are exact, else null. */
    private final ExactLookup exact;
    private final boolean counters;
    private final DirectMeter meter;
    private final boolean timeouts;
    private final LongSupplier clock;
    /** Stands for the default entry: its counter, meter and target. */
    private final Installed fallback = new Installed(null, null, null, null, null, 0, 0);
    private ControlNode[] next = {};
    private ControlNode missed;
    private ActionCall initialDefault;
    private ActionCall currentDefault;
    private boolean missIsOther;
    private boolean constantDefault;
    private boolean constant;
    private long sequence;

    /**
     * What a table is made from.
     *
     * @param profile null for a table whose entries name actions themselves
     * @param meter null for a table without direct meter
     */
    public record Spec(String name, int size, KeyPlan keys, Actions actions, Profile profile, boolean counters,
                       DirectMeter meter, boolean timeouts) { }

    /** Without entries and without default action. */
    public MatchTable(Spec spec, LongSupplier clock) {
        this.spec = spec;
        this.clock = clock;
        plan = spec.keys();
        matches = new Matches(spec.name(), plan);
        exact = matches.exact() && !plan.keys().isEmpty() ? new ExactLookup(plan.hashed()) : null;
        lookup = exact == null ? inexact(plan) : exact;
        counters = spec.counters();
        meter = spec.meter();
        timeouts = spec.timeouts();
    }

    private static Lookup inexact(KeyPlan plan) {
        return plan.prefixWidth() == 0 ? new TupleLookup(plan.hashed(), plan.ranged() > 0)
                : new PrefixLookup(plan.hashed(), plan.hashed() * Long.SIZE - plan.prefixWidth(), PrefixLookup.FEWEST);
    }

    /** Sets what follows: by the index of the action that ran, and where no action ran. */
    public void follow(ControlNode[] byAction, ControlNode otherwise) {
        next = byAction;
        missed = otherwise;
    }

    /** Sets the program's default action, null for none. Throws INVALID. */
    public void initialDefault(ActionCall call, boolean fixed) throws TableException {
        initialDefault = call;
        setDefault(call);
        constantDefault = fixed;
    }

    /** Adds the program's own entry. */
    public void insertConstant(Entry entry) throws TableException {
        add(new Entry(entry.matches(), entry.priority(), entry.action(), entry.metadata(), 0, true));
    }

    /** Words of its packed key. */
    public int keyWords() {
        return plan.words();
    }

    /** The action of that name that entries may name, or null. */
    public ActionFunction action(String action) {
        return spec.actions().get(action);
    }

    @Override
    public synchronized void freeze(boolean now) {
        constant = now;
    }

    /** What runs in its place: the bare action where the compiler only wrapped a call in a table. */
    public ControlNode simplified() {
        Bound only = fallback.target == null ? null : fallback.target.pick(null);
        if (!plan.keys().isEmpty() || !constantDefault || spec.counters() || only == null) {
            return this;
        }
        return new Call(only.function(), only.arguments(), nextAfterMiss(only));
    }

    @Override
    public ControlNode run(Packet packet) {
        plan.gather(packet);
        Installed hit = plan.keys().isEmpty() ? null : lookup.find(packet.key);
        note(packet, hit);
        Bound bound = (hit == null ? fallback : hit).bound(packet);
        if (packet.trace != null) {
            packet.step("Table '" + spec.name() + "': " + (hit == null ? "miss" : "hit " + hit.entry.matches())
                    + (bound == null ? "" : ", action " + bound.function().with(bound.arguments())));
        }
        if (bound == null) {
            return missed;
        }
        bound.run(packet);
        return hit == null ? nextAfterMiss(bound) : next[bound.function().index()];
    }

    /** Does what a hit or, with null, a miss does before an action runs. */
    private void note(Packet packet, Installed hit) {
        if (counters) {
            (hit == null ? fallback : hit).count(packet);
        }
        if (hit != null) {
            if (meter != null) {
                meter(packet, hit);
            }
            if (timeouts) {
                hit.lastHit = clock.getAsLong();
            }
        }
        packet.hit = hit != null;
    }

    private long[] matched(Packet packet, Installed hit) {
        note(packet, hit);
        return (hit == null ? fallback : hit).call(packet);
    }

    /** Index and arguments of the action for the key in the packet, or null; for compiled programs. */
    public long[] match(Packet packet) {
        return matched(packet, lookup.find(packet.key));
    }

    /** As {@link #match}, of a table without keys. */
    public long[] unmatched(Packet packet) {
        return matched(packet, null);
    }

    /** As {@link #match}, for a key of one word, all exact. */
    public long[] match1(Packet packet, long key) {
        return matched(packet, exact.find(key));
    }

    /** As {@link #match}, for a key of two words, all exact. */
    public long[] match2(Packet packet, long first, long second) {
        return matched(packet, exact.find(first, second));
    }

    @Override
    public Collection<ControlNode> followers() {
        return Stream.concat(Arrays.stream(next), Stream.of(missed == null ? this : missed))
                .filter(node -> node != null && node != this).distinct().toList();
    }

    @Override
    public int weight() {
        return 10 + 3 * spec.actions().names().size();
    }

    @Override
    public void emit(Flow flow) {
        Code code = flow.code();
        String match = plan.emit(code, exact != null);
        code.object(this, MatchTable.class);
        code.packet();
        plan.emitArguments(code, exact != null);
        code.call(MatchTable.class, match);
        int call = code.local(1);
        code.variable(Opcodes.ASTORE, call);
        code.variable(Opcodes.ALOAD, call);
        Label none = new Label();
        code.jump(Opcodes.IFNULL, none);
        List<ActionFunction> all = spec.actions().names().stream().map(spec.actions()::get)
                .sorted(Comparator.comparingInt(ActionFunction::index)).toList();
        Label[] cases = all.stream().map(action -> new Label()).toArray(Label[]::new);
        if (cases.length > 1) {
            code.variable(Opcodes.ALOAD, call);
            code.integer(0);
            code.op(Opcodes.LALOAD);
            code.op(Opcodes.L2I);
            code.choose(all.stream().mapToInt(ActionFunction::index).toArray(), cases, none);
        }
        for (int i = 0; i < cases.length; i++) {
            code.label(cases[i]);
            flow.run(all.get(i), () -> code.variable(Opcodes.ALOAD, call));
            if (missIsOther) {
                Label miss = new Label();
                code.get("hit", boolean.class);
                code.jump(Opcodes.IFEQ, miss);
                flow.go(next[all.get(i).index()]);
                code.label(miss);
                flow.go(missed);
            } else {
                flow.go(next[all.get(i).index()]);
            }
        }
        code.label(none);
        flow.go(missed);
    }

    private ControlNode nextAfterMiss(Bound bound) {
        return missIsOther ? missed : next[bound.function().index()];
    }

    /** Says that what follows depends on hit or miss alone, and sets it. */
    public void followHitOrMiss(ControlNode[] hit, ControlNode miss) {
        follow(hit, miss);
        missIsOther = true;
    }

    private void meter(Packet packet, Installed hit) {
        Meter now = hit.meter;
        int color = now == null ? Meter.GREEN
                : now.execute(clock.getAsLong(), meter.octets() ? packet.ingressLength : 1);
        meter.color().put(packet, color);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public int size() {
        return spec.size();
    }

    @Override
    public List<KeyShape> keys() {
        return plan.keys().stream().map(Key::shape).toList();
    }

    @Override
    public List<String> actions() {
        return spec.actions().names();
    }

    @Override
    public boolean constant() {
        return constant;
    }

    @Override
    public boolean hasCounter() {
        return spec.counters();
    }

    @Override
    public boolean hasMeter() {
        return spec.meter() != null;
    }

    @Override
    public ActionProfile profile() {
        return spec.profile();
    }

    @Override
    public synchronized void insert(Entry entry) throws TableException {
        change();
        add(new Entry(entry.matches(), entry.priority(), entry.action(), entry.metadata(), entry.idleTimeout(),
                false));
    }

    private void add(Entry entry) throws TableException {
        if (plan.keys().isEmpty()) {
            throw new TableException(Kind.INVALID, "table '" + name() + "' has no keys, and so no entries");
        }
        Installed installed = matches.layOut(entry, sequence++);
        if (lookup.twin(installed) != null) {
            throw new TableException(Kind.ALREADY_EXISTS, "table '" + name() + "' has an entry with this match"
                    + (matches.prioritised() ? " and priority " + entry.priority() : "") + ": modify it instead");
        }
        if (!constant && lookup.size() >= spec.size()) {
            throw new TableException(Kind.FULL, "table '" + name() + "' holds only " + spec.size() + " entries");
        }
        installed.lead(target(entry));
        installed.entry = entry;
        installed.lastHit = spec.timeouts() ? clock.getAsLong() : 0;
        lookup.add(installed);
    }

    private Target target(Entry entry) throws TableException {
        if (entry.action() == null) {
            throw new TableException(Kind.INVALID, "table '" + name() + "': the entry names no action");
        }
        if (spec.profile() != null) {
            return spec.profile().acquire(entry.action());
        }
        if (!(entry.action() instanceof ActionCall)) {
            throw new TableException(Kind.INVALID, "table '" + name()
                    + "' has no action profile: the entry must name an action itself");
        }
        return spec.actions().bind((ActionCall) entry.action());
    }

    @Override
    public synchronized void modify(Entry entry) throws TableException {
        change();
        Installed installed = need(entry);
        Target old = installed.target;
        installed.lead(target(entry));
        installed.entry = new Entry(entry.matches(), entry.priority(), entry.action(), entry.metadata(),
                entry.idleTimeout(), false);
        installed.lastHit = spec.timeouts() ? clock.getAsLong() : 0;
        old.release();
    }

    @Override
    public synchronized void delete(Entry entry) throws TableException {
        change();
        Installed installed = need(entry);
        lookup.remove(installed);
        installed.target.release();
    }

    private void change() throws TableException {
        if (constant) {
            throw new TableException(Kind.CONSTANT, "table '" + name() + "' has const entries: it cannot be written");
        }
    }

    private Installed need(Entry entry) throws TableException {
        Installed installed = plan.keys().isEmpty() ? null : lookup.twin(matches.layOut(entry, 0));
        if (installed == null) {
            throw new TableException(Kind.NOT_FOUND, "table '" + name() + "' has no entry with this match"
                    + (matches.prioritised() ? " and priority " + entry.priority() : ""));
        }
        return installed;
    }

    /** The entry's cell, or for null that of the default entry. */
    private Installed cell(Entry entry) throws TableException {
        return entry == null ? fallback : need(entry);
    }

    @Override
    public synchronized Row row(Entry entry) {
        try {
            return need(entry);
        } catch (TableException e) {
            // An entry that cannot exist is not there.
            return null;
        }
    }

    @Override
    public void rows(Consumer<? super Row> consumer) {
        lookup.forEach(consumer::accept);
    }

    @Override
    public synchronized int count() {
        return lookup.size();
    }

    @Override
    public synchronized ActionCall defaultAction() {
        return currentDefault;
    }

    @Override
    public synchronized void setDefaultAction(ActionCall action) throws TableException {
        if (constantDefault) {
            throw new TableException(Kind.CONSTANT, "table '" + name() + "' has a const default action");
        }
        if (spec.profile() != null && action != null) {
            throw new TableException(Kind.INVALID, "table '" + name()
                    + "' has an action profile: its default action cannot be set");
        }
        setDefault(action == null ? initialDefault : action);
    }

    private void setDefault(ActionCall call) throws TableException {
        fallback.lead(call == null ? null : spec.actions().bind(call));
        currentDefault = call;
    }

    @Override
    public synchronized CounterArray.Value counter(Entry entry) throws TableException {
        needs(spec.counters(), "direct counter");
        return cell(entry).counter();
    }

    @Override
    public synchronized void setCounter(Entry entry, CounterArray.Value value) throws TableException {
        needs(spec.counters(), "direct counter");
        cell(entry).counter(value);
    }

    @Override
    public synchronized MeterArray.Config meter(Entry entry) throws TableException {
        needs(hasMeter(), "direct meter");
        return cell(entry).meter();
    }

    @Override
    public synchronized void setMeter(Entry entry, MeterArray.Config config) throws TableException {
        needs(hasMeter(), "direct meter");
        if (config != null) {
            Meter.check(config);
        }
        cell(entry).meter = config == null ? null : new Meter(config, clock.getAsLong());
    }

    @Override
    public synchronized long lastHit(Entry entry) throws TableException {
        needs(spec.timeouts(), "idle timeout (support_timeout in the program)");
        return cell(entry).lastHit;
    }

    private void needs(boolean has, String what) throws TableException {
        if (!has) {
            throw new TableException(Kind.INVALID, "table '" + name() + "' has no " + what);
        }
    }
}
