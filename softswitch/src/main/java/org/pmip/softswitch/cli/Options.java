// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.port.LinuxPort;

/**
 * What the command line says. In shape it is that of simple_switch_grpc: general options, {@code --}, target options.
 */
final class Options {
    static final String HELP = String.join("\n",
            "usage: softswitch [FILE.json | --no-p4] [options] [-- target options]",
            "       softswitch stf ...      run packet tests (softswitch stf --help)",
            "",
            "  FILE.json               run this program of p4c-bm2-ss at once",
            "  --no-p4                 wait for a controller to set the program (as without FILE)",
            "  --p4info FILE           P4Info of FILE.json (text form), so that controllers can write at once",
            "  --device-id N           id of the device for controllers (0)",
            "  -i, --interface P@SPEC  port P is ...",
            "       1@veth0              a Linux interface (needs root)",
            "       1@udp:127.0.0.1:5001/127.0.0.1:6001",
            "                            two UDP sockets on loopback, one frame a datagram",
            "       1@pcap:IN,OUT        capture files; either may be left out",
            "  --port-threads N        threads for each Linux interface; a flow stays with one of them (1)",
            "  --use-files SECONDS     when to let in what the IN files hold (at once with FILE.json)",
            "  --pcap [DIR]            write a capture of every port into DIR (.)",
            "  --http [A:]P            serve a page of counters, on loopback unless A is given (none)",
            "  --log-console           print every step of every packet",
            "  --log-file NAME         write every step of every packet into NAME.txt",
            "  --log-file-max-size N   octets after which it becomes NAME.1.txt (5242880)",
            "  --log-file-max-files N  how many such older files are kept (3)",
            "  -L, --log-level LEVEL   trace and debug: steps as above; info, warn, error, off: none (trace)",
            "  -v, --version           print the version",
            "  --json-version          print up to which version the format of FILE.json is known",
            "  -h, --help              this text",
            "",
            "target options, after --:",
            "  --grpc-server-addr A:P  where P4Runtime is served (127.0.0.1:9559)",
            "  --cpu-port N            port behind which the controllers are (none)",
            "",
            "Options of simple_switch_grpc for what is not here, as --thrift-port, are passed over, and said.");

