// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pmip.softswitch.p4runtime.Lab.delete;
import static org.pmip.softswitch.p4runtime.Lab.direct;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.hex;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.lpm;
import static org.pmip.softswitch.p4runtime.Lab.modify;
import static org.pmip.softswitch.p4runtime.Lab.optional;
import static org.pmip.softswitch.p4runtime.Lab.range;
import static org.pmip.softswitch.p4runtime.Lab.station;
import static org.pmip.softswitch.p4runtime.Lab.ternary;

import com.google.rpc.Code;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import p4.v1.P4RuntimeGrpc;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.SetForwardingPipelineConfigRequest;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.WriteRequest;

/** P4Runtime 1.3, section 9.1: what a table takes, refuses and gives back. */
class TableEntriesTest extends LabSwitch {
    private static final TableAction NOTHING = direct("nothing");

    private TableEntry.Builder rule(FieldMatch... matches) {
        return entry("rules", matches).setPriority(10).setAction(NOTHING);
    }

    @Test
    void everyKindOfMatchComesBackAsItWasGiven() {
        TableEntry.Builder[] all = {
            station("aa").setAction(direct("forward", "02")),
            entry("prefixes", lpm(1, "112200000000", 16)).setAction(direct("forward", "01ff")),
            rule(ternary(1, "0800", "ff00"), range(2, "01", "0103"), optional(3, "aabbccddeeff")),
            rule(optional(3, "00")),
            rule(),
        };
        for (TableEntry.Builder one : all) {
            client.write(insert(one));
        }
        assertThat(read(station("aa"))).containsExactly(all[0].build());
        assertThat(read(entry("prefixes"))).containsExactly(all[1].build());
        assertThat(read(entry("rules"))).containsExactlyInAnyOrder(all[2].build(), all[3].build(), all[4].build());
    }

    @Test
    void numbersComeInAnyLengthAndGoInTheShortest() {
        client.write(insert(station("0000000000000000aa").setAction(direct("forward", "000000000002"))));
        TableEntry found = only(station("00aa"));
        assertThat(found.getMatch(0).getExact().getValue()).isEqualTo(hex("aa"));
        assertThat(found.getAction().getAction().getParams(0).getValue()).isEqualTo(hex("02"));
        refused(insert(station("aa").setAction(direct("forward", "02"))), Code.ALREADY_EXISTS_VALUE, "modify");
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        invalid(insert(station("01000000000000").setAction(direct("forward", "02"))), "does not fit 48 bits");
        invalid(insert(station("").setAction(direct("forward", "02"))), "empty");
        invalid(insert(station("aa").setAction(direct("forward", "0200"))), "'port' of action 'LabIngress.forward'");
        invalid(insert(station("aa").setAction(direct("forward", ""))), "empty");
        invalid(insert(rule(ternary(1, "010000", "ffff"))), "does not fit 16 bits");
        invalid(insert(rule(range(2, "00", "0200"))), "does not fit 9 bits");
        invalid(insert(rule(optional(3, "01000000000000"))), "does not fit 48 bits");
        assertThat(read(station("aa").clearMatch())).isEmpty();
    }

    @Test
    void aFieldThatMatchesAnythingIsLeftOut() {
        invalid(insert(rule(ternary(1, "00", "00"))), "leave a field that matches anything out");
        invalid(insert(rule(range(2, "00", "01ff"))), "leave a field that matches anything out");
        invalid(insert(entry("prefixes", lpm(1, "00", 0)).setAction(NOTHING)), "leave a field that matches anything");
        client.write(insert(rule(range(2, "00", "01fe"))));
    }

