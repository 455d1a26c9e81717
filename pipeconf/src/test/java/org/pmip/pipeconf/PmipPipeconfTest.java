// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.onosproject.net.pi.model.PiPipeconf;
import org.onosproject.net.pi.model.PiPipeconf.ExtensionType;
import org.onosproject.net.pi.model.PiPipelineInterpreter;
import org.onosproject.net.pi.service.PiPipeconfService;
import org.pmip.pipeconf.entity.PipelineEntities;

/** What ONOS gets from the bundle. */
class PmipPipeconfTest {
    private static final Path BUILD = Path.of(System.getProperty("pmip.root", ".."), "p4src", "build");

    @Test
    void carriesTheCompiledProgram() throws Exception {
        PiPipeconf pipeconf = PmipPipeconf.pipeconf();
        assertThat(pipeconf.id()).hasToString("org.pmip.pipeconf");
        assertThat(read(pipeconf, ExtensionType.BMV2_JSON)).isEqualTo(Files.readAllBytes(BUILD.resolve("pmip.json")));
        assertThat(read(pipeconf, ExtensionType.P4_INFO_TEXT))
                .isEqualTo(Files.readAllBytes(BUILD.resolve("pmip.p4info.txtpb")));
        assertThat(pipeconf.implementation(PiPipelineInterpreter.class)).contains(PmipInterpreter.class);
        assertThat(PipelineEntities.tables()).allSatisfy(
                table -> assertThat(pipeconf.pipelineModel().table(table)).isPresent());
    }

    @Test
    void noTableHasADefaultActionThatCouldChange() {
        assertThat(PmipPipeconf.pipeconf().pipelineModel().tables()).allSatisfy(
                table -> assertThat(table.constDefaultAction()).isPresent());
    }

    private static byte[] read(PiPipeconf pipeconf, ExtensionType type) throws Exception {
        try (InputStream in = pipeconf.extension(type).orElseThrow()) {
            return in.readAllBytes();
        }
    }

    @Test
    void isThereWhileTheBundleIsActive() {
        List<String> calls = new ArrayList<>();
        PmipPipeconf component = new PmipPipeconf();
        component.pipeconfService = (PiPipeconfService) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] {PiPipeconfService.class}, (proxy, method, args) -> {
                    calls.add(method.getName() + " " + (args[0] instanceof PiPipeconf
                            ? ((PiPipeconf) args[0]).id() : args[0]));
                    return null;
                });
        component.activate();
        component.deactivate();
        assertThat(calls).containsExactly("register org.pmip.pipeconf", "unregister org.pmip.pipeconf");
    }
}
