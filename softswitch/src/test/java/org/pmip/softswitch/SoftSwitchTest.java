// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pmip.softswitch.p4runtime.Client;
import org.pmip.softswitch.p4runtime.Lab;
import org.pmip.softswitch.p4runtime.Messages;
import org.pmip.softswitch.port.PcapReader;
import org.pmip.softswitch.port.PcapWriter;
import org.pmip.softswitch.port.PortSpec;
import org.pmip.softswitch.port.UdpPort;
import p4.v1.P4RuntimeOuterClass.PacketIn;

class SoftSwitchTest {
    private static final byte[] FRAME = HexFormat.of().parseHex("0000000000aa0000000000bb88b6" + "01020304");

    @TempDir
    private Path directory;

    @Test
    void carriesFramesBetweenTwoUdpPorts() throws Exception {
        try (Wire one = new Wire(); Wire two = new Wire();
             SoftSwitch device = SoftSwitch.builder().cpuPort(255).port(1, one.spec()).port(2, two.spec()).build()) {
            device.start();
            try (Client client = new Client(device.address(), 1, 1)) {
                client.primary();
                client.set(Lab.config(1));
                client.write(Messages.stationTo("0000000000aa", 2));
                one.send(FRAME);
                assertThat(two.receive()).isEqualTo(FRAME);
            }
            Await.until(() -> device.counters().get(2).framesOut() == 1);
            assertThat(device.counters().get(1).framesIn()).isEqualTo(1);
            assertThat(device.counters().get(1).octetsIn()).isEqualTo(FRAME.length);
            assertThat(device.counters().get(2).octetsOut()).isEqualTo(FRAME.length);
        }
    }

    @Test
    void countsFramesThatComeBeforeTheProgram() throws Exception {
        try (Wire one = new Wire(); Wire two = new Wire();
             SoftSwitch device = SoftSwitch.builder().cpuPort(255).port(1, one.spec()).port(2, two.spec()).build()) {
            device.start();
            one.send(FRAME);
            Await.until(() -> device.counters().get(1).dropsIn() == 1);
            assertThat(device.counters().get(1).framesIn()).isEqualTo(1);
        }
    }

    @Test
    void takesDatagramsFromTheOtherEndAlone() throws Exception {
        try (Wire one = new Wire(); Wire two = new Wire(); DatagramSocket stranger = new DatagramSocket();
             SoftSwitch device = SoftSwitch.builder().port(1, one.spec()).port(2, two.spec()).build()) {
            device.start();
            InetSocketAddress in = ((UdpPort) device.port(1)).local();
            stranger.send(new DatagramPacket(FRAME, FRAME.length, in));
            Await.until(() -> device.counters().get(1).dropsIn() == 1);
            assertThat(device.counters().get(1).framesIn()).isZero();
        }
    }

    @Test
    void bringsPacketsToTheControllerAndBack() throws Exception {
        try (Wire one = new Wire(); Wire two = new Wire();
             SoftSwitch device = SoftSwitch.builder().cpuPort(255).port(1, one.spec()).port(2, two.spec()).build()) {
            device.start();
            try (Client client = new Client(device.address(), 1, 1)) {
                Client.Stream stream = client.primary();
                client.set(Lab.config(1));
                client.write(Messages.stationPunted("0000000000aa", 0x1234));
                one.send(FRAME);
                PacketIn in = stream.next().getPacket();
                assertThat(in.getPayload().toByteArray()).isEqualTo(FRAME);
                assertThat(in.getMetadataList()).extracting(metadata -> HexFormat.of().formatHex(
                        metadata.getValue().toByteArray())).containsExactly("01", "00", "1234");
                stream.send(Messages.packetOut(FRAME, 2));
                assertThat(two.receive()).isEqualTo(FRAME);
            }
        }
    }