    @Test
    void maskedBitsAreZero() {
        invalid(insert(rule(ternary(1, "0801", "ff00"))), "outside the mask must be 0");
        invalid(insert(rule(ternary(1, "0100", "ff"))), "outside the mask must be 0");
        invalid(insert(entry("prefixes", lpm(1, "112200000001", 16)).setAction(NOTHING)), "behind the prefix");
        invalid(insert(entry("prefixes", lpm(1, "112200000000", 49)).setAction(NOTHING)), "from 1 to 48");
        invalid(insert(entry("prefixes", lpm(1, "112200000000", -1)).setAction(NOTHING)), "from 1 to 48");
        invalid(insert(rule(range(2, "05", "04"))), "low bound must not be greater");
        client.write(insert(entry("prefixes", lpm(1, "112200000001", 48)).setAction(NOTHING)));
    }

    @Test
    void theKindOfMatchIsThatOfTheTable() {
        invalid(insert(entry("stations", ternary(1, "aa", "ff")).setAction(direct("forward", "02"))), "'exact'");
        invalid(insert(rule(exact(1, "0800"))), "'ternary'");
        invalid(insert(rule(ternary(3, "aa", "ff"))), "'optional'");
        invalid(insert(rule(FieldMatch.newBuilder().setFieldId(1).build())), "FIELDMATCHTYPE_NOT_SET");
        invalid(insert(rule(ternary(9, "aa", "ff"))), "has no match field 9");
        invalid(insert(rule(ternary(1, "aa", "ff"), ternary(1, "aa", "ff"))), "given twice");
        invalid(insert(entry("stations").setAction(direct("forward", "02"))),
                "'hdr.ethernet.destination' of table 'LabIngress.stations' (id 1) is missing");
    }

    @Test
    void priorityIsForTablesThatNeedIt() {
        invalid(insert(rule().setPriority(0)), "needs one above 0");
        invalid(insert(rule().setPriority(-1)), "needs one above 0");
        invalid(insert(station("aa").setPriority(1).setAction(direct("forward", "02"))), "must be 0");
        client.write(insert(rule().setPriority(1)), insert(rule().setPriority(2)));
        assertThat(read(entry("rules").setPriority(2))).hasSize(1);
    }

    @Test
    void theActionIsOneOfTheTablesAndComplete() {
        invalid(insert(station("aa")), "names no action");
        invalid(insert(station("aa").setAction(TableAction.getDefaultInstance())), "names no action");
        invalid(insert(station("aa").setAction(direct("learn"))), "has no action");
        invalid(insert(station("aa").setAction(direct("forward"))), "parameter 'port' (id 1)");
        invalid(insert(station("aa").setAction(direct("forward", "02", "03"))), "has no parameter 2");
        invalid(insert(station("aa").setAction(TableAction.newBuilder().setActionProfileMemberId(1))),
                "has no action profile");
        refused(insert(station("aa").setAction(direct("drop"))), Code.PERMISSION_DENIED_VALUE, "default entry only");
    }

    @Test
    void aTableHoldsItsSize() {
        for (int i = 1; i <= 4; i++) {
            client.write(insert(station("0" + i).setAction(direct("forward", "02"))));
        }
        refused(insert(station("05").setAction(direct("forward", "02"))), Code.RESOURCE_EXHAUSTED_VALUE, "4 entries");
        client.write(delete(station("01")));
        client.write(insert(station("05").setAction(direct("forward", "02"))));
    }

    @Test
    void whatIsNotThereIsNeitherModifiedNorDeleted() {
        refused(modify(station("aa").setAction(direct("forward", "02"))), Code.NOT_FOUND_VALUE, "insert it instead");
        refused(delete(station("aa")), Code.NOT_FOUND_VALUE, "stations");
        client.write(insert(rule().setPriority(5)));
        refused(delete(rule().setPriority(6)), Code.NOT_FOUND_VALUE, "priority 6");
        assertThat(read(station("aa"))).isEmpty();
    }

    @Test
    void modifyReplacesTheActionUnlessItIsLeftOut() {
        client.write(insert(station("aa").setAction(direct("forward", "02")).setMetadata(hex("0000ff"))));
        client.write(modify(station("aa").setAction(direct("punt", "07")).setMetadata(hex("00"))));
        assertThat(only(station("aa")).getAction()).isEqualTo(direct("punt", "07"));
        client.write(modify(station("aa")));
        TableEntry found = only(station("aa"));
        assertThat(found.getAction()).isEqualTo(direct("punt", "07"));
        assertThat(found.getMetadata().isEmpty()).isTrue();
    }

