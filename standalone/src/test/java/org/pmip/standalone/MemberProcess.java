// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A member of a cluster in a process of its own, which can be stopped, continued and killed. For one thread. */
final class MemberProcess implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long START_SECONDS = 240;
    private static final long ANSWER_SECONDS = 90;

    /** For a few hundred sessions and some minutes: it starts sooner than it would run fastest. */
    static final List<String> SMALL = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
    /** For tens of thousands of sessions: with a small heap it would do little else than collect garbage. */
    static final List<String> LARGE = List.of("-Xms1g", "-Xmx2g");

    private final String name;
    private final Process process;
    private final Writer out;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private MemberProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        out = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "reader-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a member of a size; what it says besides answers goes to a file. */
    static MemberProcess launch(int self, List<Integer> ports, Path directory, Path configuration,
                                List<String> size) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ClusterMember.options(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        command.addAll(size);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ClusterMember.class.getName(),
            Integer.toString(self), String.join(",", ports.stream().map(String::valueOf).toList()),
            directory.resolve("member-" + self).toString(), configuration.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(
            directory.resolve("member-" + self + ".log").toFile())).start();
        return new MemberProcess("member-" + self, process);
    }

    private void read() {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(process.getInputStream(),
            StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // Killed, which the end of the lines tells as well.
        }
        lines.add("{\"failure\":\"the process has ended\"}");
    }

    /** Waits until it has started; false if it has not. */
    boolean awaitStart() throws InterruptedException, IOException {
        return answer("start", START_SECONDS).has("started");
    }

    /** Asks; what the member says of a failure is in the answer's field of that name. */
    JsonNode ask(String command) throws InterruptedException, IOException {
        out.write(command + "\n");
        out.flush();
        return answer(command, ANSWER_SECONDS);
    }

    private JsonNode answer(String to, long seconds) throws InterruptedException, IOException {
        String line = lines.poll(seconds, TimeUnit.SECONDS);
        if (line == null) {
            throw new IOException(name + " does not answer " + to + " within " + seconds + " s");
        }
        return JSON.readTree(line);
    }

    /** The processor time that it has taken so far, in nanoseconds, in steps of the operating system's. */
    long processorNanos() {
        return process.toHandle().info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }

    /** Ends it at once, as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Stops it as it is, so that it hears and says nothing, but its connections stay. */
    void suspend() {
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() {
        signal("CONT");
    }

    private void signal(String what) {
        try {
            new ProcessBuilder("kill", "-" + what, Long.toString(process.pid())).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
