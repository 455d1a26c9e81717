// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pmip.softswitch.p4runtime.Lab.cell;
import static org.pmip.softswitch.p4runtime.Lab.direct;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.hex;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.modify;
import static org.pmip.softswitch.p4runtime.Lab.station;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.rpc.Code;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.Update.Type;

/** P4Runtime 1.3, sections 9.1.6, 9.3, 9.4 and 9.7: counters, meters, registers. */
class ResourcesTest extends LabSwitch {
    private static final CounterData SOME = CounterData.newBuilder().setPacketCount(3).setByteCount(400).build();
    private static final MeterConfig RATES =
            MeterConfig.newBuilder().setCir(10).setCburst(20).setPir(30).setPburst(40).build();

    private static Index index(long value) {
        return Index.newBuilder().setIndex(value).build();
    }

    private static P4Data bits(String value) {
        return P4Data.newBuilder().setBitstring(hex(value)).build();
    }

    private static Update counter(Type type, TableEntry.Builder of, CounterData data) {
        return update(type, Entity.newBuilder().setDirectCounterEntry(
                DirectCounterEntry.newBuilder().setTableEntry(of).setData(data)));
    }

    private static Update meter(Type type, TableEntry.Builder of) {
        return update(type, Entity.newBuilder().setDirectMeterEntry(
                DirectMeterEntry.newBuilder().setTableEntry(of).setConfig(RATES)));
    }

    private CounterData counted(TableEntry.Builder of) {
        return only(of.clone().setCounterData(CounterData.getDefaultInstance())).getCounterData();
    }

    @Test
    void anEntryBringsAndShowsItsCounter() {
        TableEntry.Builder aa = station("aa").setAction(direct("forward", "02"));
        client.write(insert(aa.clone().setCounterData(SOME)));
        assertThat(counted(station("aa"))).isEqualTo(SOME);
        assertThat(only(station("aa")).hasCounterData()).isFalse();
        client.write(modify(aa));
        assertThat(counted(station("aa"))).isEqualTo(SOME);
        client.write(modify(aa.clone().setCounterData(CounterData.getDefaultInstance())));
        assertThat(counted(station("aa"))).isEqualTo(CounterData.getDefaultInstance());
        invalid(modify(aa.clone().setCounterData(CounterData.newBuilder().setByteCount(-1))), "negative");
    }

