// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.util.Locale;
import java.util.stream.Stream;

/** What links into Markdown documents need to know. */
public final class Markdown {

    private Markdown() {
    }

    /** The anchors of a text's headings, as links name them after the {@code #}. */
    public static Stream<String> anchors(String markdown) {
        return markdown.lines().filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("#+ +", "").toLowerCase(Locale.ROOT).trim()
                        .replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'));
    }
}
