// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.Wire;

/** The same with two ports, whose other ends are the test's. */
abstract class WiredSwitch extends LabSwitch {
    Wire one;
    Wire two;

    @Override
    SoftSwitchBuilder builder() throws IOException {
        one = new Wire();
        two = new Wire();
        return super.builder().port(1, one.spec()).port(2, two.spec());
    }

    @AfterEach
    @Override
    void stopLab() {
        super.stopLab();
        one.close();
        two.close();
    }
}
