// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.pmip.standalone.ClusterLoad.Wish;

/**
 * How many requests a second are answered, with the entries in the switch before each answer, and how long one takes
 * when they come at a steady rate. Prints figures and checks the answers, not the figures: {@code bench/signalling.sh}.
 */
class SignallingRateTest {
    private static final int NODES = Integer.getInteger("signalling.nodes", 10_000);
    private static final int RATE = Integer.getInteger("signalling.rate", 1_000);
    private static final int SECONDS = Integer.getInteger("signalling.seconds", 20);
    private static final int WINDOW = Integer.getInteger("signalling.window", 64);
    private static final long PATIENCE_MILLIS = 600_000;
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
            measure("one controller", domain);
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
            for (MemberProcess member : members) {
                assertThat(member.awaitStart()).isTrue();
            }
            measure("three members", domain);
        } finally {
            for (MemberProcess member : members) {
                member.close();
            }
        }
    }

    private static void measure(String name, ClusterDomain domain) throws IOException, InterruptedException {
        ClusterLoad load = new ClusterLoad(domain, 1, NODES);
        // The first ones show that it is there and warm it up; they are measured with the rest all the same.
        say(name, "attachments, " + WINDOW + " under way", load.pump(Wish.ATTACH, WINDOW, PATIENCE_MILLIS));
        say(name, "handoffs, " + WINDOW + " under way", load.pump(Wish.MOVE, WINDOW, PATIENCE_MILLIS));
        load.mark();
        load.pace(Wish.EXTEND, RATE, SECONDS * 1_000L);
        load.settle(PATIENCE_MILLIS);
        say(name, "extension", load.micros(Wish.EXTEND));
        load.mark();
        load.pace(Wish.MOVE, RATE, SECONDS * 1_000L);
        load.settle(PATIENCE_MILLIS);
        say(name, "handoff", load.micros(Wish.MOVE));
        say(name, "de-registrations, " + WINDOW + " under way", load.pump(Wish.LEAVE, WINDOW, PATIENCE_MILLIS));
        assertThat(load.contradictions()).isEmpty();
    }

    private static void say(String name, String what, double rate) {
        System.out.printf(Locale.ROOT, "signalling: %s, %s: %.0f a second%n", name, what, rate);
    }

    private static void say(String name, String what, List<Long> micros) {
        List<Long> sorted = micros.stream().sorted().toList();
        System.out.printf(Locale.ROOT, "signalling: %s, %s at %d a second: %d answered, median %.1f ms, "
            + "99th percentile %.1f ms%n", name, what, RATE, sorted.size(), sorted.get(sorted.size() / 2) / 1e3,
            sorted.get(sorted.size() * 99 / 100) / 1e3);
    }
}
