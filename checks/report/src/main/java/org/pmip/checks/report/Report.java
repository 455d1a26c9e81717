// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a coverage as {@code requirements.tsv} for programs and as {@code requirements.html} for people. */
final class Report {

    private Report() {
    }

    static void write(Coverage coverage, Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("requirements.tsv"), tsv(coverage));
        Files.writeString(folder.resolve("requirements.html"), html(coverage));
    }

    static String tsv(Coverage coverage) {
        StringBuilder out = new StringBuilder("id\trole\tstate\ttests\n");
        for (Covered covered : coverage.rows()) {
            out.append(covered.row().id()).append('\t').append(covered.row().role()).append('\t')
                    .append(covered.state().word()).append('\t')
                    .append(String.join(", ", covered.evidence())).append('\n');
        }
        return out.toString();
    }

    static String html(Coverage coverage) throws IOException {
        StringBuilder roles = new StringBuilder();
        coverage.byRole().forEach((role, tally) -> {
            int all = tally.all();
            roles.append("<tr><th scope=\"row\">").append(escape(role)).append("</th>")
                    .append(number(tally.met())).append(number(tally.declarative())).append(number(tally.open()))
                    .append(number(all)).append("<td class=\"bar\"><svg viewBox=\"0 0 ").append(all)
                    .append(" 1\" preserveAspectRatio=\"none\"><rect class=\"met\" width=\"").append(tally.met())
                    .append("\" height=\"1\"/><rect class=\"declarative\" x=\"").append(tally.met())
                    .append("\" width=\"").append(tally.declarative()).append("\" height=\"1\"/></svg></td></tr>\n");
        });
        StringBuilder rows = new StringBuilder();
        for (Covered covered : coverage.rows()) {
            append(rows, covered);
        }
        return template().replace("@SUMMARY@", escape(coverage.summary()))
                .replace("@ROLES@", roles).replace("@ROWS@", rows);
    }

    private static void append(StringBuilder out, Covered covered) {
        Row row = covered.row();
        String state = covered.state().word();
        out.append("<tr id=\"").append(escape(row.id())).append("\" data-role=\"").append(escape(row.role()))
                .append("\" data-state=\"").append(state).append("\"><td class=\"id\">").append(escape(row.id()))
                .append("<small>").append(escape(row.level())).append("</small></td><td>").append(escape(row.role()))
                .append("<small>").append(escape(row.area())).append("</small></td><td class=\"state ").append(state)
                .append("\">").append(state).append("</td><td>").append(escape(row.statement()));
        if (!covered.why().isEmpty()) {
            out.append("<p class=\"why\">").append(escape(covered.why())).append("</p>");
        }
        if (!covered.evidence().isEmpty()) {
            out.append("<ul>");
            for (String evidence : covered.evidence()) {
                out.append("<li title=\"").append(escape(evidence)).append("\">").append(escape(shorten(evidence)))
                        .append("</li>");
            }
            out.append("</ul>");
        }
        out.append("</td></tr>\n");
    }

    /** A test without its package; places stay as they are. */
    private static String shorten(String evidence) {
        return evidence.replaceFirst("^org\\.pmip\\.([a-z0-9_]+\\.)*", "");
    }

    private static String number(int count) {
        return "<td class=\"number\">" + count + "</td>";
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static String template() throws IOException {
        try (InputStream in = Report.class.getResourceAsStream("requirements.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
