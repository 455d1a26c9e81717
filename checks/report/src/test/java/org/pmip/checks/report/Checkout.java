// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/** A small made-up checkout: modules {@code base} and {@code top}, which depends on it, and a contract of four rows. */
final class Checkout {

    private static final Instant COMPILED = Instant.parse("2020-01-01T00:00:00Z");

    final Path root;

    Checkout(Path root) throws IOException {
        this.root = root;
        write("pom.xml", "<project><modules><module>base</module><module>top</module>"
                + "<module>checks/own</module></modules></project>");
        write("base/pom.xml", "<project><artifactId>b</artifactId></project>");
        write("top/pom.xml", "<project><artifactId>t</artifactId><dependencies><dependency><groupId>org.pmip</groupId>"
                + "<artifactId>b</artifactId></dependency></dependencies></project>");
        write("checks/own/pom.xml", "<project><artifactId>c</artifactId></project>");
        contract("A-1\tLMA", "A-2\tLMA", "B-1\tMAG", "B-2\tMAG");
        answers();
    }

    void contract(String... idsAndRoles) throws IOException {
        StringBuilder text = new StringBuilder("id\tdoc\tsection\trole\tlevel\tarea\tstatement\n");
        for (String row : idsAndRoles) {
            String[] cells = row.split("\t");
            text.append(cells[0]).append("\tRFC0\t1\t").append(cells[1]).append("\tMUST\tother\tIf <x> & y, z.\n");
        }
        write("docs/requirements.tsv", text.toString());
    }

    void answers(String... lines) throws IOException {
        write("docs/declarative.tsv", "id\tplace\twhy\n" + String.join("", List.of(lines).stream()
                .map(line -> line + "\n").toList()));
    }

    /** Leaves results as a test run after the compilation does. */
    void results(String module, String... lines) throws IOException {
        Path file = write(module + "/target/requirement-tests.tsv", "#run\tr\n" + String.join("\n", lines) + "\n");
        Files.setLastModifiedTime(file, FileTime.from(COMPILED.plusSeconds(60)));
    }

    /** Puts an output file of the compiler there, made some seconds after the first compilation. */
    void compiled(String path, int secondsLater) throws IOException {
        Files.setLastModifiedTime(write(path, ""), FileTime.from(COMPILED.plusSeconds(secondsLater)));
    }

    /** Copies a compiled class of these tests into a module's test classes. */
    void testClass(String module, Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        Path file = root.resolve(module + "/target/test-classes/" + path);
        Files.createDirectories(file.getParent());
        try (var in = type.getClassLoader().getResourceAsStream(path)) {
            Files.write(file, in.readAllBytes());
        }
        Files.setLastModifiedTime(file, FileTime.from(COMPILED));
    }

    Path write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    Covered row(String id) throws IOException {
        return Coverage.of(root).rows().stream().filter(row -> row.row().id().equals(id)).findFirst().orElseThrow();
    }
}
