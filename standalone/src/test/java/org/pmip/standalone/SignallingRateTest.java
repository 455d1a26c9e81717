// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.pmip.standalone.ClusterLoad.Wish;

/**
 * How many requests a second are answered, with the entries in the switch before each answer, how long one takes when
 * they come at a steady rate, and how much processor time: at first, and when all is warm. Prints figures and checks
 * the answers, not the figures: {@code bench/signalling.sh}.
 */
class SignallingRateTest {
    private static final int NODES = Integer.getInteger("signalling.nodes", 10_000);
    private static final int RATE = Integer.getInteger("signalling.rate", 1_000);
    private static final int SECONDS = Integer.getInteger("signalling.seconds", 20);
    private static final int WINDOW = Integer.getInteger("signalling.window", 64);
    private static final long PATIENCE_MILLIS = 600_000;
    private static final LongSupplier OWN = () ->
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    private static final String POOL = "2001:db8:100::/40";

    @TempDir
    Path folder;

    @BeforeEach
    void assumptions() throws IOException {
        assumeTrue(Boolean.getBoolean("signalling"), "measures for minutes: run bench/signalling.sh");
        Bundles.assumePackaged();
    }

    @Test
    void oneControllerWithTheSwitchInItsProcess() throws Exception {
        try (ClusterDomain domain = new ClusterDomain("127.0.0.1:0");
             StandaloneHost host = StandaloneHost.builder().networkConfig(new ObjectMapper().readTree(
                 domain.configuration(folder, POOL).toFile())).start()) {
            Await.until("device ready", () ->
                host.service(DeviceService.class).isAvailable(DeviceId.deviceId(Samples.DEVICE)));
            measure("one controller", domain, List.of(new Share("controller, switch and load", OWN)));
        }
    }

    @Test
    void threeMembersOnAtomix() throws Exception {
        List<Integer> ports = List.of(Samples.freeTcp(), Samples.freeTcp(), Samples.freeTcp());
        List<MemberProcess> members = new ArrayList<>();
        try (ClusterDomain domain = new ClusterDomain("127.0.0.1:0")) {
            Path configuration = domain.configuration(folder, POOL);
            for (int i = 0; i < ports.size(); i++) {
                members.add(MemberProcess.launch(i, ports, folder, configuration, MemberProcess.LARGE));
            }
            List<Share> shares = new ArrayList<>(List.of(new Share("switch and load", OWN)));
            for (MemberProcess member : members) {
                assertThat(member.awaitStart()).isTrue();
                shares.add(new Share("member", member::processorNanos));
            }
            measure("three members", domain, shares);
        } finally {
            for (MemberProcess member : members) {
                member.close();
            }
        }
    }

    private static void measure(String name, ClusterDomain domain, List<Share> shares) throws Exception {
        ClusterLoad load = new ClusterLoad(domain, 1, NODES);
        Table table = new Table(name, shares);
        // The first ones show that it is there and warm it up, and cost what a start costs.
        pump(table, load, Wish.ATTACH, "first attachments");
        pump(table, load, Wish.MOVE, "first handoffs");
        pump(table, load, Wish.LEAVE, "first de-registrations");
        // A node that comes back while its session waits for its end would get that again.
        Await.until("the sessions are gone", () -> domain.entries().get("uplink_sessions") == 0);
        pump(table, load, Wish.ATTACH, "attachments");
        pump(table, load, Wish.EXTEND, "extensions");
        pump(table, load, Wish.MOVE, "handoffs");
        pace(table, load, Wish.EXTEND, "extensions");
        pace(table, load, Wish.MOVE, "handoffs");
        pump(table, load, Wish.LEAVE, "de-registrations");
        assertThat(load.contradictions()).isEmpty();
    }

    private static void pump(Table table, ClusterLoad load, Wish wish, String what)
        throws IOException, InterruptedException {
        table.begin();
        double rate = load.pump(wish, WINDOW, PATIENCE_MILLIS);
        table.end(String.format(Locale.ROOT, "%s, %d under way: %.0f a second", what, WINDOW, rate), NODES);
    }

    private static void pace(Table table, ClusterLoad load, Wish wish, String what)
        throws IOException, InterruptedException {
        load.mark();
        table.begin();
        load.pace(wish, RATE, SECONDS * 1_000L);
        load.settle(PATIENCE_MILLIS);
        List<Long> sorted = load.micros(wish).stream().sorted().toList();
        table.end(String.format(Locale.ROOT, "%s at %d a second: %d answered, median %.1f ms, 99th percentile %.1f ms, "
            + "longest %.1f ms", what, RATE, sorted.size(), sorted.get(sorted.size() / 2) / 1e3,
            sorted.get(sorted.size() * 99 / 100) / 1e3, sorted.get(sorted.size() - 1) / 1e3), sorted.size());
    }

    /** Processor time of a part of what takes part, in nanoseconds since its start. */
    private record Share(String name, LongSupplier nanos) {
    }

    /** What is printed: figures of rates mean little on a machine that others use, processor time a request does. */
    private static final class Table {
        private final String name;
        private final List<Share> shares;
        private long[] before;

        Table(String name, List<Share> shares) {
            this.name = name;
            this.shares = shares;
        }

        void begin() {
            before = now();
        }

        private long[] now() {
            return shares.stream().mapToLong(share -> share.nanos().getAsLong()).toArray();
        }

        void end(String what, int requests) {
            long[] after = now();
            StringJoiner each = new StringJoiner(", ");
            for (int i = 0; i < before.length; i++) {
                each.add(String.format(Locale.ROOT, "%s %.2f ms", shares.get(i).name(),
                    (after[i] - before[i]) / 1e6 / requests));
            }
            System.out.printf("signalling: %s, %s; processor time of each: %s%n", name, what, each);
        }
    }
}
