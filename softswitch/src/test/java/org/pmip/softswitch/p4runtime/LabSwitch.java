// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** A switch that runs lab.p4, and its primary controller. */
abstract class LabSwitch {
    SoftSwitch device;
    Client client;
    Client.Stream stream;

    /** What the switch is made of. */
    SoftSwitchBuilder builder() throws IOException {
        return SoftSwitch.builder().cpuPort(255);
    }

    /** What it runs. */
    ForwardingPipelineConfig program() {
        return Lab.config(1);
    }

    @BeforeEach
    void startLab() throws Exception {
        device = builder().build();
        device.start();
        client = new Client(device.address(), 1, 1);
        stream = client.primary();
        client.set(program());
    }

    @AfterEach
    void stopLab() {
        client.close();
        device.close();
    }

    /** The update is refused with that code, and a text that says this. */
    void refused(Update update, int code, String text) {
        P4RuntimeOuterClass.Error error = client.errors(update).get(0);
        assertThat(error.getMessage()).contains(text);
        assertThat(Code.forNumber(error.getCanonicalCode())).isEqualTo(Code.forNumber(code));
    }

    void invalid(Update update, String text) {
        refused(update, Code.INVALID_ARGUMENT_VALUE, text);
    }

    /** The one entry that the pattern selects. */
    TableEntry only(TableEntry.Builder pattern) {
        assertThat(read(pattern)).hasSize(1);
        return read(pattern).get(0);
    }

    List<TableEntry> read(TableEntry.Builder pattern) {
        return client.read(Entity.newBuilder().setTableEntry(pattern).build()).stream()
                .map(Entity::getTableEntry).toList();
    }
}
