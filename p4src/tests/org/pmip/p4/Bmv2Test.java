// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import io.grpc.Status;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real bmv2, where there is one. */
@ExtendWith(Bmv2Present.class)
class Bmv2Test extends TargetTest {

    Bmv2Test() {
        // The P4Runtime server of bmv2 1.15 does not tell a full table from other failures of the switch.
        super(Status.Code.UNKNOWN);
    }

    @Override
    Target target() throws Exception {
        return Bmv2Target.start(Bench.PORTS);
    }
}
