// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.softswitch.p4runtime.Client;
import org.pmip.softswitch.p4runtime.Lab;
import org.pmip.softswitch.p4runtime.Messages;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.MeterArray;
import org.pmip.softswitch.port.PcapWriter;
import org.pmip.softswitch.port.PortSpec;

class CountersPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final HttpClient browser = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private HttpResponse<String> ask(SoftSwitch device, String method, String path) throws Exception {
        return browser.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + device.httpPort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody()).timeout(PATIENCE).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private SoftSwitchBuilder described() throws IOException {
        Path in = directory.resolve("in.pcap");
        byte[] frame = new byte[60];
        frame[5] = (byte) 0xaa;
        try (PcapWriter writer = new PcapWriter(in)) {
            writer.write(frame, 0, frame.length);
            writer.write(frame, 0, frame.length);
        }
        return SoftSwitch.builder().deviceId(-1L).port(1, PortSpec.pcap(in, null))
                .port(2, PortSpec.pcap(null, directory.resolve("<b>.pcap")));
    }

    @Test
    void portsAndTablesAreShown() throws Exception {
        try (SoftSwitch device = described().http("0").build()) {
            device.start();
            JsonNode empty = new ObjectMapper().readTree(ask(device, "GET", "/metrics.json").body());
            assertThat(empty.path("programmed").asBoolean(true)).isFalse();
            assertThat(empty.path("tables")).isEmpty();
            device.program(Lab.config(1));
            try (Client client = new Client(device.address(), -1L, 1)) {
                client.primary();
                client.write(Messages.stationTo("aa", 2));
            }
            device.replay().join();
            HttpResponse<String> answer = ask(device, "GET", "/metrics.json");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json; charset=utf-8");
            JsonNode all = new ObjectMapper().readTree(answer.body());
            assertThat(all.path("deviceId").asText()).isEqualTo("18446744073709551615");
            assertThat(all.path("ports").path(0).path("octetsIn").asLong()).isEqualTo(120);
            assertThat(all.path("ports").path(1).path("framesOut").asLong()).isEqualTo(2);
            JsonNode stations = all.path("tables").path(0);
            assertThat(stations.toString()).isEqualTo("{\"name\":\"LabIngress.stations\",\"entries\":1,\"size\":4,"
                    + "\"hitPackets\":2,\"hitOctets\":120}");
            assertThat(all.path("counters").toString()).isEqualTo("[{\"name\":\"LabIngress.port_counter\","
                    + "\"size\":8,\"packets\":2,\"octets\":120,\"used\":1,"
                    + "\"cells\":[{\"index\":1,\"packets\":2,\"octets\":120}]}]");
            device.pipeline().registers("LabIngress.marks").write(3, Bits.of(0xabcde));
            device.pipeline().meters("LabIngress.port_meter").write(2, new MeterArray.Config(1, 2, 3, 4));
            all = new ObjectMapper().readTree(ask(device, "GET", "/metrics.json").body());
            assertThat(all.path("registers").toString()).isEqualTo("[{\"name\":\"LabIngress.marks\",\"size\":4,"
                    + "\"width\":20,\"used\":1,\"cells\":[{\"index\":3,\"value\":\"0x0abcde\"}]}]");
            assertThat(all.path("meters").toString()).isEqualTo("[{\"name\":\"LabIngress.port_meter\",\"size\":4,"
                    + "\"used\":1,\"cells\":[{\"index\":2,\"cir\":1,\"cburst\":2,\"pir\":3,"
                    + "\"pburst\":4}]}]");
            String page = ask(device, "GET", "/").body();
            assertThat(page).contains("<td>LabIngress.port_counter</td><td>8</td><td>1</td><td>2</td><td>120</td>",
                    "<td>LabIngress.port_meter</td><td>4</td><td>1</td>",
                    "<td>LabIngress.marks</td><td>4</td><td>20</td><td>1</td>");
            assertThat(page).contains("<td>LabIngress.stations</td><td>1</td><td>4</td><td>2</td><td>120</td>",
                    "<td>LabIngress.rules</td><td>0</td><td>8</td><td>not counted</td>", "&lt;b&gt;.pcap</td>")
                    .doesNotContain("<b>");
        }
    }

    @Test
    void nothingElseIsOffered() throws Exception {
        try (SoftSwitch device = described().http("127.0.0.1:0").build()) {
            device.start();
            assertThat(ask(device, "POST", "/").statusCode()).isEqualTo(405);
            assertThat(ask(device, "GET", "/etc/passwd").statusCode()).isEqualTo(404);
            assertThat(ask(device, "GET", "/").statusCode()).isEqualTo(200);
        }
        try (SoftSwitch device = described().build()) {
            device.start();
            assertThat(device.httpPort()).isEqualTo(-1);
        }
    }

    @Test
    void anAddressThatCannotBeUsedIsNamedAndEverythingIsClosed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            SoftSwitch device = described().http("127.0.0.1:" + taken.getLocalPort()).build();
            assertThatThrownBy(device::start).isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot serve counters on").hasMessageContaining("" + taken.getLocalPort());
            assertThatThrownBy(device::start).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> SoftSwitch.builder().http("nowhere")).hasMessageContaining("is not HOST:PORT");
        assertThatThrownBy(() -> SoftSwitch.builder().http("70000")).hasMessageContaining("is not HOST:PORT");
    }
}