    @Test
    void readsAndWritesCaptureFiles() throws Exception {
        Path in = directory.resolve("in.pcap");
        Path out = directory.resolve("out.pcap");
        try (PcapWriter writer = new PcapWriter(in)) {
            for (int i = 0; i < 100; i++) {
                byte[] frame = Arrays.copyOf(FRAME, FRAME.length + i);
                writer.write(frame, 0, frame.length);
            }
        }
        try (SoftSwitch device = SoftSwitch.builder().cpuPort(255).port(1, PortSpec.pcap(in, null))
                .port(2, PortSpec.pcap(null, out)).captures(directory.resolve("captures")).build()) {
            device.start();
            try (Client client = new Client(device.address(), 1, 1)) {
                client.primary();
                client.set(Lab.config(1));
                client.write(Messages.stationTo("0000000000aa", 2));
            }
            device.replay().get(20, TimeUnit.SECONDS);
        }
        List<byte[]> expected = frames(in);
        assertThat(expected).hasSize(100);
        assertThat(frames(out)).containsExactlyElementsOf(expected);
        assertThat(frames(directory.resolve("captures/switch1-port1.pcap"))).containsExactlyElementsOf(expected);
        assertThat(frames(directory.resolve("captures/switch1-port2.pcap"))).containsExactlyElementsOf(expected);
    }

    private static List<byte[]> frames(Path file) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (PcapReader reader = new PcapReader(file)) {
            for (byte[] frame = reader.next(); frame != null; frame = reader.next()) {
                frames.add(frame);
            }
        }
        return frames;
    }

    @Test
    void severalLiveInOneJvm() throws Exception {
        try (SoftSwitch one = SoftSwitch.builder().deviceId(1).build();
             SoftSwitch two = SoftSwitch.builder().deviceId(2).build()) {
            one.start();
            two.start();
            assertThat(one.grpcPort()).isNotEqualTo(two.grpcPort());
            try (Client client = new Client(two.address(), 2, 1)) {
                client.primary();
                client.set(Lab.config(5));
            }
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        try (Wire wire = new Wire()) {
            SoftSwitch device = SoftSwitch.builder().deviceId(77).port(1, wire.spec()).cpuPort(255)
                    .port(2, PortSpec.pcap(null, directory.resolve("x.pcap"))).build();
            device.start();
            Client client = new Client(device.address(), 77, 1);
            Client.Stream stream = client.primary();
            client.set(Lab.config(1));
            device.close();
            assertThat(stream.end().isOk()).isFalse();
            client.close();
            // A pool has ended a moment before the last of its threads has.
            Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().startsWith("softswitch-77")));
            device.close();
        }
    }

    @Test
    void saysWhichPortCannotBeOpened() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
             SoftSwitch device = SoftSwitch.builder()
                     .port(4, PortSpec.of("udp:127.0.0.1:" + taken.getLocalPort() + "/127.0.0.1:9")).build()) {
            assertThatThrownBy(device::start).isInstanceOf(IOException.class)
                    .hasMessageContaining("port 4: cannot listen on 127.0.0.1:" + taken.getLocalPort());
        }
        try (SoftSwitch first = SoftSwitch.builder().build()) {
            first.start();
            try (SoftSwitch second = SoftSwitch.builder().grpc(first.address()).build()) {
                assertThatThrownBy(second::start).isInstanceOf(IOException.class)
                        .hasMessageContaining("cannot serve P4Runtime on").hasMessageContaining("" + first.grpcPort());
            }
        }
        try (SoftSwitch device = SoftSwitch.builder().port(3, PortSpec.pcap(directory.resolve("no.pcap"), null))
                .build()) {
            assertThatThrownBy(device::start).isInstanceOf(IOException.class).hasMessageContaining("port 3:")
                    .hasMessageContaining("no.pcap");
        }
        assertThat(Files.exists(directory.resolve("no.pcap"))).isFalse();
    }

    @Test
    void refusesADescriptionThatContradictsItself() {
        assertThatIllegalArgumentException().isThrownBy(() -> SoftSwitch.builder().cpuPort(511));
        assertThatIllegalArgumentException().isThrownBy(() -> SoftSwitch.builder().port("1@veth0").port("1@veth1"))
                .withMessageContaining("given twice");
        assertThatIllegalArgumentException().isThrownBy(() ->
                SoftSwitch.builder().cpuPort(1).port("1@veth0").build()).withMessageContaining("CPU port");
        assertThatIllegalArgumentException().isThrownBy(() -> SoftSwitch.builder().grpc("nowhere"));
        assertThatIllegalArgumentException().isThrownBy(() -> SoftSwitch.builder().grpc("127.0.0.1:x"));
        assertThatIllegalArgumentException().isThrownBy(() -> SoftSwitch.builder().grpc("127.0.0.1:70000"));
    }
}