    private static final String JSON_VERSION = "2.23";
    private static final int DROP_PORT = 511;
    private static final int MOST_NUMBER = 999_999_999;
    /** What tells simple_switch_grpc about servers, queues and files that this switch has not; with a value or not. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("--thrift-port", "--nanolog", "--notifications-addr",
            "--max-port-count", "--dump-packet-data");
    private static final Set<String> TARGET_WITHOUT_EFFECT = Set.of("--priority-queues");
    private static final Set<String> FLAGS_WITHOUT_EFFECT = Set.of("--debugger", "--disable-swap");

    private static final String DEFAULT_ADDRESS = "127.0.0.1:9559";

    private final SoftSwitchBuilder builder = SoftSwitch.builder().deviceId(0).grpc(DEFAULT_ADDRESS);
    private boolean help;
    private boolean noP4;
    private boolean version;
    private boolean jsonVersion;
    private boolean logConsole;
    private boolean steps = true;
    private String logFile;
    private int logFileOctets = 5 << 20;
    private int logFiles = 3;
    private final Set<String> passedOver = new TreeSet<>();
    private Path program;
    private Path p4Info;
    private int useFilesSeconds = -1;

    private Options() {
    }

    /**
     * Reads the arguments.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    static Options parse(List<String> arguments) {
        Options options = new Options();
        Deque<String> rest = new ArrayDeque<>(arguments);
        boolean target = false;
        while (!rest.isEmpty() && options.instead() == null) {
            String argument = rest.remove();
            String value = null;
            int equals = argument.indexOf('=');
            if (argument.length() > 2 && argument.matches("-[iL].*")) {
                value = argument.substring(2);
                argument = argument.substring(0, 2);
            } else if (argument.startsWith("--") && equals > 0) {
                value = argument.substring(equals + 1);
                argument = argument.substring(0, equals);
            }
            if (!target && "--".equals(argument)) {
                target = true;
            } else if (target) {
                options.target(argument, value, rest);
            } else {
                options.general(argument, value, rest);
            }
        }
        options.check();
        return options;
    }

    private void general(String argument, String value, Deque<String> rest) {
        switch (argument) {
            case "-h", "--help" -> help = flag(argument, value);
            case "--no-p4" -> noP4 = flag(argument, value);
            case "-v", "--version" -> version = flag(argument, value);
            case "--json-version" -> jsonVersion = flag(argument, value);
            case "--log-console" -> logConsole = flag(argument, value);
            case "--log-flush" -> flag(argument, value);
            case "--log-file" -> logFile = value(argument, value, rest);
            case "--log-file-max-size" -> logFileOctets = Math.max(1,
                    number(argument, value(argument, value, rest), MOST_NUMBER));
            case "--log-file-max-files" -> logFiles = number(argument, value(argument, value, rest), 1000);
            case "-L", "--log-level" -> steps = steps(argument, value(argument, value, rest));
            case "--device-id" -> builder.deviceId(deviceId(value(argument, value, rest)));
            case "-i", "--interface" -> builder.port(value(argument, value, rest));
            case "--port-threads" -> builder.portThreads(number(argument, value(argument, value, rest),
                    LinuxPort.MOST_THREADS));
            case "--pcap" -> builder.captures(Path.of(directory(value, rest)));
            case "--http" -> address(argument, builder::http, value(argument, value, rest));
            case "--p4info" -> p4Info = Path.of(value(argument, value, rest));
            case "--use-files" -> useFilesSeconds = number(argument, value(argument, value, rest), 86400);
            default -> {
                if (passedOver(argument, value, rest, WITHOUT_EFFECT)) {
                    return;
                }
                if (argument.startsWith("-")) {
                    throw unknown(argument, "--grpc-server-addr".equals(argument) || "--cpu-port".equals(argument)
                            ? ": it belongs after --" : "");
                }
                if (program != null) {
                    throw new IllegalArgumentException("two programs are given, '" + program + "' and '" + argument
                            + "'");
                }
                program = Path.of(argument);
            }
        }
    }

    /** Sets an address; the builder does not know by which option it was given. */
    private static void address(String argument, Consumer<String> setter, String text) {
        try {
            setter.accept(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(argument + ": " + e.getMessage(), e);
        }
    }

    private void target(String argument, String value, Deque<String> rest) {
        switch (argument) {
            case "--grpc-server-addr" -> address(argument, builder::grpc, value(argument, value, rest));
            case "--cpu-port" -> builder.cpuPort(number(argument, value(argument, value, rest), 0xffff));
            case "-h", "--help" -> help = flag(argument, value);
            case "--drop-port" -> {
                if (number(argument, value(argument, value, rest), DROP_PORT) != DROP_PORT) {
                    throw new IllegalArgumentException("--drop-port: the port of this switch that drops is "
                            + DROP_PORT);
                }
            }
            default -> {
                if (!passedOver(argument, value, rest, TARGET_WITHOUT_EFFECT)) {
                    throw unknown(argument, " after --");
                }
            }
        }
    }

    /** Whether it is an option for what this switch has not. */
    private boolean passedOver(String argument, String value, Deque<String> rest, Set<String> withValue) {
        if (withValue.contains(argument)) {
            value(argument, value, rest);
        } else if (FLAGS_WITHOUT_EFFECT.contains(argument)) {
            flag(argument, value);
        } else {
            return false;
        }
        passedOver.add(argument);
        return true;
    }

    private static boolean steps(String argument, String level) {
        return switch (level) {
            case "trace", "debug" -> true;
            case "info", "warn", "error", "off" -> false;
            default -> throw new IllegalArgumentException(argument + ": '" + level
                    + "' is not one of trace, debug, info, warn, error, off");
        };
    }

    /** The value that --pcap may have. */
    private static String directory(String given, Deque<String> rest) {
        if (given != null) {
            return given;
        }
        String next = rest.peek();
        return next == null || next.startsWith("-") || next.endsWith(".json") ? "." : rest.remove();
    }

    private static IllegalArgumentException unknown(String argument, String more) {
        return new IllegalArgumentException("unknown option '" + argument + "'" + more + " (--help lists all)");
    }

    private static boolean flag(String argument, String value) {
        if (value != null) {
            throw new IllegalArgumentException(argument + " takes no value");
        }
        return true;
    }

    private static String value(String argument, String given, Deque<String> rest) {
        String value = given != null ? given : rest.poll();
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(argument + " needs a value");
        }
        return value;
    }

    private static int number(String argument, String value, int most) {
        if (value.matches("[0-9]{1,9}") && Integer.parseInt(value) <= most) {
            return Integer.parseInt(value);
        }
        throw new IllegalArgumentException(argument + ": '" + value + "' is not a number from 0 to " + most);
    }

    private static long deviceId(String value) {
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--device-id: '" + value + "' is not a number", e);
        }
    }

    private void check() {
        if (noP4 && program != null) {
            throw new IllegalArgumentException("'" + program + "' and --no-p4 exclude each other");
        }
        if (p4Info != null && program == null) {
            throw new IllegalArgumentException("--p4info needs the program it belongs to: give FILE.json too");
        }
    }

    /** What to print in place of running a switch, or null. */
    String instead() {
        if (help) {
            return HELP;
        }
        String own = Options.class.getPackage().getImplementationVersion();
        return version ? "softswitch " + (own == null ? "(not packaged)" : own) : jsonVersion ? JSON_VERSION : null;
    }

    boolean logConsole() {
        return logConsole && steps;
    }

    /** Where the steps of packets go, without the ending; null for nowhere. */
    String logFile() {
        return steps ? logFile : null;
    }

    int logFileOctets() {
        return logFileOctets;
    }

    int logFiles() {
        return logFiles;
    }

    /** Options given that have no effect here. */
    Set<String> passedOver() {
        return passedOver;
    }

    /** The program to be run at once, or null. */
    Path program() {
        return program;
    }

    /** Its P4Info, or null. */
    Path p4Info() {
        return p4Info;
    }

    /** Seconds until capture files are let in; -1 for never. */
    int replaySeconds() {
        return useFilesSeconds >= 0 || program == null ? useFilesSeconds : 0;
    }

    /** The switch as described, not started. */
    SoftSwitch build() {
        return builder.build();
    }
}