    @Test
    void aDirectCounterIsModifiedByItself() {
        client.write(insert(station("aa").setAction(direct("forward", "02"))),
                insert(station("bb").setAction(direct("forward", "02"))));
        client.write(counter(Type.MODIFY, station("aa"), SOME));
        assertThat(counted(station("aa"))).isEqualTo(SOME);
        assertThat(counted(station("bb"))).isEqualTo(CounterData.getDefaultInstance());
        List<Entity> all = client.read(Entity.newBuilder().setDirectCounterEntry(
                DirectCounterEntry.getDefaultInstance()).build());
        assertThat(all).hasSize(2).extracting(one -> one.getDirectCounterEntry().getData()).contains(SOME);
        assertThat(client.read(Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                .setTableEntry(station("aa"))).build())).containsExactly(Entity.newBuilder().setDirectCounterEntry(
                        DirectCounterEntry.newBuilder().setTableEntry(station("aa")).setData(SOME)).build());
        refused(counter(Type.MODIFY, station("cc"), SOME), Code.NOT_FOUND_VALUE, "stations");
        invalid(counter(Type.INSERT, station("aa"), SOME), "MODIFY it");
        invalid(counter(Type.DELETE, station("aa"), SOME), "MODIFY it");
        invalid(counter(Type.MODIFY, entry("fixed", exact(1, "88b5")), SOME), "has no direct counter");
        invalid(update(Type.MODIFY, Entity.newBuilder().setDirectCounterEntry(
                DirectCounterEntry.getDefaultInstance())), "table_entry is missing");
    }

    @Test
    void theDefaultEntryHasACounterToo() {
        TableEntry.Builder fallback = entry("stations").setIsDefaultAction(true);
        client.write(counter(Type.MODIFY, fallback, SOME));
        assertThat(counted(fallback)).isEqualTo(SOME);
        client.write(modify(fallback));
        assertThat(counted(fallback)).isEqualTo(CounterData.getDefaultInstance());
    }

    @Test
    void aMeterLeftOutOfAModifyGoesBackToGreen() {
        TableEntry.Builder aa = entry("metered", exact(1, "aa")).setAction(direct("measure"));
        TableEntry.Builder asked = aa.clone().setMeterConfig(MeterConfig.getDefaultInstance());
        client.write(insert(aa.clone().setMeterConfig(RATES)));
        assertThat(only(asked).getMeterConfig()).isEqualTo(RATES);
        client.write(modify(aa));
        assertThat(only(asked).hasMeterConfig()).isFalse();
        client.write(meter(Type.MODIFY, aa));
        assertThat(only(asked).getMeterConfig()).isEqualTo(RATES);
        assertThat(client.read(Entity.newBuilder().setDirectMeterEntry(
                DirectMeterEntry.getDefaultInstance()).build())).hasSize(1);
        invalid(meter(Type.INSERT, aa), "MODIFY it");
        invalid(meter(Type.MODIFY, station("aa")), "has no direct meter");
        invalid(insert(station("aa").setAction(direct("forward", "02")).setMeterConfig(RATES)), "no direct meter");
        invalid(modify(aa.clone().setMeterConfig(MeterConfig.newBuilder().setCir(2).setPir(1))), "below cir");
        invalid(modify(aa.clone().setMeterConfig(MeterConfig.newBuilder().setCburst(-2))), "negative");
    }

    @Test
    void aCounterIsReadAndWrittenCellByCellOrWhole() {
        client.write(update(Type.MODIFY, cell(CounterEntry.newBuilder().setIndex(index(7)).setData(SOME))));
        assertThat(client.read(cell(CounterEntry.newBuilder().setIndex(index(7))).build()))
                .containsExactly(cell(CounterEntry.newBuilder().setIndex(index(7)).setData(SOME)).build());
        assertThat(client.read(cell(CounterEntry.newBuilder()).build())).hasSize(8);
        assertThat(client.read(Entity.newBuilder().setCounterEntry(CounterEntry.getDefaultInstance()).build()))
                .hasSize(8);
        client.write(update(Type.MODIFY, cell(CounterEntry.newBuilder().setData(SOME))));
        assertThat(client.read(cell(CounterEntry.newBuilder()).build()))
                .allMatch(one -> one.getCounterEntry().getData().equals(SOME));
        client.write(update(Type.MODIFY, cell(CounterEntry.newBuilder())));
        invalid(update(Type.MODIFY, cell(CounterEntry.newBuilder().setIndex(index(-1)))), "negative");
        refused(update(Type.MODIFY, cell(CounterEntry.newBuilder().setIndex(index(8)))), Code.OUT_OF_RANGE_VALUE,
                "from 0 to 7");
        invalid(update(Type.INSERT, cell(CounterEntry.newBuilder().setIndex(index(1)))), "MODIFY it");
        invalid(update(Type.MODIFY, Entity.newBuilder().setCounterEntry(CounterEntry.newBuilder().setCounterId(5))),
                "no counter with id 5");
    }

    @Test
    void aMeterIsConfiguredAndReset() {
        MeterEntry.Builder two = MeterEntry.newBuilder().setIndex(index(2));
        client.write(update(Type.MODIFY, cell(two.clone().setConfig(RATES))));
        assertThat(client.read(cell(two).build())).containsExactly(cell(two.clone().setConfig(RATES)).build());
        assertThat(client.read(Entity.newBuilder().setMeterEntry(MeterEntry.getDefaultInstance()).build()))
                .hasSize(4).filteredOn(one -> one.getMeterEntry().hasConfig()).hasSize(1);
        client.write(update(Type.MODIFY, cell(two)));
        assertThat(client.read(cell(two).build()).get(0).getMeterEntry().hasConfig()).isFalse();
        refused(update(Type.MODIFY, cell(MeterEntry.newBuilder().setIndex(index(4)))), Code.OUT_OF_RANGE_VALUE,
                "from 0 to 3");
        invalid(update(Type.DELETE, cell(two)), "MODIFY it");
        invalid(update(Type.MODIFY, Entity.newBuilder().setMeterEntry(two.clone().setMeterId(6))), "id 6");
    }

    @Test
    void aRegisterHoldsNumbersOfItsWidth() {
        RegisterEntry.Builder one = RegisterEntry.newBuilder().setIndex(index(1));
        client.write(update(Type.MODIFY, cell(one.clone().setData(bits("000fffff")))));
        assertThat(client.read(cell(one).build())).containsExactly(cell(one.clone().setData(bits("0fffff"))).build());
        assertThat(client.read(Entity.newBuilder().setRegisterEntry(RegisterEntry.getDefaultInstance()).build()))
                .hasSize(4);
        client.write(update(Type.MODIFY, cell(RegisterEntry.newBuilder().setData(bits("05")))));
        assertThat(client.read(cell(RegisterEntry.newBuilder()).build()))
                .allMatch(cell -> cell.getRegisterEntry().getData().equals(bits("05")));
        invalid(update(Type.MODIFY, cell(one.clone().setData(bits("100000")))), "does not fit 20 bits");
        invalid(update(Type.MODIFY, cell(one)), "give its bitstring");
        invalid(update(Type.MODIFY, cell(one.clone().setData(P4Data.newBuilder().setBool(true)))), "bitstring");
        refused(update(Type.MODIFY, cell(one.clone().setIndex(index(4)).setData(bits("05")))),
                Code.OUT_OF_RANGE_VALUE, "from 0 to 3");
    }

    @Test
    void aReadAnswersEachOfItsRequests() {
        StatusRuntimeException failure = catchThrowableOfType(() -> client.read(
                Entity.newBuilder().setTableEntry(entry("fixed")).build(),
                cell(CounterEntry.newBuilder().setIndex(index(9))).build(), Entity.getDefaultInstance()),
                StatusRuntimeException.class);
        assertThat(Client.details(failure)).extracting(P4RuntimeOuterClass.Error::getCanonicalCode)
                .containsExactly(Code.OK_VALUE, Code.OUT_OF_RANGE_VALUE, Code.INVALID_ARGUMENT_VALUE);
    }

    @Test
    void whatTheSwitchHasNotIsUnimplemented() {
        refused(update(Type.INSERT, Entity.newBuilder().setExternEntry(
                P4RuntimeOuterClass.ExternEntry.getDefaultInstance())), Code.UNIMPLEMENTED_VALUE, "EXTERN");
    }
}
