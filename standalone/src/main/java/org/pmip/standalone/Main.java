// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The command line of the host.
 *
 * <p>Exit codes: 0 after a stop on a signal, 1 when the start fails, 2 when the command line or the configuration
 * is wrong.
 */
public final class Main {
    static final int FAILED = 1;
    static final int WRONG = 2;

    private static final String USAGE = """
        usage: pmip run --config FILE [--log LEVEL] [--data DIR]

          --config FILE  network configuration of ONOS as JSON, with a section "standalone" for the host
          --log LEVEL    trace, debug, info, warn (default), error or off; written to the standard error
          --data DIR     keep the sessions in DIR, so that they survive a restart (default: forget them)
        """;

    private Main() {
    }

    /**
     * Runs the host until a signal stops it.
     *
     * @param args as in the usage
     */
    public static void main(String[] args) {
        if (args.length == 0 || List.of("help", "--help", "-h").contains(args[0])) {
            System.out.print(USAGE);
            return;
        }
        if (!"run".equals(args[0])) {
            wrong("unknown command " + args[0]);
        }
        Options options = options(Arrays.asList(args).subList(1, args.length));
        options.log().apply();
        // Loaded only now, because loggers take their level when they are made.
        System.exit(Run.start(options.config(), options.data()));
    }

    private record Options(Path config, Path data, LogLevel log) {
    }

    private static Options options(List<String> args) {
        Path config = null;
        Path data = null;
        LogLevel log = LogLevel.WARN;
        for (int i = 0; i < args.size(); i++) {
            String option = args.get(i);
            if (List.of("--help", "-h").contains(option)) {
                System.out.print(USAGE);
                System.exit(0);
            }
            if (!List.of("--config", "--log", "--data").contains(option)) {
                wrong("unknown option " + option);
            }
            if (++i == args.size()) {
                wrong(option + " needs a value");
            }
            String value = args.get(i);
            switch (option) {
                case "--config" -> config = Path.of(value);
                case "--data" -> data = Path.of(value);
                default -> log = LogLevel.of(value).orElseGet(() -> {
                    wrong("--log " + value + " is no level: choose one of " + LogLevel.names());
                    return LogLevel.WARN;
                });
            }
        }
        if (config == null) {
            wrong("--config FILE is missing");
        }
        return new Options(config, data, log);
    }

    private static void wrong(String text) {
        System.err.println("pmip: " + text + "; try pmip run --help");
        System.exit(WRONG);
    }
}
