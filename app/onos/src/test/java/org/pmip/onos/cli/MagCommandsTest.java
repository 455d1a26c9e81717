// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmip.onos.mag.FakeMag;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;

class MagCommandsTest {

    private final FakeMag mag = new FakeMag()
            .with("anna@example.net", FakeMag.session(1).build())
            .with("bert@example.net", FakeMag.session(2).state(State.DENIED).forwards(false)
                    .binding(Optional.empty()).waiting(Waiting.NOTHING, 0).status(153)
                    .restriction(Restriction.NO_IPV6).build());

    private List<String> run(MagCommand command) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        command.service = mag;
        command.out = new PrintStream(octets, true, StandardCharsets.UTF_8);
        command.execute();
        return octets.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }

    private JsonNode json(MagCommand command) throws Exception {
        command.json = true;
        return new ObjectMapper().readTree(String.join("\n", run(command)));
    }

    @Test
    void attachmentsAsTable() throws Exception {
        assertThat(run(new AttachmentsCommand()).stream().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "MOBILE NODE SESSION STATE GATEWAY LINK INTERFACE HOME NETWORK ANCHOR WAITING FOR LEFT",
                "anna@example.net 1 ACTIVE mag1 2 020000000001 2001:db8:0:1::/64 lma REFRESH 600 s",
                "bert@example.net 2 DENIED mag2 2 020000000002 - lma NOTHING -",
                "2 mobile nodes");
        assertThat(json(new AttachmentsCommand())).hasSize(2);
    }

    @Test
    void attachmentsByConditions() throws Exception {
        AttachmentsCommand command = new AttachmentsCommand();
        command.gateway = "mag2";
        command.state = "denied";
        command.node = "bert";
        assertThat(json(command).get(0).get("attachments").get(0).get("status").asInt()).isEqualTo(153);
        command.gateway = "mag1";
        assertThat(json(command)).isEmpty();
    }

    @Test
    void longListsAreCut() throws Exception {
        AttachmentsCommand command = new AttachmentsCommand();
        command.limit = 1;
        assertThat(run(command)).last().isEqualTo("1 of 2 mobile nodes; more with --after anna@example.net");
        command.after = "anna@example.net";
        assertThat(run(command)).element(1).asString().startsWith("bert@example.net");
    }

    @Test
    void oneInFull() throws Exception {
        AttachmentCommand command = new AttachmentCommand();
        command.mobileNode = "anna@example.net";
        assertThat(run(command)).contains("anna@example.net", "  session 1", "    state                ACTIVE",
                "    tunnel               GRE_IPV6", "    downlinkKey          101", "    uplinkKey            201",
                "    remainingMillis      600000", "    context              {\"interface\":\"02:00:00:00:00:01\","
                + "\"lmaAddress\":\"2001:db8:f::1\",\"prefixes\":[\"2001:db8:0:1::/64\"],\"downlinkKey\":101,"
                + "\"sequence\":7}", "    table entries", "      access node 1");
        command.mobileNode = "bert@example.net";
        JsonNode bert = json(command);
        assertThat(bert.get("sequence").asInt()).isEqualTo(7);
        assertThat(bert.get("attachments").get(0).get("restrictions").get(0).asText()).isEqualTo("NO_IPV6");
        AttachmentCommand unknown = new AttachmentCommand();
        unknown.mobileNode = "carl@example.net";
        assertThat(run(unknown)).containsExactly("'carl@example.net' is attached to no gateway");
    }

    @Test
    void attachAndDetach() throws Exception {
        AttachCommand attach = new AttachCommand();
        attach.port = "device:mag1/2";
        attach.mac = "02:00:00:00:00:01";
        assertThat(run(attach)).containsExactly("02:00:00:00:00:01 on device:mag1/2 is told to the gateway;"
                + " pmip-attachments shows what comes of it");
        attach.vlan = 60;
        attach.node = "anna@example.net";
        attach.handoff = 3;
        assertThat(json(attach).get("attached").asText()).isEqualTo("02:00:00:00:00:01 on device:mag1/2 VLAN 60");
        attach.handoff = null;
        attach.context = "{\"lmaAddress\":\"2001:db8:f::1\",\"prefixes\":[\"2001:db8:0:1::/64\"]}";
        run(attach);
        DetachCommand detach = new DetachCommand();
        detach.port = "device:mag1/2";
        detach.mac = "02:00:00:00:00:01";
        assertThat(run(detach)).containsExactly("the gateway knows that 02:00:00:00:00:01 on device:mag1/2 is over");
        assertThat(json(detach).get("detached").asText()).isEqualTo("02:00:00:00:00:01 on device:mag1/2");
        assertThat(mag.told).containsExactly("attach device:mag1/2 0 02:00:00:00:00:01 4",
                "attach device:mag1/2 60 02:00:00:00:00:01 3 anna@example.net",
                "attach device:mag1/2 60 02:00:00:00:00:01 3 [2001:db8:0:1::/64] at 2001:db8:f::1 link-local :: node ::"
                + " anna@example.net",
                "detach device:mag1/2 0 02:00:00:00:00:01", "detach device:mag1/2 0 02:00:00:00:00:01");
    }

    @Test
    void wrongArgumentsAreNamed() throws Exception {
        AttachCommand attach = new AttachCommand();
        attach.port = "mag1";
        attach.mac = "02:00:00:00:00:01";
        assertThat(run(attach)).containsExactly("port: 'mag1' is not a switch and port such as device:mag1/2");
        attach.port = "device:mag1/2";
        attach.mac = "anna";
        assertThat(run(attach)).containsExactly("interface: 'anna' is not a MAC address such as 00:00:5e:00:53:41");
        attach.mac = "02:00:00:00:00:01";
        attach.handoff = 5;
        assertThat(run(attach)).containsExactly("handoff: 5 is not from 1 to 4");
        attach.handoff = 4;
        attach.vlan = 4_095;
        assertThat(run(attach)).containsExactly("vlan: 4095 is not from 1 to 4094, or 0 for untagged frames");
        attach.vlan = 0;
        attach.node = "";
        assertThat(run(attach)).containsExactly(
                "mobileNode: empty; leave it out where the profiles say who it is");
        attach.node = null;
        attach.context = "{prefixes}";
        assertThat(run(attach)).singleElement().asString()
                .startsWith("context: no JSON; put it in single quotes: ");
        attach.context = "{\"prefixes\": [\"x\"]}";
        assertThat(run(attach)).containsExactly(
                "context/prefixes: 'x' is not an IPv6 prefix such as 2001:db8:100::/64");
        AttachmentsCommand list = new AttachmentsCommand();
        list.state = "gone";
        assertThat(run(list)).containsExactly("state: 'gone' is none of registering, active, superseded, denied,"
                + " ending, left");
        list.limit = 0;
        assertThat(run(list)).containsExactly("--limit: 0 is not 1 or more");
        assertThat(mag.told).isEmpty();
    }

    @Test
    void gateways() throws Exception {
        assertThat(run(new AccessGatewaysCommand())).containsExactly(
                "GATEWAY  SWITCH       PROXY-COA      ATTACHMENTS", "mag1     device:mag1  2001:db8:a::1  2",
                "The switches hold what they should.", "COUNTED  NUMBER", "sent     3",
                "MICROSECONDS           TIMES  MEAN  MEDIAN  95 %  99 %  GREATEST",
                "attachToAdvertisement  0      0     0       0     0     0",
                "store                  0      0     0       0     0     0",
                "flow                   0      0     0       0     0     0",
                "DROPPED FOR   PACKETS", "unknown_node  4");
        JsonNode all = json(new AccessGatewaysCommand());
        assertThat(all.get("statistics").get("sent").asInt()).isEqualTo(3);
        assertThat(all.get("drops").get("unknown_node").asInt()).isEqualTo(4);
        assertThat(all.at("/latencies/attachToAdvertisement/count").asInt()).isZero();
    }

    @Test
    void sessionsAreDeletedByNodeNumberOrGateway() throws Exception {
        DeleteAttachmentCommand command = new DeleteAttachmentCommand();
        assertThat(run(command)).containsExactly("give the identifier of a mobile node, or --gateway");
        command.mobileNode = "carl@example.net";
        assertThat(run(command)).containsExactly("'carl@example.net' is attached to no gateway");
        command.mobileNode = "anna@example.net";
        command.session = 9L;
        assertThat(run(command)).containsExactly("there is no such session");
        command.session = 1L;
        assertThat(run(command)).containsExactly("session 1 is ended");
        DeleteAttachmentCommand all = new DeleteAttachmentCommand();
        all.gateway = "mag2";
        assertThat(json(all).get("ended")).singleElement().matches(one -> one.asLong() == 2);
        assertThat(mag.told).containsExactly("delete anna@example.net 1", "delete bert@example.net 2");
    }

    @Test
    void switchesAreCompared() throws Exception {
        ReconcileGatewaysCommand command = new ReconcileGatewaysCommand();
        assertThat(run(command)).containsExactly("7 rules were written.");
        command.gateway = "mag1";
        assertThat(run(command)).containsExactly("The switches held what they should.");
        command.gateway = "mag9";
        assertThat(run(command)).containsExactly("device:mag9 is not there");
        assertThat(mag.told).containsExactly("reconcile all", "reconcile mag1");
    }

    static Stream<Class<?>> commands() {
        return Stream.of(AttachmentsCommand.class, AttachmentCommand.class, AttachCommand.class, DetachCommand.class,
                AccessGatewaysCommand.class, DeleteAttachmentCommand.class, ReconcileGatewaysCommand.class,
                TunnelsCommand.class);
    }

    /** Karaf makes commands from classes with both marks and a constructor without arguments. */
    @ParameterizedTest
    @MethodSource("commands")
    void theShellFindsThem(Class<?> command) throws Exception {
        assertThat(command.getAnnotation(Service.class)).isNotNull();
        assertThat(command.getAnnotation(Command.class).name()).startsWith("pmip-");
        assertThat(command.getConstructor().newInstance()).isInstanceOf(PmipCommand.class);
    }
}
