// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import org.pmip.softswitch.pipeline.Pipeline;

/**
 * Steps of packets in a file, and older ones in a few more: NAME.txt, NAME.1.txt and so on, as simple_switch_grpc calls
 * them. Each line is in the file when its step is done. Thread-safe.
 */
final class TraceLog implements Pipeline.Trace, AutoCloseable {
    private final String name;
    private final long mostOctets;
    private final int older;
    private final Consumer<String> complaints;
    private BufferedWriter writer;
    private long octets;

    /**
     * Opens the file anew.
     *
     * @param name without the ending
     * @param mostOctets after which the file becomes an older one, at least 1
     * @param older how many older ones are kept, 0 for none
     * @param complaints takes the one line that tells why nothing is written any more
     * @throws IOException when it cannot be opened
     */
    TraceLog(String name, long mostOctets, int older, Consumer<String> complaints) throws IOException {
        this.name = name;
        this.mostOctets = mostOctets;
        this.older = older;
        this.complaints = complaints;
        writer = Files.newBufferedWriter(file(0));
    }

    private Path file(int age) {
        return Path.of(name + (age == 0 ? "" : "." + age) + ".txt");
    }

    @Override
    public synchronized void step(long packet, String text) {
        if (writer == null) {
            return;
        }
        String line = "[" + packet + "] " + text + "\n";
        int length = line.getBytes(StandardCharsets.UTF_8).length;
        try {
            if (octets > 0 && octets + length > mostOctets) {
                turn();
            }
            writer.write(line);
            writer.flush();
            octets += length;
        } catch (IOException e) {
            complaints.accept("the log '" + file(0) + "' ends here: " + e);
            close();
        }
    }

    private void turn() throws IOException {
        writer.close();
        for (int age = older; age > 0; age--) {
            try {
                Files.move(file(age - 1), file(age), StandardCopyOption.REPLACE_EXISTING);
            } catch (NoSuchFileException e) {
                // There are not that many yet.
                continue;
            }
        }
        writer = Files.newBufferedWriter(file(0));
        octets = 0;
    }

    @Override
    public synchronized void close() {
        BufferedWriter last = writer;
        writer = null;
        if (last != null) {
            try {
                last.close();
            } catch (IOException e) {
                complaints.accept("the log '" + file(0) + "' may be incomplete: " + e);
            }
        }
    }
}
