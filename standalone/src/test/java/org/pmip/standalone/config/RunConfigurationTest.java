// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.net.DeviceId;

/**
 * What the configuration file may say, and what is said of it when it is wrong.
 */
class RunConfigurationTest {
    private static final String BASIC = "'managementAddress': 'grpc://127.0.0.1:50001?device_id=1', 'driver': 'bmv2',"
        + " 'pipeconf': 'org.pmip.pipeconf'";
    private static final String DEVICES = "'devices': {'device:lma1': {'basic': {" + BASIC + "}}}";
    private static final String APPS = "'apps': {'org.pmip': {'pmip': {'lma': {}}}}";

    @TempDir
    Path folder;

    private RunConfiguration read(String text) throws Exception {
        return RunConfiguration.read(file(text), section -> List.of());
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("pmip.json"), text.replace('\'', '"'));
    }

    private List<String> problems(String text) {
        ConfigurationException thrown = catchThrowableOfType(() -> read(text), ConfigurationException.class);
        assertThat(thrown).as("problems of " + text).isNotNull();
        return thrown.problems();
    }

    @Test
    void readsDevicesSwitchesAndStorage() throws Exception {
        RunConfiguration configuration = read("{" + DEVICES + ',' + APPS + ", 'standalone': {'softswitches': "
            + "{'device:lma1': {'deviceId': 1, 'cpuPort': 250, 'ports': ['1@udp:127.0.0.1:5001/127.0.0.1:6001']}},"
            + " 'storage': {'directory': '" + folder + "'}}}");
        assertThat(configuration.targets()).containsOnlyKeys(DeviceId.deviceId("device:lma1"));
        assertThat(configuration.network().has("standalone")).isFalse();
        assertThat(configuration.network().has("apps")).isTrue();
        assertThat(configuration.storeDirectory()).contains(folder);
        assertThat(configuration.switches()).singleElement().satisfies(one -> {
            assertThat(one.cpuPort()).isEqualTo(250);
            assertThat(one.address().port()).isEqualTo(50001);
            assertThat(one.ports()).extracting(Object::toString)
                .containsExactly("1@udp:127.0.0.1:5001/127.0.0.1:6001");
        });
    }

    @Test
    void reportsAllProblemsAtOnce() {
        assertThat(problems("{'devices': {'device:lma1': {'basic': {'driver': 'bmv3'}}}, 'standalone': {'x': 1}}"))
            .hasSize(5);
    }

    @Test
    void addsWhatTheApplicationSays() throws Exception {
        Path file = file("{" + DEVICES + ',' + APPS + '}');
        ConfigurationException thrown = catchThrowableOfType(() -> RunConfiguration.read(file,
            section -> List.of("apps/org.pmip/pmip/lma: is missing")), ConfigurationException.class);
        assertThat(thrown.problems()).containsExactly("apps/org.pmip/pmip/lma: is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{'devices'                                 | is no JSON",
        "[]                                         | is no JSON object",
        "{'devices': {}, 'devices': {}}             | Duplicate field",
        "{'devices': {}, 'apps': {'org.pmip': {'pmip': {}}}} | devices: names no device",
        "{'device': {}}                             | device: is an unknown key: did you mean devices?",
        "{'devices': {'device:a': 3}}               | devices/device:a: is no object",
        "{'devices': {'a b': {}}}                   | devices/a b: is no device identity",
        "{'devices': {'device:a': {'basic': {'managementAddres': ''}}}} | did you mean managementAddress?",
        "{'devices': {'device:a': {'basic': {'managementAddress': 'tcp://h:1?device_id=1'}}}} | has the scheme tcp",
        "{'devices': {'device:a': {'basic': {'managementAddress': 'grpc://h?device_id=1'}}}} | lacks a host or a port",
        "{'devices': {'device:a': {'basic': {'managementAddress': 'grpc://h:1'}}}} | lacks the device_id",
        "{'devices': {'device:a': {'basic': {'managementAddress': 'grpc://h:1?device_id=x'}}}} | device_id that is no",
        "{'devices': {'device:a': {'basic': {'managementAddress': 7}}}} | is 7: should be a text in quotes",
        "{'devices': {'device:a': {'basic': {'driver': 'ovs'}}}} | is ovs: should be one of bmv2",
        "{'devices': {'device:a': {'basic': {'pipeconf': 'x'}}}} | is x: should be org.pmip.pipeconf",
        "{'apps': {'org.example': {}}}              | apps/org.example: is an unknown key",
        "{'devices': {'device:a': {'basic': {'managementAddress': 'h'}}}} | has no scheme: should be grpc://",
        "{'apps': {'org.pmip': {}}}                 | apps/org.pmip/pmip: is missing",
        "{'apps': {'org.pmip': {'pmip': {}}}}       | apps/org.pmip/pmip: names no role",
        "{'apps': {'org.pmip': {'pmip': {'lma': null}}}} | apps/org.pmip/pmip: names no role",
        "{'standalone': {'storage': {'directory': ''}}} | standalone/storage/directory: is \"\": should be a text",
        "{'standalone': []}                         | standalone: is no object",
        "{'standalone': {'storage': {}}}            | standalone/storage/directory: is missing",
        "{'standalone': {'softswitches': {'device:z': {}}}} | device:z is no device of this file",
    })
    void namesPathAndFix(String text, String expected) {
        assertThat(problems(text)).anyMatch(problem -> problem.contains(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
        "{}                                         | ports: names no port",
        "{'ports': [1]}                             | ports/0: is 1: should be a text",
        "{'ports': ['1@x'], 'cpuPort': 511}         | cpuPort: is 511: should be a number from 1 to 510",
        "{'ports': ['1@x'], 'deviceId': 2}          | deviceId: is 2, but the managementAddress",
        "{'ports': ['1@udp:192.0.2.1:5/127.0.0.1:6']} | ports/0: '1@udp:192.0.2.1:5/127.0.0.1:6'",
        "{'ports': ['1@x', '1@y']}                  | ports/1: has the number 1 of an earlier port",
        "{'ports': ['255@x']}                       | ports/0: has the number of the CPU port, 255",
        "{'ports': ['x']}                           | ports/0: 'x' is not PORT@SPEC",
        "{'ports': ['1@x'], 'pcap': '/nowhere'}     | pcap: /nowhere is no directory",
        "{'ports': ['1@x'], 'pcap': ''}             | pcap: is \"\": should be a text in quotes",
        "{'ports': ['1@x'], 'port': 2}              | port: is an unknown key: did you mean",
    })
    void namesPathAndFixOfASwitch(String section, String expected) {
        assertThat(problems("{" + DEVICES + ',' + APPS + ", 'standalone': {'softswitches': {'device:lma1': " + section
            + "}}}")).singleElement().satisfies(problem -> assertThat(problem).contains(expected));
    }

    @Test
    void wantsAnAddressOfItsOwnForEachDevice() {
        assertThat(problems("{'devices': {'device:a': {'basic': {" + BASIC + "}}, 'device:b': {'basic': {" + BASIC
            + "}}}," + APPS + '}')).containsExactly(
                "devices/device:b/basic/managementAddress: is that of device:a, too:"
            + " each device needs an address or a device_id of its own");
    }

    @Test
    void saysWhatIsWrongWithOneDeviceOfTwo() {
        for (String first : List.of("3", "{'basic': {}}", "{'basic': {'managementAddress': 'x'}}")) {
            assertThat(problems("{'devices': {'device:a': " + first + ", 'device:b': {'basic': {" + BASIC + "}}},"
                + APPS + '}')).isNotEmpty().allMatch(problem -> problem.startsWith("devices/device:a"));
        }
    }

    @Test
    void wantsTheDevicesThatTheApplicationNames() {
        assertThat(problems("{" + DEVICES + ", 'apps': {'org.pmip': {'pmip': {'lma': {'device': 'device:x'},"
            + " 'switches': {'device:y': {}}}}}}")).hasSize(2).allMatch(p -> p.contains("is no device of this file"));
    }

    @Test
    void runsASwitchOnThisMachineOnly() {
        assertThat(problems("{'devices': {'device:a': {'basic': {" + BASIC.replace("127.0.0.1", "192.0.2.1") + "}}},"
            + APPS + ", 'standalone': {'softswitches': {'device:a': {'ports': ['1@x']}}}}"))
            .containsExactly("devices/device:a/basic/managementAddress: has the host 192.0.2.1, but the switch runs in"
                + " this process: write 127.0.0.1");
    }

    @Test
    void saysWhenAFileCannotBeRead() {
        ConfigurationException thrown = catchThrowableOfType(() ->
            RunConfiguration.read(folder.resolve("absent"), section -> List.of()), ConfigurationException.class);
        assertThat(thrown.problems()).singleElement().satisfies(p -> assertThat(p).contains("absent",
            "there is no such file"));
        thrown = catchThrowableOfType(() -> RunConfiguration.read(folder, section -> List.of()),
            ConfigurationException.class);
        assertThat(thrown.problems()).containsExactly(folder + ": cannot be read: it is a directory");
    }
}
