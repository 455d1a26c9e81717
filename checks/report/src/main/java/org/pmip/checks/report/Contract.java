// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All rows of the contract, in the order of the file. Immutable. */
public final class Contract {

    /** Where the contract is, relative to the root of the repository. */
    public static final Path FILE = Path.of("docs", "requirements.tsv");

    private final Map<String, Row> rows;

    private Contract(Map<String, Row> rows) {
        this.rows = rows;
    }

    /**
     * Reads the contract.
     *
     * @throws IllegalArgumentException when the file is not of the known form, or an id stands in it twice
     */
    public static Contract read(Path file) throws IOException {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (List<String> c : Tsv.read(file, "id", "doc", "section", "role", "level", "area", "statement")) {
            Row row = new Row(c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5), c.get(6));
            if (rows.put(row.id(), row) != null) {
                throw new IllegalArgumentException(file.getFileName() + ": " + row.id() + " stands there twice");
            }
        }
        return new Contract(rows);
    }

    /** The rows in the order of the file. */
    public Collection<Row> rows() {
        return rows.values();
    }

    /** Whether a row has this id. */
    public boolean has(String id) {
        return rows.containsKey(id);
    }
}
