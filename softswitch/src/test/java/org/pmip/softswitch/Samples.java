// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The sample programs: five that differ as much as possible, each with its packet test. */
public final class Samples {
    private Samples() {
    }

    /** A file of the samples. */
    public static Path path(String name) {
        try {
            return Path.of(Samples.class.getResource("/samples/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The compiler on the PATH, or null. */
    public static Path compiler() {
        return onPath("p4c-bm2-ss");
    }

    /** A program on the PATH, or null. */
    public static Path onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst().orElse(null);
    }
}
