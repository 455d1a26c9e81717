// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcapTest {
    private static final byte[] FRAME = new byte[60];

    @TempDir
    private Path directory;

    private Path written(int frames) throws IOException {
        Path file = directory.resolve("frames.pcap");
        try (PcapWriter writer = new PcapWriter(file)) {
            for (int i = 0; i < frames; i++) {
                writer.write(FRAME, i, FRAME.length - i);
            }
        }
        return file;
    }

    @Test
    void readsWhatItWrites() throws IOException {
        try (PcapReader reader = new PcapReader(written(3))) {
            for (int i = 0; i < 3; i++) {
                assertThat(reader.next()).hasSize(FRAME.length - i);
            }
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void tsharkReadsWhatItWrites() throws Exception {
        Path file = written(3);
        Process tshark;
        try {
            tshark = new ProcessBuilder("tshark", "-r", file.toString(), "-T", "fields", "-e", "frame.len",
                    "-e", "frame.encap_type").redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            Assumptions.abort("tshark is not installed (Debian: apt-get install tshark)");
            return;
        }
        assertThat(new String(tshark.getInputStream().readAllBytes())).isEqualTo("60\t1\n59\t1\n58\t1\n");
        assertThat(tshark.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(tshark.exitValue()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {PcapWriter.MAGIC_MICROS, PcapWriter.MAGIC_NANOS})
    void readsEitherByteOrder(int magic) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
            Path file = directory.resolve("order.pcap");
            Files.write(file, ByteBuffer.allocate(24 + 16 + 4).order(order).putInt(magic).putInt(0).putInt(0)
                    .putInt(0).putInt(65535).putInt(PcapWriter.ETHERNET).putInt(1).putInt(2).putInt(4).putInt(4)
                    .putInt(0x01020304).array());
            try (PcapReader reader = new PcapReader(file)) {
                assertThat(reader.next()).hasSize(4);
                assertThat(reader.next()).isNull();
            }
        }
    }

    @Test
    void everyTruncationIsAnIoException() throws IOException {
        byte[] whole = Files.readAllBytes(written(1));
        Path file = directory.resolve("short.pcap");
        for (int length = 0; length < whole.length; length++) {
            if (length == 24) {
                continue;
            }
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> {
                try (PcapReader reader = new PcapReader(file)) {
                    reader.next();
                }
            }).isInstanceOf(IOException.class);
        }
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        Path file = directory.resolve("other.pcapng");
        Files.write(file, ByteBuffer.allocate(64).putInt(0x0a0d0d0a).array());
        assertThatThrownBy(() -> new PcapReader(file)).hasMessageContaining("pcapng");
        byte[] wireless = Files.readAllBytes(written(1));
        wireless[20] = 105;
        Files.write(file, wireless);
        assertThatThrownBy(() -> new PcapReader(file)).hasMessageContaining("link type 105");
    }

    @Test
    void aDamagedInputFailsItsReplay() throws Exception {
        byte[] whole = Files.readAllBytes(written(2));
        Path file = directory.resolve("short.pcap");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        try (PcapPort port = new PcapPort(3, file, null)) {
            port.start((frame, offset, length) -> { });
            assertThatThrownBy(() -> port.replay().get(20, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("short.pcap");
            assertThat(port.counters().snapshot().framesIn()).isEqualTo(1);
            port.send(FRAME, 0, FRAME.length);
            assertThat(port.counters().snapshot().dropsOut()).isEqualTo(1);
        }
    }
}
