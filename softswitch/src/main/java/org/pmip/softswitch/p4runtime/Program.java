// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionProfile;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.pipeline.PipelineException;
import org.pmip.softswitch.pipeline.PipelineLoader;
import org.pmip.softswitch.pipeline.RegisterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.TableException;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Preamble;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;

/** A pipeline together with the P4Info through which controllers see it (P4Runtime 1.3, sections 6 and 7). */
final class Program {
    private final ForwardingPipelineConfig config;
    private final Pipeline pipeline;
    private final Translations translations;
    private final Actions actions;
    private final Data data;
    private final PacketHeader packetIn;
    private final PacketHeader packetOut;
    private final ValueSets valueSets;
    private final TableEntries entries = new TableEntries(this);
    private final Map<Integer, TableInfo> tables = new LinkedHashMap<>();
    private final Map<Integer, CounterArray> counters = new LinkedHashMap<>();
    private final Map<Integer, MeterArray> meters = new LinkedHashMap<>();
    private final Map<Integer, RegisterArray> registers = new LinkedHashMap<>();
    private final Map<Integer, P4InfoOuterClass.Digest> digests = new LinkedHashMap<>();
    private final Map<String, GroupLimits> groupLimits = new HashMap<>();
    private final IntPredicate ports;

    private Program(ForwardingPipelineConfig config, Pipeline pipeline, IntPredicate ports) throws Refusal {
        this.config = config;
        this.ports = ports;
        this.pipeline = pipeline;
        P4Info info = config.getP4Info();
        translations = new Translations(info, this::numbers);
        actions = new Actions(info, pipeline, translations);
        data = new Data(info, translations);
        valueSets = new ValueSets(info.getValueSetsList(), pipeline, translations);
        packetIn = PacketHeader.of("packet_in", info, pipeline, translations);
        packetOut = PacketHeader.of("packet_out", info, pipeline, translations);
        Set<String> missing = neverApplied(info, pipeline);
        for (P4InfoOuterClass.Table table : info.getTablesList()) {
            if (missing.contains(table.getPreamble().getName())) {
                continue;
            }
            Table found = find(table.getPreamble(), pipeline::table);
            if (found.constant() && !table.getIsConstTable()) {
                found.freeze(false);
            }
            tables.put(table.getPreamble().getId(), new TableInfo(table, found, translations));
        }
        for (P4InfoOuterClass.Counter counter : info.getCountersList()) {
            counters.put(counter.getPreamble().getId(), find(counter.getPreamble(), pipeline::counters));
        }
        for (P4InfoOuterClass.Meter meter : info.getMetersList()) {
            meters.put(meter.getPreamble().getId(), find(meter.getPreamble(), pipeline::meters));
        }
        for (P4InfoOuterClass.Register register : info.getRegistersList()) {
            registers.put(register.getPreamble().getId(), find(register.getPreamble(), pipeline::registers));
        }
        for (P4InfoOuterClass.ActionProfile profile : info.getActionProfilesList()) {
            // Of a profile that no table uses, the compiler leaves nothing in the device config.
            if (profile.getTableIdsCount() > 0) {
                groupLimits.put(find(profile.getPreamble(), pipeline::profile).name(), GroupLimits.of(profile));
            }
        }
        info.getDigestsList().forEach(digest -> digests.put(digest.getPreamble().getId(), digest));
    }

    /**
     * Names of tables that the compiler found never to be applied, and left out of the device config but not of the
     * P4Info. None when the config has tables with keys of which the P4Info does not tell: then they do not belong
     * together, unless such a table is the compiler's own, which is in no control.
     */
    private static Set<String> neverApplied(P4Info info, Pipeline pipeline) {
        Set<String> told = new HashSet<>();
        info.getTablesList().forEach(table -> told.add(table.getPreamble().getName()));
        Set<String> missing = new HashSet<>(told);
        for (Table table : pipeline.tables()) {
            missing.remove(table.name());
            if (table.name().contains(".") && !table.keys().isEmpty() && !told.contains(table.name())) {
                return Set.of();
            }
        }
        return missing;
    }

    static <T> T find(Preamble preamble, Function<String, T> by) throws Refusal {
        try {
            return by.apply(preamble.getName());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid("the P4Info does not belong to the device config: " + e.getMessage());
        }
    }

