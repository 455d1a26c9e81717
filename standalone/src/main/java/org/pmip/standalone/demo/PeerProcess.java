// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Peer} in a process of its own, and the pipe to it. For one thread. */
final class PeerProcess implements AutoCloseable {

    private static final long ANSWER_SECONDS = 60;

    private final String name;
    private final Process process;
    private final Writer out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private PeerProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "peer-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a peer with the arguments of {@link Peer#main} and waits until it serves. */
    static PeerProcess start(String name, List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xmx128m",
                "-cp", System.getProperty("java.class.path"), Peer.class.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        PeerProcess peer = new PeerProcess(name, builder.start());
        peer.answer("start");
        return peer;
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
            lines.add("error the process has ended");
        } catch (IOException e) {
            lines.add("error " + e.getMessage());
        }
    }

    /**
     * Has a command carried out.
     *
     * @return the fields of the answer
     * @throws IOException when the peer says error or nothing
     */
    Map<String, String> call(String command) throws IOException, InterruptedException {
        out.write(command + "\n");
        out.flush();
        return answer(command);
    }

    private Map<String, String> answer(String command) throws IOException, InterruptedException {
        String line = lines.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
        if (line == null || !line.startsWith("ok")) {
            throw new IOException(name + ": '" + command + "' -> " + (line == null ? "no answer" : line));
        }
        Map<String, String> fields = new HashMap<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                fields.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return fields;
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        try {
            out.write("quit\n");
            out.flush();
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // The pipe is gone because the process is.
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
