// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * How much the host says on the standard error. What the application and the host have to say goes by the level;
 * ONOS, the store and gRPC, which tell of each of their steps, are one step more silent. Immutable, safe for use by
 * many threads.
 */
public enum LogLevel {
    TRACE, DEBUG, INFO, WARN, ERROR, OFF;

    private static final String SIMPLE = "org.slf4j.simpleLogger.";
    /** The logging of gRPC; held, because the JDK forgets the level of a logger that nobody holds. */
    private static final Logger GRPC = Logger.getLogger("io.grpc");

    /** The level of that name, in small letters. */
    public static Optional<LogLevel> of(String name) {
        return Arrays.stream(values()).filter(level -> level.lower().equals(name)).findFirst();
    }

    /** All names, for people. */
    public static String names() {
        return Arrays.stream(values()).map(LogLevel::lower).collect(Collectors.joining(", "));
    }

    private String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    private LogLevel quieter() {
        return this == OFF ? OFF : values()[ordinal() + 1];
    }

    /** Sets the level of all loggers that are made from now on. */
    public void apply() {
        System.setProperty(SIMPLE + "defaultLogLevel", quieter().lower());
        System.setProperty(SIMPLE + "log.org.pmip", lower());
        System.setProperty(SIMPLE + "showDateTime", "true");
        System.setProperty(SIMPLE + "dateTimeFormat", "HH:mm:ss.SSS");
        System.setProperty(SIMPLE + "showShortLogName", "true");
        GRPC.setLevel(this == TRACE ? Level.FINE : this == OFF ? Level.OFF : Level.SEVERE);
    }
}