    /** Loads what a controller gives, for these ports; INVALID_ARGUMENT when this switch cannot run it. */
    static Program load(ForwardingPipelineConfig config, IntPredicate ports) throws Refusal {
        if (config.getP4DeviceConfig().isEmpty()) {
            throw Refusal.invalid("config.p4_device_config is empty: give the bmv2 JSON that p4c-bm2-ss writes");
        }
        if (!config.hasP4Info()) {
            throw Refusal.invalid("config.p4info is missing: give the P4Info of the same run of the compiler");
        }
        return new Program(config, pipeline(config.getP4DeviceConfig().asReadOnlyByteBuffer()), ports);
    }

    /** A pipeline without P4Info: it takes packets, but controllers can neither write nor read it. */
    static Program bare(byte[] json) throws Refusal {
        return new Program(ForwardingPipelineConfig.getDefaultInstance(), pipeline(ByteBuffer.wrap(json)),
                port -> false);
    }

    private static Pipeline pipeline(ByteBuffer json) throws Refusal {
        try {
            return PipelineLoader.load(StandardCharsets.UTF_8.newDecoder().decode(json).toString());
        } catch (CharacterCodingException e) {
            throw Refusal.invalid("config.p4_device_config is no text: give the bmv2 JSON that p4c-bm2-ss writes");
        } catch (PipelineException e) {
            throw Refusal.invalid("config.p4_device_config cannot be run: " + e.getMessage());
        }
    }

    /** Whether the switch has a port of that number. */
    IntPredicate ports() {
        return ports;
    }

    /** What the P4Info says of the groups of that action profile. */
    GroupLimits groupLimits(String profile) {
        return groupLimits.get(profile);
    }

    boolean hasInfo() {
        return config.hasP4Info();
    }

    ForwardingPipelineConfig config() {
        return config;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Actions actions() {
        return actions;
    }

    /** The types that controllers know by strings. */
    Translations translations() {
        return translations;
    }

    /** The numbers of that kind that entities hold. */
    private Set<Bits> numbers(SdnNames names) {
        Set<Bits> found = new HashSet<>();
        for (TableInfo table : tables.values()) {
            ActionCall fallback = table.table().defaultAction();
            actions.numbers(fallback, names, found);
            table.table().rows(row -> {
                Entry entry = row.entry();
                table.fields().numbers(entry.matches(), names, found);
                actions.numbers(entry.action(), names, found);
            });
        }
        for (String name : groupLimits.keySet()) {
            ActionProfile profile = pipeline.profile(name);
            profile.members().forEach(member -> actions.numbers(profile.member(member), names, found));
        }
        valueSets.numbers(names, found);
        registers.forEach((id, register) -> {
            if (data.holds(id, names)) {
                cells(register, found);
            }
        });
        return found;
    }

    private static void cells(RegisterArray register, Set<Bits> to) {
        try {
            for (int i = 0; i < register.size(); i++) {
                to.add(register.read(i));
            }
        } catch (TableException e) {
            throw new IllegalStateException("a register has fewer cells than it says", e);
        }
    }

    Data data() {
        return data;
    }

    ValueSets valueSets() {
        return valueSets;
    }

    TableEntries entries() {
        return entries;
    }

    PacketHeader packetIn() {
        return packetIn;
    }

    PacketHeader packetOut() {
        return packetOut;
    }

    Collection<TableInfo> tables() {
        return tables.values();
    }

    /** The roles to which the program gives the table, by annotation; empty when it is everyone's or no table. */
    Set<String> rolesOf(int id) {
        TableInfo table = tables.get(id);
        return table == null ? Set.of() : table.roles();
    }

    TableInfo table(int id) throws Refusal {
        return need(tables, id, "table");
    }

    CounterArray counter(int id) throws Refusal {
        return need(counters, id, "counter");
    }

    MeterArray meter(int id) throws Refusal {
        return need(meters, id, "meter");
    }

    RegisterArray register(int id) throws Refusal {
        return need(registers, id, "register");
    }

    P4InfoOuterClass.Digest digest(int id) throws Refusal {
        return need(digests, id, "digest");
    }

    Collection<P4InfoOuterClass.Digest> digests() {
        return digests.values();
    }

    Set<Integer> counterIds() {
        return counters.keySet();
    }

    Set<Integer> meterIds() {
        return meters.keySet();
    }

    Set<Integer> registerIds() {
        return registers.keySet();
    }

    private static <T> T need(Map<Integer, T> all, int id, String kind) throws Refusal {
        T found = all.get(id);
        if (found == null) {
            throw Refusal.invalid("the program has no " + kind + " with id " + Integer.toUnsignedString(id));
        }
        return found;
    }
}
