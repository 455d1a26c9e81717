// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * The results of one module's tests, grouped by the build run that made them.
 *
 * <p>The first line is {@code #run TAB name}. Results of the same run are merged, worst first, so that forks and
 * integration tests add up; results of an earlier run are dropped, so that a test which no longer runs says nothing.
 * The file is locked while it is rewritten: several JVMs may write at once.
 */
public final class ResultsFile {

    /** System property that names the build run; the parent pom hands it to every test JVM. */
    public static final String RUN_PROPERTY = "pmip.run";

    private static final String RUN_MARK = "#run\t";

    private final Path path;
    private final String run;

    /**
     * Describes a file without touching it.
     *
     * @param path where the results are
     * @param run name of the build run that writes, without line breaks
     */
    public ResultsFile(Path path, String run) {
        this.path = path;
        this.run = run;
    }

    /** The build run this JVM belongs to; a run of its own when no build says otherwise. */
    public static String currentRun() {
        return System.getProperty(RUN_PROPERTY, "jvm-" + ManagementFactory.getRuntimeMXBean().getStartTime());
    }

    /**
     * Adds results to those that the same run has written before.
     *
     * @param results outcome by {@code id TAB test}
     * @throws UncheckedIOException when the file cannot be read or written
     */
    public void merge(Map<String, Outcome> results) {
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE)) {
                // Held until the channel is closed.
                channel.lock();
                Map<String, Outcome> all = new TreeMap<>(results);
                byte[] before = Channels.newInputStream(channel).readAllBytes();
                ofThisRun(new String(before, StandardCharsets.UTF_8))
                        .forEach((key, outcome) -> all.merge(key, outcome, Outcome::worse));
                StringBuilder out = new StringBuilder(RUN_MARK).append(run).append('\n');
                all.forEach((key, outcome) -> out.append(key).append('\t').append(outcome.word()).append('\n'));
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(out.toString());
                channel.truncate(0).position(0);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }

    /**
     * Reads the results in a file, whatever run they are of.
     *
     * @return outcome by {@code id TAB test}
     * @throws IllegalArgumentException when a line is not of the form above
     */
    public static Map<String, Outcome> parse(String text) {
        Map<String, Outcome> found = new TreeMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            int cut = line.lastIndexOf('\t');
            if (cut < 0 || line.indexOf('\t') == cut) {
                throw new IllegalArgumentException("not id TAB test TAB result: " + line);
            }
            found.merge(line.substring(0, cut), Outcome.of(line.substring(cut + 1)), Outcome::worse);
        });
        return found;
    }

    private Map<String, Outcome> ofThisRun(String text) {
        return text.startsWith(RUN_MARK + run + "\n") ? parse(text) : Map.of();
    }
}