    @Test
    void deleteLooksAtTheKeyAlone() {
        client.write(insert(station("aa").setAction(direct("forward", "02"))));
        client.write(delete(station("aa").setAction(direct("learn", "ffffff")).setIdleTimeoutNs(-1)));
        assertThat(read(station("aa").clearMatch())).isEmpty();
    }

    @Test
    void metadataComesBackOctetByOctet() {
        client.write(insert(station("01").setAction(direct("forward", "02")).setMetadata(hex("00000100"))));
        client.write(insert(station("02").setAction(direct("forward", "02")).setMetadata(hex("00"))));
        assertThat(only(station("01")).getMetadata()).isEqualTo(hex("00000100"));
        assertThat(only(station("02")).getMetadata()).isEqualTo(hex("00"));
        assertThat(read(entry("stations").setMetadata(hex("00")))).hasSize(1);
        assertThat(read(entry("stations").setMetadata(hex("01")))).isEmpty();
    }

    @Test
    void theDefaultEntryIsModifiedOnly() {
        TableEntry.Builder fallback = entry("stations").setIsDefaultAction(true);
        assertThat(only(fallback).getAction()).isEqualTo(direct("drop"));
        client.write(modify(fallback.clone().setAction(direct("forward", "03")).setMetadata(hex("05"))));
        assertThat(only(fallback)).isEqualTo(fallback.clone().setAction(direct("forward", "03"))
                .setMetadata(hex("05")).build());
        client.write(modify(fallback));
        assertThat(only(fallback)).isEqualTo(fallback.clone().setAction(direct("drop")).build());
        invalid(insert(fallback.clone().setAction(direct("drop"))), "MODIFY it");
        invalid(delete(fallback), "MODIFY it");
        invalid(modify(fallback.clone().setPriority(1)), "neither match nor priority");
        invalid(modify(fallback.clone().addMatch(exact(1, "aa"))), "neither match nor priority");
        invalid(modify(fallback.clone().setIdleTimeoutNs(1)), "idle");
        refused(modify(fallback.clone().setAction(direct("copy", "01"))), Code.PERMISSION_DENIED_VALUE,
                "not for the default entry");
        refused(modify(entry("metered").setIsDefaultAction(true).setAction(NOTHING)), Code.PERMISSION_DENIED_VALUE,
                "const");
    }

    @Test
    void aConstTableStaysAsItIs() {
        TableEntry.Builder known = entry("fixed", exact(1, "88b5"));
        assertThat(only(known).getAction()).isEqualTo(direct("forward", "03"));
        refused(insert(entry("fixed", exact(1, "0800")).setAction(NOTHING)), Code.PERMISSION_DENIED_VALUE, "const");
        refused(modify(known.clone().setAction(NOTHING)), Code.PERMISSION_DENIED_VALUE, "const");
        refused(delete(known), Code.PERMISSION_DENIED_VALUE, "const");
        client.write(modify(known));
        refused(modify(entry("fixed", exact(1, "0800"))), Code.NOT_FOUND_VALUE, "const entry");
    }

