// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Adds up the test reports that surefire and failsafe left in a checkout, and tells which tests failed or were skipped,
 * and why.
 *
 * <p>Uses the JDK alone, so that it can be run from its source file after a build that failed.
 */
public final class TestTotals {

    /** Characters of a failed test's message that are shown. */
    private static final int LONGEST = 400;

    private int run;
    private int failures;
    private int errors;
    private final List<String> failed = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private TestTotals() {
    }

    /**
     * Prints the totals of a checkout.
     *
     * @param args the root of the checkout, and the time before which reports are of an earlier build, in milliseconds
     *     since 1970
     */
    public static void main(String[] args) throws IOException, XMLStreamException {
        of(Path.of(args[0]), Long.parseLong(args[1])).lines().forEach(System.out::println);
    }

    static TestTotals of(Path root, long sinceMillis) throws IOException, XMLStreamException {
        TestTotals totals = new TestTotals();
        List<Path> reports;
        try (Stream<Path> files = Files.find(root, 6, (path, attributes) -> attributes.isRegularFile()
                && path.getFileName().toString().matches("TEST-.*\\.xml")
                && path.getParent().getFileName().toString().matches("(surefire|failsafe)-reports")
                && attributes.lastModifiedTime().toMillis() >= sinceMillis)) {
            reports = files.sorted().toList();
        }
        for (Path report : reports) {
            try (InputStream in = Files.newInputStream(report)) {
                totals.add(in);
            }
        }
        return totals;
    }

    private void add(InputStream report) throws XMLStreamException {
        XMLStreamReader xml = XMLInputFactory.newInstance().createXMLStreamReader(report);
        String test = "";
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamReader.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "testcase" -> {
                        run++;
                        test = attribute(xml, "classname") + "#" + attribute(xml, "name");
                    }
                    case "failure" -> {
                        failures++;
                        failed.add(test + ": " + what(xml));
                    }
                    case "error" -> {
                        errors++;
                        failed.add(test + ": " + what(xml));
                    }
                    case "skipped" ->
                        skipped.add(test + ": " + reason(attribute(xml, "message"), xml.getElementText()));
                    default -> { }
                }
            }
        }
        xml.close();
    }

    /** The message; where a failed assumption left only a stack trace, the message at its top. */
    private static String reason(String message, String trace) {
        String top = trace.strip().lines().findFirst().orElse("").replaceFirst("^[\\w.$]+(Exception|Error): ", "");
        String reason = message.isBlank() ? top : message.strip();
        return reason.isEmpty() ? "no reason given" : reason;
    }

    /** What a failed test says, short enough for a line, and where. */
    private static String what(XMLStreamReader xml) throws XMLStreamException {
        String message = attribute(xml, "message").strip();
        String type = attribute(xml, "type");
        String place = xml.getElementText().lines().map(String::strip)
                .filter(line -> line.startsWith("at org.pmip.")).findFirst().orElse("");
        String text = message.isEmpty() ? type : message;
        return (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + " " + place;
    }

    private static String attribute(XMLStreamReader xml, String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value.replaceAll("\\s+", " ");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (!failed.isEmpty()) {
            lines.add("Failed:");
            failed.forEach(test -> lines.add("  " + test));
        }
        if (!skipped.isEmpty()) {
            lines.add("Skipped:");
            skipped.forEach(test -> lines.add("  " + test));
        }
        lines.add("Tests run: " + run + ", Failures: " + failures + ", Errors: " + errors
                + ", Skipped: " + skipped.size());
        int broken = failures + errors;
        lines.add((run - broken - skipped.size()) + " passed, " + broken + " failed, " + skipped.size() + " skipped");
        return lines;
    }
}
