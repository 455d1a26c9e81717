// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.onosproject.net.pi.model.PiActionModel;
import org.onosproject.net.pi.model.PiActionParamModel;
import org.onosproject.net.pi.model.PiCounterModel;
import org.onosproject.net.pi.model.PiMatchFieldModel;
import org.onosproject.net.pi.model.PiMeterModel;
import org.onosproject.net.pi.model.PiPacketMetadataModel;
import org.onosproject.net.pi.model.PiPacketOperationModel;
import org.onosproject.net.pi.model.PiPacketOperationType;
import org.onosproject.net.pi.model.PiPipelineModel;
import org.onosproject.net.pi.model.PiTableModel;
import org.onosproject.p4runtime.model.P4InfoParser;
import org.onosproject.p4runtime.model.P4InfoParserException;

/**
 * Writes {@code org.pmip.pipeconf.generated.P4} from the P4Info: one nested class for each table, because two keys
 * of one name may differ in width from table to table.
 *
 * <p>Run it after each change of the program's tables:
 * {@code mvn -q -pl pipeconf test-compile exec:java -Dexec.classpathScope=test
 * -Dexec.mainClass=org.pmip.pipeconf.generator.ConstantsGenerator -Dexec.args=.}
 */
public final class ConstantsGenerator {
    static final String FILE = "pipeconf/src/main/java/org/pmip/pipeconf/generated/P4.java";
    static final String P4INFO = "p4src/build/pmip.p4info.txtpb";

    private final StringBuilder out = new StringBuilder();
    private int depth;

    private ConstantsGenerator() {
    }

    /**
     * Writes the file.
     *
     * @param args the root of the repository
     * @throws Exception if the P4Info cannot be read or the file cannot be written
     */
    public static void main(String[] args) throws Exception {
        Path root = Path.of(args.length == 0 ? "." : args[0]);
        Files.writeString(root.resolve(FILE), source(root));
    }

    static PiPipelineModel model(Path root) throws IOException {
        try {
            return P4InfoParser.parse(root.resolve(P4INFO).toUri().toURL());
        } catch (P4InfoParserException e) {
            throw new IOException(P4INFO + " cannot be parsed", e);
        }
    }

    static String source(Path root) throws IOException {
        return new ConstantsGenerator().generate(model(root));
    }

    private String generate(PiPipelineModel model) {
        line("// SPDX-License-Identifier: Apache-2.0");
        line("package org.pmip.pipeconf.generated;");
        line("");
        line("import org.onosproject.net.pi.model.PiActionId;");
        line("import org.onosproject.net.pi.model.PiActionParamId;");
        line("import org.onosproject.net.pi.model.PiCounterId;");
        line("import org.onosproject.net.pi.model.PiMatchFieldId;");
        line("import org.onosproject.net.pi.model.PiMeterId;");
        line("import org.onosproject.net.pi.model.PiPacketMetadataId;");
        line("import org.onosproject.net.pi.model.PiTableId;");
        line("");
        line("/** Names, widths and sizes of the P4 program; written by ConstantsGenerator from the P4Info. */");
        open("public final class P4 {");
        privateConstructor("P4");
        model.tables().stream().sorted(Comparator.comparing(t -> t.id().id())).forEach(this::table);
        for (PiPacketOperationType type : PiPacketOperationType.values()) {
            model.packetOperationModel(type).ifPresent(this::packetOperation);
        }
        meters(model);
        close();
        return out.toString();
    }

    private void table(PiTableModel table) {
        String name = camel(last(table.id().id()));
        line("");
        line("/** Table %s. */", table.id());
        open("public static final class %s {", name);
        line("public static final PiTableId TABLE = PiTableId.of(\"%s\");", table.id());
        line("public static final long SIZE = %dL;", table.maxSize());
        for (PiMatchFieldModel field : table.matchFields()) {
            String constant = upper(field.id().id());
            line("/** %s, %d bits. */", field.matchType(), field.bitWidth());
            line("public static final PiMatchFieldId %s = PiMatchFieldId.of(\"%s\");", constant, field.id());
            line("public static final int %s_BITS = %d;", constant, field.bitWidth());
        }
        for (PiCounterModel counter : table.counters()) {
            line("public static final PiCounterId COUNTER = PiCounterId.of(\"%s\");", counter.id());
        }
        privateConstructor(name);
        table.actions().stream().sorted(Comparator.comparing(a -> a.id().id())).forEach(this::action);
        close();
    }

    private void action(PiActionModel action) {
        String name = camel(last(action.id().id()));
        line("");
        line("/** Action %s. */", action.id());
        open("public static final class %s {", name);
        line("public static final PiActionId ACTION = PiActionId.of(\"%s\");", action.id());
        for (PiActionParamModel param : action.params()) {
            String constant = upper(param.id().id());
            line("public static final PiActionParamId %s = PiActionParamId.of(\"%s\");", constant, param.id());
            line("public static final int %s_BITS = %d;", constant, param.bitWidth());
        }
        privateConstructor(name);
        close();
    }

    private void packetOperation(PiPacketOperationModel operation) {
        String name = camel(operation.type().name().toLowerCase(Locale.ROOT));
        line("");
        line("/** Header of a %s at the CPU port. */", operation.type());
        open("public static final class %s {", name);
        for (PiPacketMetadataModel field : operation.metadatas()) {
            String constant = upper(field.id().id());
            line("public static final PiPacketMetadataId %s = PiPacketMetadataId.of(\"%s\");", constant, field.id());
            line("public static final int %s_BITS = %d;", constant, field.bitWidth());
        }
        privateConstructor(name);
        close();
    }

    private void meters(PiPipelineModel model) {
        line("");
        line("/** Indirect meters. */");
        open("public static final class Meters {");
        for (PiMeterModel meter : model.meters().stream().sorted(Comparator.comparing(m -> m.id().id()))
                .collect(Collectors.toList())) {
            String constant = upper(last(meter.id().id()));
            line("public static final PiMeterId %s = PiMeterId.of(\"%s\");", constant, meter.id());
            line("public static final long %s_SIZE = %dL;", constant, meter.size());
        }
        privateConstructor("Meters");
        close();
    }

    private void privateConstructor(String name) {
        line("");
        open("private %s() {", name);
        close();
    }

    private void open(String format, Object... args) {
        line(format, args);
        depth++;
    }

    private void close() {
        depth--;
        line("}");
    }

    private void line(String format, Object... args) {
        String text = args.length == 0 ? format : String.format(Locale.ROOT, format, args);
        out.append(text.isEmpty() ? "" : "    ".repeat(depth)).append(text).append('\n');
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String upper(String name) {
        return name.replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            camel.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return camel.toString();
    }
}
