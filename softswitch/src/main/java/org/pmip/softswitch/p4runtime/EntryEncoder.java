// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.List;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionChoice;
import org.pmip.softswitch.pipeline.CounterArray;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * Encodes table entries for answers. Controllers read tables of many thousands, and most of the time that an answer
 * takes would go into messages and their parts, made only to be encoded. Not thread-safe.
 */
final class EntryEncoder {
    private final Program program;
    private final Encoder to = new Encoder();

    EntryEncoder(Program program) {
        this.program = program;
    }

    /** Gives an entry, with what the pattern asks for and the table has. */
    void give(TableInfo table, Table.Row row, TableEntry pattern, Found found) {
        to.clear();
        Entry entry = row.entry();
        Metadata.writeOctets(entry.metadata(), to);
        if (pattern.hasTimeSinceLastHit() && table.notifiesIdle()) {
            long elapsed = Math.max(0, program.pipeline().now() - row.lastHit());
            int since = to.written();
            to.numberUnlessZero(TableEntry.IdleTimeout.ELAPSED_NS_FIELD_NUMBER, elapsed);
            to.close(TableEntry.TIME_SINCE_LAST_HIT_FIELD_NUMBER, since);
        }
        to.numberUnlessZero(TableEntry.IDLE_TIMEOUT_NS_FIELD_NUMBER, entry.idleTimeout());
        if (pattern.hasCounterData() && table.table().hasCounter()) {
            counter(row.counter());
        }
        MeterArray.Config meter = pattern.hasMeterConfig() && table.table().hasMeter() ? row.meter() : null;
        if (meter != null) {
            to.message(TableEntry.METER_CONFIG_FIELD_NUMBER, DirectResources.meter(meter));
        }
        Metadata.writeCookie(entry.metadata(), to);
        to.numberUnlessZero(TableEntry.PRIORITY_FIELD_NUMBER, entry.priority());
        action(table, entry.action());
        matches(table.fields(), entry.matches());
        to.unsigned(TableEntry.TABLE_ID_FIELD_NUMBER, table.id());
        to.close(Entity.TABLE_ENTRY_FIELD_NUMBER, 0);
        found.encoded(to.array(), to.from(), to.array().length);
    }

    private void counter(CounterArray.Value value) {
        int since = to.written();
        to.numberUnlessZero(CounterData.PACKET_COUNT_FIELD_NUMBER, value.packets());
        to.numberUnlessZero(CounterData.BYTE_COUNT_FIELD_NUMBER, value.bytes());
        to.close(TableEntry.COUNTER_DATA_FIELD_NUMBER, since);
    }

    private void action(TableInfo table, ActionChoice choice) {
        int since = to.written();
        if (choice instanceof ActionCall call) {
            program.actions().encode(call, to);
            to.close(TableAction.ACTION_FIELD_NUMBER, since);
            to.close(TableEntry.ACTION_FIELD_NUMBER, since);
        } else {
            to.message(TableEntry.ACTION_FIELD_NUMBER, program.actions().write(choice,
                    program.groupLimits(table.table().profile().name())));
        }
    }

    private void matches(Fields fields, List<KeyMatch> matches) {
        for (int i = matches.size() - 1; i >= 0; i--) {
            KeyMatch match = matches.get(i);
            if (!(match instanceof KeyMatch.Any)) {
                int since = to.written();
                match(match, fields.kind(i), fields.names(i), since);
                to.unsigned(FieldMatch.FIELD_ID_FIELD_NUMBER, fields.id(i));
                to.close(TableEntry.MATCH_FIELD_NUMBER, since);
            }
        }
    }

    private void match(KeyMatch match, MatchKind kind, SdnNames names, int since) {
        if (match instanceof KeyMatch.Exact exact) {
            to.value(FieldMatch.Exact.VALUE_FIELD_NUMBER, exact.value(), names);
            to.close(kind == MatchKind.OPTIONAL ? FieldMatch.OPTIONAL_FIELD_NUMBER : FieldMatch.EXACT_FIELD_NUMBER,
                    since);
        } else if (match instanceof KeyMatch.Lpm lpm) {
            to.number(FieldMatch.LPM.PREFIX_LEN_FIELD_NUMBER, lpm.prefixLength());
            to.octets(FieldMatch.LPM.VALUE_FIELD_NUMBER, lpm.value());
            to.close(FieldMatch.LPM_FIELD_NUMBER, since);
        } else if (match instanceof KeyMatch.Ternary ternary && kind == MatchKind.OPTIONAL) {
            to.value(FieldMatch.Optional.VALUE_FIELD_NUMBER, ternary.value(), names);
            to.close(FieldMatch.OPTIONAL_FIELD_NUMBER, since);
        } else if (match instanceof KeyMatch.Ternary ternary) {
            to.octets(FieldMatch.Ternary.MASK_FIELD_NUMBER, ternary.mask());
            to.octets(FieldMatch.Ternary.VALUE_FIELD_NUMBER, ternary.value());
            to.close(FieldMatch.TERNARY_FIELD_NUMBER, since);
        } else if (match instanceof KeyMatch.Range range) {
            to.octets(FieldMatch.Range.HIGH_FIELD_NUMBER, range.high());
            to.octets(FieldMatch.Range.LOW_FIELD_NUMBER, range.low());
            to.close(FieldMatch.RANGE_FIELD_NUMBER, since);
        } else {
            throw new IllegalStateException("no field for " + match);
        }
    }
}
