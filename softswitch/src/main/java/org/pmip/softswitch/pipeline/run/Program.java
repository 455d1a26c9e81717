// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.util.Map;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.packet.Layout;
import org.pmip.softswitch.pipeline.parser.ValueSetCells;
import org.pmip.softswitch.pipeline.state.CounterCells;
import org.pmip.softswitch.pipeline.state.MeterCells;
import org.pmip.softswitch.pipeline.state.RegisterCells;
import org.pmip.softswitch.pipeline.table.MatchTable;
import org.pmip.softswitch.pipeline.table.Profile;

/**
 * A program as the loader made it: all that packets run through, and what the control plane reaches by name.
 *
 * @param stages what packets run through
 * @param traced the same, telling of each step
 * @param fieldLists by id
 * @param digests by id
 */
public record Program(
        Layout layout, StandardMetadata standard, Stages stages, Stages traced, Map<Integer, FieldList> fieldLists,
        Map<Integer, DigestList> digests,
        Map<String, MatchTable> tables, Map<String, CounterCells> counters, Map<String, MeterCells> meters,
        Map<String, RegisterCells> registers, Map<String, Profile> profiles, Map<String, ValueSetCells> valueSets,
        LongSupplier clock) {
}
