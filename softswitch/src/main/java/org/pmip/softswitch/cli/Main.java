// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.p4runtime.P4InfoText;
import org.pmip.softswitch.pipeline.Pipeline;
import org.pmip.softswitch.port.PortCounters;
import org.pmip.softswitch.stf.StfRunner;
import p4.v1.P4RuntimeOuterClass.ForwardingPipelineConfig;

/**
 * Runs one switch until SIGTERM or SIGINT, or with {@code stf} first runs packet tests. Exit codes: 0 after a clean
 * stop or passed tests, 2 for what is wrong with the arguments, 1 for what cannot be opened or failed.
 */
public final class Main {
    private static final int USAGE = 2;

    private final PrintStream out;
    private final PrintStream err;

    private Main(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** See {@link Options#HELP}. */
    public static void main(String[] arguments) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "softswitch-stop"));
        int code = run(List.of(arguments), System.out, System.err, stop);
        stopped.countDown();
        if (stop.getCount() > 0) {
            System.exit(code);
        }
    }

    /** Runs a switch until the latch opens, or packet tests; returns the exit code. */
    static int run(List<String> arguments, PrintStream out, PrintStream err, CountDownLatch stop) {
        if (!arguments.isEmpty() && "stf".equals(arguments.get(0))) {
            return StfRunner.run(arguments.subList(1, arguments.size()), out, err);
        }
        return new Main(out, err).run(arguments, stop);
    }

    private int run(List<String> arguments, CountDownLatch stop) {
        Options options;
        SoftSwitch device;
        try {
            options = Options.parse(arguments);
            if (options.instead() != null) {
                out.println(options.instead());
                return 0;
            }
            device = options.build();
        } catch (IllegalArgumentException e) {
            return fail(USAGE, e.getMessage());
        }
        if (!options.passedOver().isEmpty()) {
            complain("no effect here: " + String.join(", ", options.passedOver()));
        }
        try (device; TraceLog log = log(options)) {
            trace(device, options, log);
            program(device, options);
            device.start();
            out.println("device " + Long.toUnsignedString(device.deviceId()) + " serves P4Runtime on "
                    + device.address());
            if (device.httpPort() >= 0) {
                out.println("counters on HTTP port " + device.httpPort());
            }
            device.ports().forEach(port -> out.println("port " + device.port(port)));
            replay(device, options);
            stop.await();
            device.close();
            device.counters().forEach(this::report);
            return 0;
        } catch (IllegalArgumentException e) {
            return fail(USAGE, e.getMessage());
        } catch (NoSuchFileException e) {
            return fail(USAGE, "there is no file '" + e.getFile() + "'");
        } catch (IOException e) {
            return fail(1, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private int fail(int code, String message) {
        complain(message);
        return code;
    }

    private void complain(String message) {
        err.println("softswitch: " + message.replace('\n', ' '));
    }

    private TraceLog log(Options options) throws IOException {
        return options.logFile() == null ? null
                : new TraceLog(options.logFile(), options.logFileOctets(), options.logFiles(), this::complain);
    }

    private void trace(SoftSwitch device, Options options, TraceLog log) {
        Pipeline.Trace console = (packet, step) -> out.println("[" + packet + "] " + step);
        if (options.logConsole() && log != null) {
            device.trace((packet, step) -> {
                console.step(packet, step);
                log.step(packet, step);
            });
        } else if (options.logConsole() || log != null) {
            device.trace(log == null ? console : log);
        }
    }

    private void program(SoftSwitch device, Options options) throws IOException {
        if (options.program() == null) {
            return;
        }
        byte[] json = Files.readAllBytes(options.program());
        try {
            if (options.p4Info() == null) {
                device.program(json);
            } else {
                device.program(ForwardingPipelineConfig.newBuilder()
                        .setP4Info(P4InfoText.parse(Files.readString(options.p4Info())))
                        .setP4DeviceConfig(ByteString.copyFrom(json)).build());
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(options.program() + ": " + e.getMessage(), e);
        }
    }

    private void replay(SoftSwitch device, Options options) {
        if (options.replaySeconds() >= 0) {
            CompletableFuture.delayedExecutor(options.replaySeconds(), TimeUnit.SECONDS).execute(() ->
                    device.replay().whenComplete((done, error) -> {
                        if (error != null) {
                            complain(String.valueOf(error.getMessage()));
                        }
                    }));
        }
    }

    private void report(int port, PortCounters.Snapshot counted) {
        out.println(String.format(Locale.ROOT,
                "port %d: in %d frames, %d octets, %d dropped; out %d frames, %d octets, %d dropped", port,
                counted.framesIn(), counted.octetsIn(), counted.dropsIn(), counted.framesOut(), counted.octetsOut(),
                counted.dropsOut()));
    }
}
