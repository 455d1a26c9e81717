// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmip.softswitch.Await;
import org.pmip.softswitch.p4runtime.Client;
import org.pmip.softswitch.p4runtime.Lab;
import org.pmip.softswitch.p4runtime.Messages;
import org.pmip.softswitch.port.PcapReader;
import org.pmip.softswitch.port.PcapWriter;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CountDownLatch stop = new CountDownLatch(1);

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        return Main.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), stop);
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void helpNamesEveryOption() {
        assertThat(run("--help")).isZero();
        assertThat(said()).contains("--no-p4", "--device-id", "--interface", "--pcap", "--log-console",
                "--grpc-server-addr", "--cpu-port", "--http", "--p4info", "--use-files", "--port-threads",
                "--log-file", "--log-level", "--version", "softswitch stf");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--thrift-port                       | --thrift-port needs a value",
        "--restore-state x                   | unknown option '--restore-state'",
        "-Lloud                              | 'loud' is not one of trace, debug, info",
        "-- --drop-port 7                    | that drops is 511",
        "--cpu-port 255                      | unknown option '--cpu-port': it belongs after --",
        "-- --device-id 1                    | unknown option '--device-id' after --",
        "--device-id x                       | --device-id: 'x' is not a number",
        "--device-id                         | --device-id needs a value",
        "--no-p4=1                           | --no-p4 takes no value",
        "--no-p4 x.json                      | exclude each other",
        "a.json b.json                       | two programs",
        "--p4info a.txt                      | give FILE.json too",
        "-i nothing                          | is not PORT@SPEC",
        "-i 1@veth0 -i 1@veth1               | port 1 is given twice",
        "-i 1@udp:192.0.2.1:1/127.0.0.1:1    | is not a loopback address",
        "-i 255@veth0 -- --cpu-port 255      | port 255 is the CPU port",
        "--use-files soon                    | --use-files: 'soon' is not a number",
        "--port-threads 0                    | a port has 1 to 16 threads, not 0",
        "--port-threads 17                   | --port-threads: '17' is not a number from 0 to 16",
        "--http 127.0.0.1                    | --http: '127.0.0.1' is not HOST:PORT",
        "-- --cpu-port 511                   | CPU port 511 is not from 0 to 510",
        "-- --cpu-port many                  | --cpu-port: 'many' is not a number",
        "-- --grpc-server-addr nowhere       | --grpc-server-addr: 'nowhere' is not HOST:PORT",
        "pom.xml                             | pom.xml: ",
        "no/such/file.json                   | there is no file 'no/such/file.json'"})
    void wrongArgumentsAreOneLineAndCodeTwo(String arguments, String reason) {
        assertThat(run(arguments.trim().split(" +"))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("softswitch: ").contains(reason).hasLineCount(1);
        assertThat(said()).isEmpty();
    }

    @Test
    void versionsArePrinted() {
        assertThat(run("-v")).isZero();
        assertThat(run("--json-version")).isZero();
        assertThat(said().lines()).hasSize(2).first().asString().startsWith("softswitch ");
        assertThat(said().lines().skip(1)).containsExactly("2.23");
    }

    /** As scripts for simple_switch_grpc start it, for example Mininet's switch classes. */
    @Test
    void optionsOfBmv2ThatHaveNoMeaningHereAreSaid() throws Exception {
        Path in = directory.resolve("in.pcap");
        try (PcapWriter writer = new PcapWriter(in)) {
            writer.write(new byte[60], 0, 60);
        }
        Path json = Files.write(directory.resolve("lab.json"), Lab.file("lab.json"));
        Path log = directory.resolve("log");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run("-i1@pcap:" + in + ",",
                "--thrift-port", "9090", "--nanolog", "ipc:///none", "--device-id", "0", "--pcap", directory.toString(),
                "--log-file", log.toString(), "--log-flush", "-Ltrace", json.toString(), "--", "--grpc-server-addr",
                "127.0.0.1:0", "--disable-swap", "--drop-port", "511"));
        Await.until(() -> said().contains("port 1@pcap:") && Files.exists(directory.resolve("log.txt"))
                && read(directory.resolve("log.txt")).contains("Dropped"));
        stop.countDown();
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(said()).contains("device 0 serves");
        assertThat(said()).doesNotContain("Dropped");
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("softswitch: no effect here: --disable-swap, --nanolog, --thrift-port");
        assertThat(directory.resolve("switch0-port1.pcap")).exists();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void logsTurnBeforeTheyAreTooLong() throws IOException {
        Path log = directory.resolve("steps");
        try (TraceLog to = new TraceLog(log.toString(), 50, 2, message -> {
            throw new AssertionError(message);
        })) {
            for (int i = 0; i < 10; i++) {
                to.step(i, "a step of twenty octet");
            }
        }
        assertThat(read(directory.resolve("steps.txt"))).isEqualTo("[9] a step of twenty octet\n");
        assertThat(read(directory.resolve("steps.1.txt"))).isEqualTo("[8] a step of twenty octet\n");
        assertThat(read(directory.resolve("steps.2.txt"))).isEqualTo("[7] a step of twenty octet\n");
        assertThat(directory.resolve("steps.3.txt")).doesNotExist();
    }

    @Test
    void aProgramThatCannotRunIsOneLineToo() throws IOException {
        Path program = Files.writeString(directory.resolve("bad.json"), "{}");
        assertThat(run(program.toString(), "--", "--grpc-server-addr", "127.0.0.1:0")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("softswitch: ").hasLineCount(1);
    }

    @Test
    void whatCannotBeOpenedIsCodeOne() {
        assertThat(run("--no-p4", "-i", "1@pcap:" + directory.resolve("none") + ",", "--", "--grpc-server-addr",
                "127.0.0.1:0")).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("port 1:").hasLineCount(1);
    }

    @Test
    void servesUntilItIsStopped() throws Exception {
        Path json = Files.write(directory.resolve("lab.json"), Lab.file("lab.json"));
        Path info = Files.write(directory.resolve("lab.p4info.txt"), Lab.file("lab.p4info.txt"));
        Path in = directory.resolve("in.pcap");
        byte[] frame = new byte[60];
        try (PcapWriter writer = new PcapWriter(in)) {
            writer.write(frame, 0, frame.length);
        }
        Path captures = directory.resolve("captures");
        CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> run(json.toString(), "--p4info",
                info.toString(), "--device-id", "5", "-i", "1@pcap:" + in + ",", "-i",
                "2@pcap:," + directory.resolve("out.pcap"), "--pcap=" + captures, "--http=0",
                "--log-console", "--",
                "--grpc-server-addr=127.0.0.1:0", "--cpu-port", "255"));
        Await.until(() -> said().contains("port 2@pcap:") && said().contains("Dropped"));
        String address = said().replaceAll("(?s).*serves P4Runtime on (\\S+).*", "$1");
        try (Client client = new Client(address, 5, 1)) {
            client.primary();
            client.write(Messages.stationTo("aa", 2));
        }
        assertThat(said()).containsPattern("counters on HTTP port [1-9]");
        stop.countDown();
        assertThat(code.get(20, TimeUnit.SECONDS)).isZero();
        assertThat(said()).contains("port 1: in 1 frames, 60 octets, 0 dropped");
        try (PcapReader reader = new PcapReader(captures.resolve("switch5-port1.pcap"))) {
            assertThat(reader.next()).isEqualTo(frame);
        }
    }
}
