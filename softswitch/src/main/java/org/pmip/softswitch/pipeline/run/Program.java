// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.util.Map;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.packet.Layout;
import org.pmip.softswitch.pipeline.parser.Deparser;
import org.pmip.softswitch.pipeline.parser.Parser;
import org.pmip.softswitch.pipeline.parser.ValueSetCells;
import org.pmip.softswitch.pipeline.state.CounterCells;
import org.pmip.softswitch.pipeline.state.MeterCells;
import org.pmip.softswitch.pipeline.state.RegisterCells;
import org.pmip.softswitch.pipeline.table.MatchTable;
import org.pmip.softswitch.pipeline.table.Profile;

/**
 * A program as the loader made it: all that packets run through, and what the control plane reaches by name.
 *
 * @param ingress first node of the ingress control, null if that is empty
 * @param egress first node of the egress control, null if that is empty
 * @param fieldLists by id
 * @param digests by id
 */
public record Program(
        Layout layout, StandardMetadata standard, Parser parser, ControlNode ingress, ControlNode egress,
        Deparser deparser, Map<Integer, FieldList> fieldLists, Map<Integer, DigestList> digests,
        Map<String, MatchTable> tables, Map<String, CounterCells> counters, Map<String, MeterCells> meters,
        Map<String, RegisterCells> registers, Map<String, Profile> profiles, Map<String, ValueSetCells> valueSets,
        LongSupplier clock) {
}
