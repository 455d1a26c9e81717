// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import org.pmip.softswitch.pipeline.action.ControlNode;
import org.pmip.softswitch.pipeline.compile.Compiler;
import org.pmip.softswitch.pipeline.parser.Deparser;
import org.pmip.softswitch.pipeline.parser.Parser;

/** What a packet runs through, part by part. */
public record Stages(Stage parser, Stage ingress, Stage egress, Stage deparser) {

    /** Interpreted, element by element. Controls are given by their first node, which may be null. */
    public static Stages interpreted(Parser parser, ControlNode ingress, ControlNode egress, Deparser deparser) {
        return new Stages(packet -> {
            parser.parse(packet);
            return 0;
        }, control(ingress), control(egress), deparser::deparse);
    }

    private static Stage control(ControlNode first) {
        return packet -> {
            ControlNode.run(first, packet);
            return 0;
        };
    }

    /** Compiled: the same, as classes. */
    public static Stages compiled(Parser parser, ControlNode ingress, ControlNode egress, Deparser deparser) {
        return new Stages(Compiler.parser(parser), Compiler.control(ingress), Compiler.control(egress),
                Compiler.deparser(deparser));
    }
}
