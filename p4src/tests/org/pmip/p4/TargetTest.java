// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every switch is asked: all packet vectors, and what takes more than one frame. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TargetTest {
    private final Status.Code fullTable;
    private Bench bench;
    private SpecialCases special;

    /**
     * Asks it of a switch.
     *
     * @param fullTable how the switch says that a table is full
     */
    TargetTest(Status.Code fullTable) {
        this.fullTable = fullTable;
    }

    /** Starts the switch. */
    abstract Target target() throws Exception;

    @BeforeAll
    void start() throws Exception {
        bench = new Bench(target());
        special = new SpecialCases(bench, vectors());
    }

    @AfterAll
    void stop() throws Exception {
        if (bench != null) {
            bench.close();
        }
    }

    static List<Vector> vectors() throws IOException {
        return Vector.all(Bench.VECTORS);
    }

    void check(Vector vector) throws Exception {
        bench.check(vector);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void packet(Vector vector) throws Exception {
        check(vector);
    }

    @Test
    void packetOutToPort() throws Exception {
        special.packetOutToPort();
    }

    @Test
    void packetOutThroughPipeline() throws Exception {
        special.packetOutThroughPipeline();
    }

    @Test
    void puntLimit() throws Exception {
        special.puntLimit();
    }

    @Test
    void accounting() throws Exception {
        special.accounting();
    }

    @Test
    void handoff() throws Exception {
        special.handoff();
    }

    @Test
    void detachAndAttach() throws Exception {
        special.detachAndAttach();
    }

    @Test
    void unknownNodeIsReported() throws Exception {
        special.unknownNodeIsReported();
    }

    @Test
    void tooBigIsReported() throws Exception {
        special.tooBigIsReported();
    }

    @Test
    void fullTable() throws Exception {
        special.fullTable(fullTable);
    }
}
