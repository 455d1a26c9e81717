// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tab-separated tables with a header line; cells hold no tabs and no line breaks. */
final class Tsv {

    private Tsv() {
    }

    /**
     * Reads a table whose header must be exactly these columns.
     *
     * @throws IllegalArgumentException naming the line that has another header or another number of cells
     */
    static List<List<String>> read(Path file, String... columns) throws IOException {
        List<String> lines = Files.readAllLines(file);
        List<String> header = List.of(columns);
        if (lines.isEmpty() || !List.of(lines.get(0).split("\t", -1)).equals(header)) {
            throw new IllegalArgumentException(file.getFileName() + ":1: the columns must be " + header);
        }
        List<List<String>> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            List<String> cells = List.of(lines.get(i).split("\t", -1));
            if (cells.size() != columns.length) {
                throw new IllegalArgumentException(
                        file.getFileName() + ":" + (i + 1) + ": " + cells.size() + " cells, not " + columns.length);
            }
            rows.add(cells);
        }
        return rows;
    }
}
