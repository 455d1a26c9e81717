// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.PuntClass;

/**
 * A frame into a port and what becomes of it: exactly one of {@code outs}, {@code drop} and {@code punt} is there.
 *
 * @param name of the case
 * @param in the frame and the port into which it goes
 * @param outs what leaves, and by which ports, in any order
 * @param drop why nothing leaves
 * @param punt as what the controller gets the frame
 */
record Vector(String name, Target.Frame in, List<Target.Frame> outs, DropReason drop, PuntClass punt) {

    Vector(String name, Target.Frame in, Target.Frame out) {
        this(name, in, List.of(out), null, null);
    }

    Vector(String name, Target.Frame in, DropReason drop) {
        this(name, in, null, drop, null);
    }

    /** The only frame that leaves. */
    Target.Frame out() {
        return outs.get(0);
    }

    static List<Vector> all(Path file) throws IOException {
        List<Vector> vectors = new ArrayList<>();
        String name = null;
        Target.Frame in = null;
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "case" -> name = words[1];
                case "in" -> in = frame(words);
                case "out" -> vectors.add(new Vector(name, in, frame(words)));
                case "and" -> {
                    List<Target.Frame> outs = new ArrayList<>(vectors.remove(vectors.size() - 1).outs());
                    outs.add(frame(words));
                    vectors.add(new Vector(name, in, outs, null, null));
                }
                case "drop" -> vectors.add(new Vector(name, in, DropReason.valueOf(words[1])));
                case "punt" -> vectors.add(new Vector(name, in, null, null, PuntClass.valueOf(words[1])));
                case "", "#" -> { }
                default -> throw new IOException(file + " has a line of no known kind: " + line);
            }
        }
        return vectors;
    }

    private static Target.Frame frame(String[] words) {
        return new Target.Frame(Integer.parseInt(words[1]), HexFormat.of().parseHex(words[2]));
    }

    @Override
    public String toString() {
        return name;
    }
}
