// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.differential;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.pmip.softswitch.Await;
import org.pmip.softswitch.p4runtime.Client;
import org.pmip.softswitch.p4runtime.Device;
import org.pmip.softswitch.p4runtime.P4InfoText;
import org.pmip.softswitch.p4runtime.P4RuntimeServer;
import org.pmip.softswitch.port.LinuxPort;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Gives the same entities and packets, drawn at random, to this switch and to simple_switch_grpc, and says where they
 * differ. To be run as root in a network namespace of its own: SEED PACKETS PROGRAM.json P4INFO ...
 */
public final class DifferentialProbe {
    private static final int PORTS = 4;
    private static final int ETHERNET_OCTETS = 14;
    private static final int BMV2_GRPC = 50451;
    private static final int MOST_SHOWN = 12;
    /** How long bmv2 may take for what this switch has sent already. */
    private static final long PATIENCE_SECONDS = 2;
    private static final long QUIET_MILLIS = 300;
    /** Between packets that do not come out, lest they overflow bmv2's queue. */
    private static final long PAUSE_MILLIS = 4;

    private final List<String> differences = new ArrayList<>();
    private final BlockingQueue<String> theirs = new LinkedBlockingQueue<>();
    private final List<String> ours = new ArrayList<>();
    private final List<LinuxPort> wires = new ArrayList<>();
    private final long seed;
    private final int packets;
    private int accepted;
    private int forwarded;
    private int counted;
    private Path said;

    private DifferentialProbe(long seed, int packets) {
        this.seed = seed;
        this.packets = packets;
    }

