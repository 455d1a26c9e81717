// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pmip.softswitch.pipeline.Replication.CloneSession;
import org.pmip.softswitch.pipeline.Replication.Group;
import org.pmip.softswitch.pipeline.Replication.Replica;

/** Whatever comes in on a port is processed; whatever is offered as a program is loaded or refused with a path. */
class FuzzTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int[] TYPES = {0x88B5, 0x8800, 0x8855, 0x9000, 0x900F, 0x8700};

    private final Harness harness = Harness.features();
    private final String program = Harness.text("features.json");

    FuzzTest() throws TableException, JsonProcessingException {
        Replication replication = harness.pipeline.replication();
        replication.insertSession(new CloneSession(5, List.of(new Replica(1, 1), new Replica(2, 2)), 30));
        replication.insertSession(new CloneSession(6, List.of(new Replica(3, 1)), 0));
        replication.insertGroup(new Group(1, List.of(new Replica(4, 1), new Replica(5, 2))));
        harness.forward(0, 9);
    }

    @Property(tries = 500)
    void anyOctetsOnAnyPort(@ForAll @IntRange(max = 511) int port, @ForAll @Size(max = 200) byte[] octets) {
        harness.sent.clear();
        harness.send(port, octets);
        for (Harness.Sent sent : harness.sent) {
            assertThat(sent.port()).isBetween(0, 511);
        }
    }

    @Property(tries = 3000)
    void framesThatAreAlmostRight(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] frame = new byte[random.nextInt(120)];
        random.nextBytes(frame);
        if (frame.length > 17) {
            int type = TYPES[random.nextInt(TYPES.length)];
            frame[12] = (byte) (type >> 8);
            frame[13] = (byte) type;
            frame[14] = (byte) random.nextInt(80);
            if (random.nextBoolean()) {
                frame[16] = 0;
                frame[17] = (byte) random.nextInt(3);
            }
        }
        harness.sent.clear();
        harness.digests.clear();
        harness.send(random.nextInt(10), frame);
        assertThat(harness.sent.size()).isLessThan(5000);
    }

    /** Every place in the tree where something can be changed. */
    private static void places(JsonNode node, List<ContainerNode<?>> into) {
        if (node instanceof ContainerNode && node.size() > 0) {
            into.add((ContainerNode<?>) node);
            node.forEach(child -> places(child, into));
        }
    }

    private static JsonNode strange(Random random, JsonNode old) {
        switch (random.nextInt(9)) {
            case 0:
                return MAPPER.getNodeFactory().nullNode();
            case 1:
                return MAPPER.getNodeFactory().numberNode(random.nextInt());
            case 2:
                return MAPPER.getNodeFactory().numberNode(random.nextInt(300) - 20);
            case 3:
                return MAPPER.getNodeFactory().textNode("0x" + Integer.toHexString(random.nextInt()));
            case 4:
                return MAPPER.getNodeFactory().textNode(random.nextBoolean() ? "" : "nothing");
            case 5:
                return MAPPER.getNodeFactory().booleanNode(random.nextBoolean());
            case 6:
                return MAPPER.createArrayNode();
            case 7:
                return MAPPER.createObjectNode();
            default:
                return MAPPER.createArrayNode().add(old).add(old);
        }
    }

    private static void change(ContainerNode<?> place, Random random, List<ContainerNode<?>> places) {
        if (place.isEmpty()) {
            // An earlier change of the same run took its last element.
            return;
        }
        if (place instanceof ArrayNode) {
            ArrayNode array = (ArrayNode) place;
            int at = random.nextInt(array.size());
            switch (random.nextInt(4)) {
                case 0 -> array.remove(at);
                case 1 -> array.add(array.get(at));
                case 2 -> array.set(at, places.get(random.nextInt(places.size())).deepCopy());
                default -> array.set(at, strange(random, array.get(at)));
            }
        } else {
            ObjectNode object = (ObjectNode) place;
            List<String> names = new ArrayList<>();
            Iterator<String> iterator = object.fieldNames();
            iterator.forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(name, places.get(random.nextInt(places.size())).deepCopy());
                default -> object.set(name, strange(random, object.get(name)));
            }
        }
    }

    @Property(tries = 400)
    void aSpoiltProgramIsRefusedOrRuns(@ForAll long seed) throws JsonProcessingException {
        Random random = new Random(seed);
        JsonNode tree = MAPPER.readTree(program);
        List<ContainerNode<?>> places = new ArrayList<>();
        places(tree, places);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            change(places.get(random.nextInt(places.size())), random, places);
        }
        Pipeline pipeline;
        try {
            pipeline = PipelineLoader.load(tree, System::nanoTime);
        } catch (PipelineException e) {
            assertThat(e.getMessage()).startsWith("/").contains(": ");
            return;
        }
        byte[] frame = Command.of(random.nextInt(76)).rest(new byte[20]).frame();
        pipeline.receive(1, frame, 0, frame.length, harness);
        byte[] cut = Arrays.copyOf(frame, random.nextInt(frame.length));
        pipeline.receive(1, cut, 0, cut.length, harness);
    }

    @Test
    void whatIsNoJsonIsRefused() {
        for (String text : new String[] {"", "{", "[]", "null", "7", "{\"headers\":3}", "[".repeat(100_000)}) {
            assertThatCode(() -> PipelineLoader.load(text)).as(text.substring(0, Math.min(9, text.length())))
                    .isInstanceOf(PipelineException.class);
        }
    }
}
