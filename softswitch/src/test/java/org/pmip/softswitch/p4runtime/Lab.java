// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Preamble;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** The program lab.p4, and messages for it in a few words. */
public final class Lab {
    /** The P4Info of lab.p4. */
    public static final P4Info INFO = P4InfoText.parse(new String(file("lab.p4info.txt"), StandardCharsets.UTF_8));

    private Lab() {
    }

    /** A file beside the program. */
    public static byte[] file(String name) {
        try (InputStream in = Lab.class.getResourceAsStream("/p4runtime/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program as a controller sets it. */
    public static ForwardingPipelineConfig config(long cookie) {
        return ForwardingPipelineConfig.newBuilder().setP4Info(INFO)
                .setP4DeviceConfig(ByteString.copyFrom(file("lab.json")))
                .setCookie(ForwardingPipelineConfig.Cookie.newBuilder().setCookie(cookie)).build();
    }

    static ByteString hex(String digits) {
        return ByteString.copyFrom(HexFormat.of().parseHex(digits));
    }

    private static int id(List<Preamble> all, String alias) {
        return all.stream().filter(preamble -> preamble.getAlias().equals(alias)).findFirst().orElseThrow().getId();
    }

    static int table(String alias) {
        return id(INFO.getTablesList().stream().map(one -> one.getPreamble()).toList(), alias);
    }

    static int action(String alias) {
        return id(INFO.getActionsList().stream().map(one -> one.getPreamble()).toList(), alias);
    }

    static int counter() {
        return INFO.getCounters(0).getPreamble().getId();
    }

    static int meter() {
        return INFO.getMeters(0).getPreamble().getId();
    }

    static int register() {
        return INFO.getRegisters(0).getPreamble().getId();
    }

    static int digest() {
        return INFO.getDigests(0).getPreamble().getId();
    }

    static int profile(String alias) {
        return id(INFO.getActionProfilesList().stream().map(one -> one.getPreamble()).toList(), alias);
    }

    static Action call(String action, String... arguments) {
        Action.Builder call = Action.newBuilder().setActionId(action(action));
        for (int i = 0; i < arguments.length; i++) {
            call.addParams(Action.Param.newBuilder().setParamId(i + 1).setValue(hex(arguments[i])));
        }
        return call.build();
    }

    static TableAction direct(String action, String... arguments) {
        return TableAction.newBuilder().setAction(call(action, arguments)).build();
    }

    static TableEntry.Builder entry(String table, FieldMatch... matches) {
        return TableEntry.newBuilder().setTableId(table(table)).addAllMatch(List.of(matches));
    }

    static TableEntry.Builder station(String mac) {
        return entry("stations", exact(1, mac));
    }

    static FieldMatch exact(int field, String value) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setExact(FieldMatch.Exact.newBuilder().setValue(hex(value))).build();
    }

    static FieldMatch lpm(int field, String value, int length) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setLpm(FieldMatch.LPM.newBuilder().setValue(hex(value)).setPrefixLen(length)).build();
    }

    static FieldMatch ternary(int field, String value, String mask) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setTernary(FieldMatch.Ternary.newBuilder().setValue(hex(value)).setMask(hex(mask))).build();
    }

    static FieldMatch range(int field, String low, String high) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setRange(FieldMatch.Range.newBuilder().setLow(hex(low)).setHigh(hex(high))).build();
    }

    static FieldMatch optional(int field, String value) {
        return FieldMatch.newBuilder().setFieldId(field)
                .setOptional(FieldMatch.Optional.newBuilder().setValue(hex(value))).build();
    }

    static Update update(Update.Type type, TableEntry.Builder entry) {
        return Update.newBuilder().setType(type).setEntity(Entity.newBuilder().setTableEntry(entry)).build();
    }

    static Update insert(TableEntry.Builder entry) {
        return update(Update.Type.INSERT, entry);
    }

    static Update modify(TableEntry.Builder entry) {
        return update(Update.Type.MODIFY, entry);
    }

    static Update delete(TableEntry.Builder entry) {
        return update(Update.Type.DELETE, entry);
    }

    static Update update(Update.Type type, Entity.Builder entity) {
        return Update.newBuilder().setType(type).setEntity(entity).build();
    }

    static Entity.Builder cell(CounterEntry.Builder counter) {
        return Entity.newBuilder().setCounterEntry(counter.setCounterId(counter()));
    }

    static Entity.Builder cell(MeterEntry.Builder meter) {
        return Entity.newBuilder().setMeterEntry(meter.setMeterId(meter()));
    }

    static Entity.Builder cell(RegisterEntry.Builder register) {
        return Entity.newBuilder().setRegisterEntry(register.setRegisterId(register()));
    }
}
