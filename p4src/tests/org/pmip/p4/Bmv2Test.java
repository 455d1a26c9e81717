// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All packet vectors on a real bmv2, where there is one. */
@ExtendWith(Bmv2Present.class)
class Bmv2Test {
    private static Bench bench;
    private static SpecialCases special;

    @BeforeAll
    static void start() throws Exception {
        bench = new Bench(Bmv2Target.start(Bench.PORTS));
        special = new SpecialCases(bench, vectors());
    }

    @AfterAll
    static void stop() throws Exception {
        if (bench != null) {
            bench.close();
        }
    }

    static List<Vector> vectors() throws IOException {
        return Vector.all(Bench.VECTORS);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void packet(Vector vector) throws Exception {
        bench.check(vector);
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
        // The P4Runtime server of bmv2 1.15 does not tell a full table from other failures of the switch.
        special.fullTable(Status.Code.UNKNOWN);
    }
}