    /** Runs the programs one after the other; ends with "all the same" if they were. */
    public static void main(String[] arguments) throws Exception {
        ip("link", "set", "lo", "up");
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/all/disable_ipv6"), "1");
        Files.writeString(Path.of("/proc/sys/net/ipv6/conf/default/disable_ipv6"), "1");
        boolean same = true;
        for (int i = 2; i + 1 < arguments.length; i += 2) {
            DifferentialProbe probe = new DifferentialProbe(Long.parseLong(arguments[0]),
                    Integer.parseInt(arguments[1]));
            probe.run(Path.of(arguments[i]), Path.of(arguments[i + 1]));
            same &= probe.differences.isEmpty();
            System.out.println(Path.of(arguments[i]).getFileName() + ": " + probe.accepted + " entities, "
                    + probe.packets + " packets in, " + probe.forwarded + " out, " + probe.counted
                    + " cells counted, " + probe.differences.size() + " differences");
            probe.differences.stream().limit(MOST_SHOWN).forEach(System.out::println);
        }
        System.out.println(same ? "all the same" : "not the same");
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    private void run(Path json, Path info) throws Exception {
        List<String> command = new ArrayList<>(List.of("simple_switch_grpc", "--no-p4", "--device-id", "1"));
        for (int port = 0; port <= PORTS; port++) {
            ip("link", "add", "s" + port, "mtu", "9000", "type", "veth", "peer", "name", "p" + port, "mtu", "9000");
            ip("link", "set", "s" + port, "up");
            ip("link", "set", "p" + port, "up");
            command.addAll(List.of("-i", port + "@s" + port));
        }
        command.addAll(List.of("--", "--grpc-server-addr", "127.0.0.1:" + BMV2_GRPC));
        said = Files.createTempFile("bmv2", ".txt");
        Process bmv2 = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        Device device = new Device(1, -1, (port, frame, offset, length) ->
                ours.add(shown(port, frame, offset, length)), timer);
        P4RuntimeServer server = new P4RuntimeServer(device, new InetSocketAddress("127.0.0.1", 0));
        try (Client us = new Client("127.0.0.1:" + server.port(), 1, 1);
                Client them = new Client("127.0.0.1:" + BMV2_GRPC, 1, 1)) {
            for (int port = 0; port <= PORTS; port++) {
                int number = port;
                LinuxPort wire = new LinuxPort(port, "p" + port);
                wire.start((frame, offset, length) -> theirs.add(shown(number, frame, offset, length)));
                wires.add(wire);
            }
            us.primary();
            Await.until(() -> listens(bmv2));
            them.primary();
            compare(json, info, device, us, them, bmv2);
        } finally {
            wires.forEach(LinuxPort::close);
            server.close();
            timer.shutdownNow();
            bmv2.destroy();
            bmv2.waitFor(5, TimeUnit.SECONDS);
            bmv2.destroyForcibly();
            Files.delete(said);
            for (int port = 0; port <= PORTS; port++) {
                ip("link", "del", "s" + port);
            }
        }
    }

    private static boolean listens(Process bmv2) {
        if (!bmv2.isAlive()) {
            throw new IllegalStateException("simple_switch_grpc has ended");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", BMV2_GRPC), 100);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Frames to ports that neither switch has count for neither, nor those that no Linux interface takes. */
    private static String shown(int port, byte[] frame, int offset, int length) {
        return port < 0 || port > PORTS || length < ETHERNET_OCTETS ? "" : port + " "
                + HexFormat.of().formatHex(frame, offset, offset + Math.min(length, frame.length - offset));
    }

    private void compare(Path json, Path info, Device device, Client us, Client them, Process bmv2)
            throws Exception {
        P4Info described = P4InfoText.parse(Files.readString(info));
        ForwardingPipelineConfig config = ForwardingPipelineConfig.newBuilder().setP4Info(described)
                .setP4DeviceConfig(ByteString.copyFrom(Files.readAllBytes(json))).build();
        String ourAnswer = set(us, config);
        String theirAnswer = set(them, config);
        if (!ourAnswer.isEmpty() || !theirAnswer.isEmpty()) {
            if (ourAnswer.isEmpty() != theirAnswer.isEmpty()) {
                differences.add("  pipeline: ours '" + ourAnswer + "', theirs '" + theirAnswer + "'");
            }
            return;
        }
        run(described, json, device, us, them, bmv2);
    }

    /** Sets the program; says why it was refused, or nothing. */
    private static String set(Client client, ForwardingPipelineConfig config) {
        try {
            client.set(config);
            return "";
        } catch (StatusRuntimeException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void run(P4Info described, Path json, Device device, Client us, Client them, Process bmv2)
            throws Exception {
        Pool pool = new Pool(new Random(seed));
        PacketMaker maker = new PacketMaker(new ObjectMapper().readTree(Files.readString(json,
                StandardCharsets.UTF_8)), described, pool);
        for (Update update : new EntityMaker(described, pool, PORTS).make()) {
            String ourAnswer = us.outcome(update);
            String theirAnswer = them.outcome(update);
            if (ourAnswer.isEmpty() != theirAnswer.isEmpty()) {
                differences.add("  update: ours '" + ourAnswer + "', theirs '" + theirAnswer + "' for\n" + update);
            } else if (ourAnswer.isEmpty()) {
                accepted++;
                maker.entry(update.getEntity().getTableEntry());
            }
        }
        for (int i = 0; i < packets && differences.size() < MOST_SHOWN && bmv2.isAlive(); i++) {
            packet(device, maker.make(), 1 + pool.random().nextInt(PORTS));
        }
        String late = theirs.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        if (late != null) {
            differences.add("  bmv2 alone sent " + late + " late");
        }
        if (!bmv2.isAlive()) {
            List<String> lines = Files.readAllLines(said, StandardCharsets.ISO_8859_1);
            differences.add("  simple_switch_grpc has ended with exit code " + bmv2.exitValue() + ", its last words: "
                    + (lines.isEmpty() ? "none" : lines.get(lines.size() - 1)));
        } else if (differences.isEmpty()) {
            counters(described, us, them);
        }
    }

    /** What was counted tells what became of packets that did not leave. */
    private void counters(P4Info described, Client us, Client them) {
        List<Entity> patterns = new ArrayList<>();
        for (P4InfoOuterClass.DirectCounter counter : described.getDirectCountersList()) {
            patterns.add(Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                    .setTableEntry(TableEntry.newBuilder().setTableId(counter.getDirectTableId()))).build());
        }
        for (P4InfoOuterClass.Counter counter : described.getCountersList()) {
            patterns.add(Entity.newBuilder().setCounterEntry(CounterEntry.newBuilder()
                    .setCounterId(counter.getPreamble().getId())).build());
        }
        for (Entity pattern : patterns) {
            List<String> ourCells = cells(us.read(pattern));
            List<String> theirCells = cells(them.read(pattern));
            // Nobody tells when bmv2 is through with packets that it drops.
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!Set.copyOf(theirCells).equals(Set.copyOf(ourCells)) && System.nanoTime() < end) {
                theirCells = cells(them.read(pattern));
            }
            counted += ourCells.size();
            List<String> only = new ArrayList<>(ourCells);
            only.removeAll(theirCells);
            only.forEach(cell -> differences.add("  counted here only: " + cell));
            theirCells.removeAll(ourCells);
            theirCells.forEach(cell -> differences.add("  counted there only: " + cell));
        }
    }

    /** Cells that are not 0; which of packets and octets count is the program's choice, and only we hide the other. */
    private static List<String> cells(List<Entity> read) {
        List<String> cells = new ArrayList<>();
        for (Entity entity : read) {
            CounterData data = entity.hasCounterEntry() ? entity.getCounterEntry().getData()
                    : entity.getDirectCounterEntry().getData();
            if (data.getPacketCount() != 0) {
                cells.add((entity.hasCounterEntry() ? entity.getCounterEntry().toString()
                        : entity.getDirectCounterEntry().toString()).replaceAll("\\s+", " "));
            }
        }
        return cells;
    }

    private void packet(Device device, byte[] frame, int port) throws InterruptedException {
        ours.clear();
        device.receive(port, frame, 0, frame.length);
        ours.removeIf(String::isEmpty);
        forwarded += ours.size();
        wires.get(port).send(frame, 0, frame.length);
        List<String> got = new ArrayList<>();
        while (got.size() < ours.size()) {
            String one = theirs.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (one == null) {
                break;
            }
            got.add(one);
        }
        if (ours.isEmpty()) {
            String one = theirs.poll(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            if (one != null) {
                got.add(one);
            }
        }
        List<String> expected = new ArrayList<>(ours);
        String[] sorted = got.toArray(new String[0]);
        Arrays.sort(sorted);
        expected.sort(null);
        if (!expected.equals(Arrays.asList(sorted))) {
            differences.add("  in " + port + " " + HexFormat.of().formatHex(frame) + "\n    ours   " + expected
                    + "\n    theirs " + Arrays.toString(sorted));
            // What comes late belongs to this packet, not to the next.
            String more = theirs.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            while (more != null) {
                differences.add("    and    " + more);
                more = theirs.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
