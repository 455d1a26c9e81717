// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;
import org.pmip.standalone.LogLevel;
import org.pmip.standalone.p4runtime.TargetAddress;

/**
 * The command line of the demonstration.
 *
 * <p>Exit codes: 0 when everything came true, 1 when something did not, 2 when the command line is wrong.
 */
public final class Main {

    private static final String USAGE = """
        usage: pmip demo [--keep] [--pcap DIR] [--log LEVEL] [--target ADDRESS --links MAG1,MAG2,CN]

          --keep            leave everything running at the end, until Ctrl-C
          --pcap DIR        where the captures go (default: captures)
          --log LEVEL       trace, debug, info, warn (default), error or off; written to the standard error
          --target ADDRESS  a P4Runtime target instead of the switch in this process, for example
                            grpc://127.0.0.1:50051?device_id=1
          --links A,B,C     the far ends of the target's ports 1, 2 and 3: names of interfaces
        """;
    private static final long START_MILLIS = 15_000;
    private static final long CLOSE_SECONDS = 5;

    private Main() {
    }

    record Options(boolean keep, String pcap, String target, List<String> links, LogLevel log) {
    }

    /**
     * Shows the demonstration.
     *
     * @param args as in the usage
     */
    public static void main(String[] args) throws Exception {
        Options options = options(Arrays.asList(args));
        // Before the first logger is made; the story is told by the printer alone.
        options.log().apply();
        Printer printer = new Printer(System.out);
        int code;
        try {
            code = show(options, printer);
        } catch (IOException | BundleException | IllegalStateException e) {
            System.err.println("pmip: the demonstration broke off: " + e.getMessage());
            code = 1;
        }
        System.out.flush();
        // Threads of the network libraries may linger; everything of ours has been closed.
        System.exit(code);
    }

    static int show(Options options, Printer printer)
            throws IOException, BundleException, InterruptedException {
        List<AutoCloseable> open = new ArrayList<>();
        CountDownLatch closed = new CountDownLatch(1);
        try {
            printer.topology();
            printer.say("starting the switch, the application and three neighbours");
            Bench bench = Bench.start(options.target(), options.links(), options.pcap(), open);
            AnchorView anchor = new AnchorView(bench.host());
            if (!anchor.await(now -> now.get("ready").asBoolean(), START_MILLIS)) {
                throw new IOException("the switch did not take the configuration within " + START_MILLIS + " ms");
            }
            printer.say("the anchor is ready; %s", bench.describe());
            new Story(anchor, bench.gateway1(), bench.gateway2(), bench.correspondent(), printer).tell();
            if (options.keep()) {
                printer.say("left running; stop with Ctrl-C");
                untilSignal(closed);
            }
        } finally {
            close(open);
            closed.countDown();
        }
        if (options.target() == null) {
            printer.say("captures of the switch's ports are in %s, they open in Wireshark", options.pcap());
        }
        if (printer.failures().isEmpty()) {
            printer.say("everything came true");
            return 0;
        }
        printer.say("%d things did not come true:", printer.failures().size());
        printer.failures().forEach(text -> printer.say("  %s", text));
        return 1;
    }

    /** Waits for a signal; the JVM then ends only when everything has been closed, so that captures are whole. */
    private static void untilSignal(CountDownLatch closed) throws InterruptedException {
        CountDownLatch signal = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            signal.countDown();
            try {
                closed.await(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "demo-stop"));
        signal.await();
    }

    private static void close(List<AutoCloseable> open) {
        for (int i = open.size() - 1; i >= 0; i--) {
            try {
                open.get(i).close();
            } catch (Exception e) {
                System.err.println("pmip: at the end: " + e.getMessage());
            }
        }
    }

    private static Options options(List<String> args) {
        boolean keep = false;
        String pcap = "captures";
        String target = null;
        List<String> links = List.of();
        LogLevel log = LogLevel.WARN;
        for (int i = 0; i < args.size(); i++) {
            String option = args.get(i);
            if (option.equals("--help") || option.equals("-h")) {
                System.out.print(USAGE);
                System.exit(0);
            } else if (option.equals("--keep")) {
                keep = true;
                continue;
            } else if (!List.of("--pcap", "--target", "--links", "--log").contains(option)) {
                wrong("unknown option " + option);
            }
            if (++i == args.size()) {
                wrong(option + " needs a value");
            }
            switch (option) {
                case "--pcap" -> pcap = args.get(i);
                case "--target" -> target = args.get(i);
                case "--log" -> log = level(args.get(i));
                default -> links = List.of(args.get(i).split(","));
            }
        }
        if ((target != null) != (links.size() == 3)) {
            wrong("--target and --links with three names go together");
        }
        if (target != null) {
            check(target);
        }
        return new Options(keep, pcap, target, links, log);
    }

    private static void check(String target) {
        try {
            TargetAddress.parse(target);
        } catch (IllegalArgumentException e) {
            wrong("--target " + target + " " + e.getMessage());
        }
    }

    private static LogLevel level(String name) {
        return LogLevel.of(name).orElseGet(() -> {
            wrong("--log " + name + " is no level: choose one of " + LogLevel.names());
            return LogLevel.WARN;
        });
    }

    private static void wrong(String text) {
        System.err.println("pmip: " + text + "; try pmip demo --help");
        System.exit(2);
    }
}
