// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.pmip.softswitch.Await;

/** What Linux ports do on two ends of a virtual wire. To be run as root in a network namespace of its own. */
final class LinuxPortProbe {
    private static final long SECONDS = 10;
    /** Two addresses and the first digit of a type. */
    private static final String MACS = "0200000000010200000000028";

    private final BlockingQueue<byte[]> atA = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> atB = new LinkedBlockingQueue<>();
    private final LinuxPort a = new LinuxPort(1, "wire1");
    private final LinuxPort b = new LinuxPort(2, "wire2");

    private LinuxPortProbe() {
    }

    /** Runs all, and says so. */
    public static void main(String[] arguments) throws Exception {
        ip("link", "add", "wire1", "type", "veth", "peer", "name", "wire2");
        // Nothing but what is sent here is to be on the wire.
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6"), "1");
        ip("link", "set", "wire1", "up");
        ip("link", "set", "wire2", "up");
        new LinuxPortProbe().run();
        System.out.println("all seen");
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private void run() throws Exception {
        a.start((frame, offset, length) -> atA.add(Arrays.copyOfRange(frame, offset, offset + length)));
        b.start((frame, offset, length) -> atB.add(Arrays.copyOfRange(frame, offset, offset + length)));
        framesGoBothWaysAndNotBack();
        tagsArePutBack();
        checksumsAreCompleted();
        longFramesAreDropped();
        jumboFramesStayInOrder();
        manyFramesStayInOrder();
        missingInterfacesAreNamed();
        closesInTime();
        flowsAreSharedOutAndStayInOrder();
        linksAreSeen();
    }

    /** An interface is up with its other end, and not when it is gone. */
    private static void linksAreSeen() throws Exception {
        LinuxPort port = new LinuxPort(3, "link1");
        assertThat(!port.up()).as("an interface that is not there is not up").isTrue();
        ip("link", "add", "link1", "type", "veth", "peer", "name", "link2");
        assertThat(!port.up()).as("an interface that was never enabled is not up").isTrue();
        ip("link", "set", "link1", "up");
        ip("link", "set", "link2", "up");
        Await.until(port::up);
        ip("link", "set", "link2", "down");
        Await.until(() -> !port.up());
        ip("link", "set", "link2", "up");
        Await.until(port::up);
        ip("link", "del", "link1");
        assertThat(!port.up()).as("an interface that is gone is not up").isTrue();
    }

    private static byte[] frame(String typeAndRest, int length) {
        return Arrays.copyOf(HexFormat.of().parseHex(MACS + typeAndRest), length);
    }

    private static byte[] next(BlockingQueue<byte[]> queue) throws InterruptedException {
        byte[] frame = queue.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(frame).as("a frame in %s s", SECONDS).isNotNull();
        return frame;
    }

    private void framesGoBothWaysAndNotBack() throws Exception {
        for (int length : new int[] {14, 60, 1514}) {
            byte[] out = frame("8b5", length);
            b.send(out, 0, length);
            assertThat(next(atA)).isEqualTo(out);
            byte[] back = frame("8b6", length);
            a.send(back, 0, length);
            assertThat(next(atB)).isEqualTo(back);
        }
        assertThat(atA).isEmpty();
        assertThat(atB).isEmpty();
        assertThat(a.counters().snapshot())
                .isEqualTo(new PortCounters.Snapshot(3, 14 + 60 + 1514, 0, 3, 14 + 60 + 1514, 0));
    }

    private void tagsArePutBack() throws Exception {
        for (String tags : new String[] {"100006488b5", "8a800078100006488b5"}) {
            byte[] out = frame(tags, 100);
            b.send(out, 0, out.length);
            assertThat(next(atA)).isEqualTo(out);
        }
    }

    private void checksumsAreCompleted() throws Exception {
        ip("addr", "add", "10.0.0.1/24", "dev", "wire2");
        ip("neigh", "add", "10.0.0.2", "lladdr", "02:00:00:00:00:09", "dev", "wire2");
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] payload = {1, 2, 3, 4, 5};
            socket.send(new DatagramPacket(payload, payload.length, InetAddress.getByName("10.0.0.2"), 9));
        }
        byte[] frame = next(atA);
        while (frame[12] != 8 || frame[13] != 0) {
            frame = next(atA);
        }
        // RFC 768: pseudo header (addresses, protocol, length), header and data sum to all ones.
        int sum = 17 + (frame.length - 34);
        for (int i = 26; i < frame.length; i++) {
            sum += (frame[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        assertThat((sum & 0xffff) + (sum >> 16)).isEqualTo(0xffff);
    }

    private void longFramesAreDropped() {
        long before = a.counters().snapshot().dropsOut();
        a.send(new byte[3000], 0, 3000);
        a.send(new byte[70000], 0, 70000);
        assertThat(a.counters().snapshot().dropsOut()).isEqualTo(before + 2);
    }

    private void jumboFramesStayInOrder() throws Exception {
        ip("link", "set", "wire1", "mtu", "9000");
        ip("link", "set", "wire2", "mtu", "9000");
        atA.clear();
        int[] lengths = {60, 9014, 2000, 2048, 2049, 60, 5000, 9014, 100};
        for (int length : lengths) {
            b.send(frame("8b5", length), 0, length);
        }
        for (int length : lengths) {
            assertThat(next(atA)).isEqualTo(frame("8b5", length));
        }
    }

    /** More than the ring has slots, in bursts as a port of a switch sends them. */
    private void manyFramesStayInOrder() throws Exception {
        for (int round = 0; round < 100; round++) {
            Burst burst = Burst.begin();
            for (int i = 0; i < 100; i++) {
                byte[] out = frame("8b5", i % 10 == 0 ? 3000 : 60);
                out[20] = (byte) round;
                out[21] = (byte) i;
                b.send(out, 0, out.length);
            }
            burst.end();
            for (int i = 0; i < 100; i++) {
                byte[] in = next(atA);
                assertThat(in).hasSize(i % 10 == 0 ? 3000 : 60);
                assertThat(in[20]).isEqualTo((byte) round);
                assertThat(in[21]).isEqualTo((byte) i);
            }
        }
    }

    /** UDP over IPv4 from so many source ports, all in turn; each port's datagrams are numbered. */
    private void flowsAreSharedOutAndStayInOrder() throws Exception {
        ip("link", "add", "wire1", "type", "veth", "peer", "name", "wire2");
        ip("link", "set", "wire1", "up");
        ip("link", "set", "wire2", "up");
        int flows = 64;
        int each = 200;
        Map<Integer, String> threads = new ConcurrentHashMap<>();
        Map<Integer, Integer> last = new ConcurrentHashMap<>();
        List<String> wrong = new CopyOnWriteArrayList<>();
        AtomicLong taken = new AtomicLong();
        LinuxPort shared = new LinuxPort(1, "wire1", 4);
        LinuxPort source = new LinuxPort(2, "wire2");
        shared.start((frame, offset, length) -> {
            int flow = frame[offset + 35];
            String thread = threads.computeIfAbsent(flow, key -> Thread.currentThread().getName());
            int number = (frame[offset + 42] & 0xff) << 8 | frame[offset + 43] & 0xff;
            Integer before = last.put(flow, number);
            if (!thread.equals(Thread.currentThread().getName()) || number != (before == null ? 0 : before + 1)) {
                wrong.add(number + " of flow " + flow + " after " + before + " at " + Thread.currentThread().getName());
            }
            taken.incrementAndGet();
        });
        source.start((frame, offset, length) -> { });
        byte[] datagram = HexFormat.of().parseHex("020000000001" + "020000000002" + "0800"
                + "4500002e00000000401100000a0000020a000001" + "00000009001a0000");
        long sent = 0;
        for (int number = 0; number < each; number++) {
            for (int flow = 0; flow < flows; flow++) {
                byte[] out = Arrays.copyOf(datagram, 60);
                out[35] = (byte) flow;
                out[42] = (byte) (number >> 8);
                out[43] = (byte) number;
                source.send(out, 0, out.length);
                sent++;
            }
            long all = sent;
            // No more at once than the rings hold.
            Await.until(() -> taken.get() == all);
        }
        assertThat(wrong).isEmpty();
        assertThat(last).hasSize(flows).allSatisfy((flow, number) -> assertThat(number).isEqualTo(each - 1));
        assertThat(Set.copyOf(threads.values())).as("threads that had flows").hasSizeGreaterThan(1);
        assertThat(source.counters().snapshot().framesOut()).isEqualTo(sent);
        shared.close();
        source.close();
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("softswitch")));
        assertThatThrownBy(() -> new LinuxPort(7, "nowhere", 2).start((frame, offset, length) -> { }))
                .hasMessage("port 7: there is no interface 'nowhere'");
    }

    private void missingInterfacesAreNamed() {
        assertThatThrownBy(() -> new LinuxPort(7, "nowhere").start((frame, offset, length) -> { }))
                .hasMessage("port 7: there is no interface 'nowhere'");
    }

    private void closesInTime() throws Exception {
        b.close();
        ip("link", "del", "wire1");
        a.close();
        a.send(new byte[60], 0, 60);
        a.close();
        Await.until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("softswitch")));
    }
}