    /** Section "Preinitialized tables" of later versions: entries that are not const are only there to begin with. */
    @Test
    void theEntriesOfAPreinitializedTableAreWrittenAsAnyOthers() {
        ForwardingPipelineConfig.Builder begun = Lab.config(2).toBuilder();
        begun.getP4InfoBuilder().getTablesBuilderList().stream()
                .filter(one -> one.getPreamble().getAlias().equals("fixed")).forEach(one -> one.setIsConstTable(false));
        client.set(begun.build());
        TableEntry.Builder known = entry("fixed", exact(1, "88b5"));
        assertThat(only(known).getAction()).isEqualTo(direct("forward", "03"));
        refused(insert(known.clone().setAction(NOTHING)), Code.ALREADY_EXISTS_VALUE, "modify it");
        client.write(modify(known.clone().setAction(direct("forward", "04"))));
        assertThat(only(known).getAction()).isEqualTo(direct("forward", "04"));
        client.write(delete(known));
        client.write(insert(entry("fixed", exact(1, "0800")).setAction(NOTHING)));
        assertThat(read(entry("fixed"))).hasSize(1);
        client.calls().setForwardingPipelineConfig(client.setting(
                SetForwardingPipelineConfigRequest.Action.RECONCILE_AND_COMMIT).setConfig(begun).build());
        assertThat(read(entry("fixed"))).extracting(one -> one.getMatch(0).getExact().getValue())
                .containsExactly(Lab.hex("0800"));
        client.set(begun.build());
        assertThat(only(known).getAction()).isEqualTo(direct("forward", "03"));
    }

    @Test
    void theWholeBatchIsTriedAndEachUpdateHasItsError() {
        List<P4RuntimeOuterClass.Error> errors = client.errors(
                insert(station("01").setAction(direct("forward", "02"))),
                insert(station("01").setAction(direct("forward", "03"))),
                delete(station("07")),
                Update.newBuilder().setType(Update.Type.INSERT).build(),
                insert(entry("stations").setTableId(1)),
                Update.newBuilder().setEntity(Entity.newBuilder().setTableEntry(station("01"))).build(),
                insert(station("02").setAction(direct("forward", "02"))));
        assertThat(errors).extracting(P4RuntimeOuterClass.Error::getCanonicalCode).containsExactly(Code.OK_VALUE,
                Code.ALREADY_EXISTS_VALUE, Code.NOT_FOUND_VALUE, Code.INVALID_ARGUMENT_VALUE,
                Code.INVALID_ARGUMENT_VALUE, Code.INVALID_ARGUMENT_VALUE, Code.OK_VALUE);
        assertThat(errors.get(0)).isEqualTo(P4RuntimeOuterClass.Error.getDefaultInstance());
        assertThat(only(station("01")).getAction()).isEqualTo(direct("forward", "02"));
        assertThat(only(station("02")).getAction()).isEqualTo(direct("forward", "02"));
    }

    @Test
    void aHundredErrorsFitTheHeadersOfAnyClient() {
        Update[] batch = new Update[100];
        Arrays.fill(batch, delete(station("01")));
        WriteRequest request = client.writing(batch).build();
        ManagedChannel channel = NettyChannelBuilder.forTarget(device.address()).usePlaintext().build();
        try {
            StatusRuntimeException e = catchThrowableOfType(() -> P4RuntimeGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS).write(request), StatusRuntimeException.class);
            List<P4RuntimeOuterClass.Error> errors = Client.details(e);
            assertThat(errors).hasSize(100)
                    .allMatch(error -> error.getCanonicalCode() == Code.NOT_FOUND_VALUE);
            assertThat(errors.get(0).getMessage()).contains("LabIngress.stations");
            assertThat(e.getStatus().getDescription()).contains("100 of 100 updates failed, the first: table");
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void wildcardsSelect() {
        client.write(insert(station("01").setAction(direct("forward", "02"))),
                insert(station("02").setAction(direct("punt", "02"))),
                insert(entry("prefixes", lpm(1, "112200000000", 16)).setAction(NOTHING)));
        assertThat(read(TableEntry.newBuilder())).hasSize(4);
        assertThat(read(entry("stations"))).hasSize(2);
        assertThat(read(entry("stations").setAction(TableAction.newBuilder().setAction(
                P4RuntimeOuterClass.Action.newBuilder().setActionId(Lab.action("punt")))))).hasSize(1);
        assertThat(read(TableEntry.newBuilder().setIsDefaultAction(true)))
                .hasSize(Lab.INFO.getTablesCount()).allMatch(TableEntry::getIsDefaultAction);
    }
}
