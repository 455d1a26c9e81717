// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A program with a clock that the test moves, and what left it. */
final class Harness implements Pipeline.Output {
    final AtomicLong nanoseconds = new AtomicLong();
    final Pipeline pipeline;
    final List<Sent> sent = new ArrayList<>();
    final List<Digest> digests = new ArrayList<>();
    final List<String> steps = new ArrayList<>();

    record Sent(int port, byte[] frame) {
        String hex() {
            return HexFormat.of().formatHex(frame);
        }
    }

    record Digest(String name, byte[][] fields) { }

    Harness(String program) {
        try {
            pipeline = PipelineLoader.load(text(program), nanoseconds::get);
        } catch (PipelineException e) {
            throw new IllegalStateException(e);
        }
    }

    private Harness(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    /** The same program, not compiled. */
    static Harness interpreted(String program) {
        AtomicLong clock = new AtomicLong();
        try {
            return new Harness(PipelineLoader.interpret(new ObjectMapper().readTree(text(program)), clock::get));
        } catch (PipelineException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(String resource) {
        try (InputStream in = Harness.class.getResourceAsStream("/programs/" + resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The features program with ports 1 to 9 forwarding to the port 10 above. */
    static Harness features() {
        Harness harness = new Harness("features.json");
        for (int port = 1; port < 10; port++) {
            harness.forward(port, port + 10);
        }
        return harness;
    }

    void forward(int from, int to) {
        insert("FeatureIngress.ports", new Entry(List.of(KeyMatch.exact(number(from))), 0, forward(to)));
    }

    static ActionCall forward(int port) {
        return ActionCall.of("FeatureIngress.forward", number(port));
    }

    void insert(String table, Entry entry) {
        try {
            pipeline.table(table).insert(entry);
        } catch (TableException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] number(long value) {
        return Bits.of(value).toBytes();
    }

    List<Sent> send(int port, byte[] frame) {
        int before = sent.size();
        // The frame lies somewhere inside a larger array, as it would in a receive buffer.
        byte[] buffer = new byte[frame.length + 7];
        Arrays.fill(buffer, (byte) 0x5a);
        System.arraycopy(frame, 0, buffer, 3, frame.length);
        byte[] copy = buffer.clone();
        pipeline.receive(port, buffer, 3, frame.length, this);
        if (!Arrays.equals(copy, buffer)) {
            throw new AssertionError("the frame was changed");
        }
        return List.copyOf(sent.subList(before, sent.size()));
    }

    /** Sends and expects exactly one frame. */
    Sent one(int port, byte[] frame) {
        List<Sent> out = send(port, frame);
        if (out.size() != 1) {
            throw new AssertionError("expected one frame, got " + out);
        }
        return out.get(0);
    }

    @Override
    public void transmit(int port, byte[] frame, int offset, int length) {
        sent.add(new Sent(port, Arrays.copyOfRange(frame, offset, offset + length)));
    }

    @Override
    public void digest(String name, byte[][] fields) {
        digests.add(new Digest(name, fields));
    }
}
