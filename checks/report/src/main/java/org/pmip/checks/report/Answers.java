// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rows answered by a place, {@code docs/declarative.tsv}, and whether those places exist. */
final class Answers {

    static final Path FILE = Path.of("docs", "declarative.tsv");

    private Answers() {
    }

    /** Reads the answers; what is wrong with them is added to the problems. */
    static Map<String, Answer> read(Path root, Contract contract, List<String> problems) throws IOException {
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (List<String> cells : Tsv.read(root.resolve(FILE), "id", "place", "why")) {
            Answer answer = new Answer(cells.get(0), cells.get(1), cells.get(2));
            if (!contract.has(answer.id())) {
                problems.add(FILE + ": no row " + answer.id() + " in " + Contract.FILE);
            } else if (answers.put(answer.id(), answer) != null) {
                problems.add(FILE + ": " + answer.id() + " stands there twice");
            } else if (answer.why().isBlank()) {
                problems.add(FILE + ": " + answer.id() + " says no why");
            } else {
                missing(root, answer.place()).ifPresent(what ->
                        problems.add(FILE + ": " + answer.id() + ": " + what));
            }
        }
        return answers;
    }

    /** What of a place is missing; empty when it is all there. */
    static Optional<String> missing(Path root, String place) throws IOException {
        int cut = place.indexOf('#');
        String path = cut < 0 ? place : place.substring(0, cut);
        Path file = root.resolve(path).normalize();
        if (path.isBlank() || !file.startsWith(root) || !Files.isRegularFile(file)) {
            return Optional.of("no file " + path);
        }
        if (cut < 0) {
            return Optional.empty();
        }
        String symbol = place.substring(cut + 1);
        String text = Files.readString(file);
        boolean there = path.endsWith(".md")
                ? Markdown.anchors(text).anyMatch(symbol::equals)
                : !symbol.isBlank() && Pattern.compile("\\b" + Pattern.quote(symbol) + "\\b").matcher(text).find();
        return there ? Optional.empty() : Optional.of("no " + symbol + " in " + path);
    }
}
