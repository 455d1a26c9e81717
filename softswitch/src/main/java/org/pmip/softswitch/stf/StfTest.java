// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pmip.softswitch.pipeline.PipelineException;

/** Runs the statements of one file on one program, and compares what leaves with what is expected. */
final class StfTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private StfTest() {
    }

    /** Everything that is not as it should be; empty when the test has passed. */
    static List<String> run(Path script, Path program) throws IOException {
        List<String> faults = new ArrayList<>();
        try {
            List<Statement> statements = StfScript.parse(Files.readAllLines(script, StandardCharsets.UTF_8));
            StfSwitch device = new StfSwitch(MAPPER.readTree(Files.readString(program)));
            List<Statement.Expect> expected = new ArrayList<>();
            Set<Integer> ports = new HashSet<>();
            for (Statement statement : statements) {
                if (statement instanceof Statement.Expect expect) {
                    expected.add(expect);
                    ports.add(expect.port());
                } else {
                    device.execute(statement);
                }
                if (statement instanceof Statement.Send send) {
                    ports.add(send.port());
                }
            }
            // A switch has the ports that the test names; what leaves by others goes nowhere.
            device.sent().keySet().retainAll(ports);
            compare(device, expected, faults);
        } catch (JsonProcessingException e) {
            faults.add(program.getFileName() + " is no JSON: " + e.getOriginalMessage());
        } catch (PipelineException e) {
            faults.add("refused: " + e.getMessage());
        } catch (StfException e) {
            faults.add(e.getMessage());
        }
        return faults;
    }

    private static void compare(StfSwitch device, List<Statement.Expect> expected, List<String> faults) {
        for (Statement.Expect expect : expected) {
            Deque<String> frames = device.sent().getOrDefault(expect.port(), new ArrayDeque<>());
            String frame = frames.poll();
            if (frame == null) {
                faults.add("line " + expect.line() + ": nothing (more) left by port " + expect.port());
            } else if (!matches(expect, frame)) {
                faults.add("line " + expect.line() + ": port " + expect.port() + ": expected " + expect.digits()
                        + (expect.whole() ? "$" : "") + ", got " + frame);
            }
        }
        device.sent().forEach((port, frames) -> frames.forEach(frame ->
                faults.add("port " + port + ": nobody expects " + frame)));
    }

    private static boolean matches(Statement.Expect expect, String frame) {
        String digits = expect.digits();
        if (frame.length() < digits.length() || expect.whole() && frame.length() > digits.length()) {
            return false;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) != '*' && digits.charAt(i) != frame.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
