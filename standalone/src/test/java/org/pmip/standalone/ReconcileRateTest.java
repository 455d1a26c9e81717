// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.device.DeviceService;
import org.onosproject.store.service.StorageService;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.store.BindingStore;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.softswitch.SoftSwitch;

/**
 * How long it takes until a switch that has no session has them all. Prints figures and checks that it has, not how
 * soon: {@code bench/reconcile.sh}.
 */
class ReconcileRateTest {
    private static final int SESSIONS = Integer.getInteger("reconcile.sessions", 50_000);
    private static final int LIMIT_MINUTES = 20;
    private static final int GREATEST_PASSES = 10;
    private static final int WRITERS = 16;
    private static final long NEVER = 1L << 45;
    private static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address GATEWAY = Ip6Address.valueOf("2001:db8:0:11::1");

    @TempDir
    Path folder;

    @BeforeEach
    void assumptions() throws IOException {
        assumeTrue(Boolean.getBoolean("reconcile"), "measures for minutes: run bench/reconcile.sh");
        Bundles.assumePackaged();
    }

    @Test
    void softswitch() throws Exception {
        int port = Samples.freeTcp();
        measure("softswitch", port, () -> {
            SoftSwitch device = SoftSwitch.builder().deviceId(1).cpuPort(255).grpc("127.0.0.1:" + port).build();
            device.start();
            return device;
        });
    }

    @Test
    void bmv2() throws Exception {
        Optional<Path> bmv2 = Stream.of(System.getenv("PATH").split(":")).map(one ->
            Path.of(one, "simple_switch_grpc")).filter(Files::isExecutable).findFirst();
        assumeTrue(bmv2.isPresent(), "simple_switch_grpc (bmv2) is not on the PATH");
        int port = Samples.freeTcp();
        measure("bmv2", port, () -> {
            Process process = new ProcessBuilder(bmv2.get().toString(), "--no-p4", "--device-id", "1",
                "--thrift-port", Integer.toString(Samples.freeTcp()), "--", "--grpc-server-addr", "127.0.0.1:" + port,
                "--cpu-port", "255").redirectErrorStream(true).redirectOutput(folder.resolve("bmv2.log").toFile())
                .start();
            return () -> {
                process.destroy();
                process.waitFor(10, TimeUnit.SECONDS);
            };
        });
    }

    /** The switch comes, without any entry, when all sessions are in the store. */
    private static void measure(String name, int port, Callable<AutoCloseable> start) throws Exception {
        try (StandaloneHost host = StandaloneHost.builder().shareTypes().networkConfig(Samples.anchor(port)).start()) {
            LmaService lma = host.service(LmaService.class);
            long began = System.nanoTime();
            store(host);
            say(name, SESSIONS + " sessions stored", began);
            AutoCloseable device = start.call();
            try {
                DeviceService devices = host.service(DeviceService.class);
                DeviceId id = DeviceId.deviceId(Samples.DEVICE);
                until("the switch is there", () -> devices.isAvailable(id));
                began = System.nanoTime();
                until("the switch has what it should", lma::ready);
                say(name, SESSIONS + " sessions in a switch that came empty", began);
                // ONOS may have read the tables while they were written; that has to come to rest.
                int left = lma.reconcile().get(LIMIT_MINUTES, TimeUnit.MINUTES);
                for (int pass = 0; left > 0 && pass < GREATEST_PASSES; pass++) {
                    left = lma.reconcile().get(LIMIT_MINUTES, TimeUnit.MINUTES);
                }
                assertThat(left).isZero();
                began = System.nanoTime();
                assertThat(lma.reconcile().get(LIMIT_MINUTES, TimeUnit.MINUTES)).isZero();
                say(name, "compared, nothing to write", began);
            } finally {
                device.close();
            }
        }
    }

    private static void until(String what, BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.MINUTES.toNanos(LIMIT_MINUTES);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what).isLessThan(limit);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static void say(String name, String what, long began) {
        System.out.printf(Locale.ROOT, "reconcile: %s: %s: %.1f s%n", name, what, (System.nanoTime() - began) / 1e9);
    }

    private static void store(StandaloneHost host) throws Exception {
        BindingStore store = new BindingStore(host.service(StorageService.class),
            host.service(CoreService.class).getAppId("org.pmip"), (before, after) -> { });
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                int first = i;
                all.add(writers.submit(() -> {
                    for (int number = first; number < SESSIONS; number += WRITERS) {
                        MobileNodeRecord record = record(number);
                        assertThat(store.replace(store.read(record.mobileNode()), record)).isTrue();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get(LIMIT_MINUTES, TimeUnit.MINUTES);
            }
        } finally {
            writers.shutdownNow();
            store.close();
        }
    }

    private static MobileNodeRecord record(int number) {
        Ip6Prefix prefix = Ip6Prefix.valueOf(String.format("2001:db8:1%02x:%x::/64", number >> 16, number & 0xffff));
        return new MobileNodeRecord(MobileNodeIdentifier.ofNai("mn" + number + "@example.net"),
            List.of(BindingCacheEntry.builder().sessionId(number + 1).state(BindingCacheEntry.State.ACTIVE)
                .prefixes(List.of(prefix)).tunnel(GATEWAY, ANCHOR).lifetime(65_535).times(1, NEVER)
                .gre(GreMode.KEYS, number + 1, number + 1).build()));
    }
}
