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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pmip.onos.lma.FakeLma;

class CommandsTest {

    private final FakeLma lma = new FakeLma()
            .with("anna@example.net", FakeLma.session(1).build())
            .with("bert@example.net", FakeLma.session(2).ipv4Home(Optional.of(FakeLma.ipv4Home())).build());

    private List<String> run(LmaCommand command) throws Exception {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        command.service = lma;
        command.out = new PrintStream(octets, true, StandardCharsets.UTF_8);
        command.execute();
        return octets.toString(StandardCharsets.UTF_8).lines().collect(Collectors.toList());
    }

    private JsonNode json(LmaCommand command) throws Exception {
        command.json = true;
        return new ObjectMapper().readTree(String.join("\n", run(command)));
    }

    @Test
    void bindingsAsTable() throws Exception {
        assertThat(run(new BindingsCommand()).stream().map(line -> line.replaceAll(" +", " "))).containsExactly(
                "MOBILE NODE SESSION STATE HOME NETWORK PROXY-COA OPERATOR GRE KEYS DOWN/UP LEFT",
                "anna@example.net 1 ACTIVE 2001:db8:0:1::/64 2001:db8:a::1 1 KEYS 101/201 600 s",
                "bert@example.net 2 ACTIVE 2001:db8:0:2::/64,10.1.0.7/24 2001:db8:a::2 1 KEYS 102/202 600 s",
                "2 mobile nodes");
    }

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        Columns columns = new Columns("A", "LONG", "C");
        columns.row("wide", 1, "x");
        columns.print(new PrintStream(octets, true, StandardCharsets.UTF_8));
        assertThat(octets.toString(StandardCharsets.UTF_8).lines()).containsExactly("A     LONG  C", "wide  1     x");
    }

    @Test
    void bindingsByConditions() throws Exception {
        BindingsCommand command = new BindingsCommand();
        command.mag = "mag2";
        command.node = "bert";
        command.state = "active";
        command.operator = 1;
        command.prefix = "2001:db8:0:2::/64";
        JsonNode found = json(command);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("mobileNode").asText()).isEqualTo("bert@example.net");
    }

    @Test
    void longListsAreCut() throws Exception {
        BindingsCommand command = new BindingsCommand();
        command.limit = 1;
        assertThat(run(command)).last().isEqualTo("1 of 2 mobile nodes; more with --after anna@example.net");
        command.after = "anna@example.net";
        assertThat(run(command)).element(1).asString().startsWith("bert@example.net");
    }

    @Test
    void wrongOptionsAreNamed() throws Exception {
        BindingsCommand command = new BindingsCommand();
        command.state = "gone";
        assertThat(run(command)).containsExactly("state: 'gone' is neither active nor ending");
        BindingsCommand none = new BindingsCommand();
        none.limit = 0;
        assertThat(run(none)).containsExactly("--limit: 0 is not 1 or more");
    }

    @Test
    void oneBindingInFull() throws Exception {
        BindingCommand command = new BindingCommand();
        command.mobileNode = "anna@example.net";
        assertThat(run(command)).contains("anna@example.net", "  session 1", "    state                ACTIVE",
                "    prefixes             2001:db8:0:1::/64", "    downlinkPackets      3", "    table entries",
                "      downlink session 1");
        assertThat(json(command).get("sessions").get(0).get("traffic").get("uplinkPackets").asInt()).isEqualTo(1);
    }

    @Test
    void unknownMobileNodesAreNamed() throws Exception {
        BindingCommand command = new BindingCommand();
        command.mobileNode = "carl@example.net";
        assertThat(run(command)).containsExactly("no session of 'carl@example.net' is known");
    }

    @Test
    void gatewaysPoolsAndStatistics() throws Exception {
        assertThat(run(new GatewaysCommand())).element(2).isEqualTo("mag2  2001:db8:a::2  keys        1         2");
        assertThat(json(new GatewaysCommand())).hasSize(3);
        assertThat(run(new PoolsCommand())).element(1).isEqualTo("home  2001:db8::/48  64      65536  3");
        assertThat(json(new PoolsCommand())).hasSize(1);
        assertThat(run(new StatisticsCommand())).containsExactly("The switch holds what it should.",
                "COUNTED     NUMBER", "registered  3",
                "MICROSECONDS  TIMES  MEAN  MEDIAN  95 %  99 %  GREATEST",
                "pbuToPba      0      0     0       0     0     0",
                "store         0      0     0       0     0     0",
                "flow          0      0     0       0     0     0", "DROPPED FOR  PACKETS", "unknown_key  7");
        assertThat(json(new StatisticsCommand()).get("drops").get("unknown_key").asInt()).isEqualTo(7);
    }

    @Test
    void reconciliation() throws Exception {
        assertThat(run(new ReconcileCommand())).containsExactly("The switch held what it should.");
        lma.reconciliation = CompletableFuture.completedFuture(12);
        assertThat(run(new ReconcileCommand())).containsExactly("12 rules were written.");
        assertThat(json(new ReconcileCommand()).get("written").asInt()).isEqualTo(12);
        lma.reconciliation = CompletableFuture.failedFuture(new IllegalStateException("device:s1 is not there"));
        assertThat(run(new ReconcileCommand())).containsExactly("device:s1 is not there");
    }

    @Test
    void deletion() throws Exception {
        DeleteBindingCommand command = new DeleteBindingCommand();
        command.mobileNode = "anna@example.net";
        command.session = 5L;
        assertThat(run(command)).containsExactly("'anna@example.net' has no session 5");
        command.session = null;
        assertThat(run(command)).containsExactly("session 1 is ended");
        assertThat(run(command)).containsExactly("no session of 'anna@example.net' is known");
        command.mobileNode = "bert@example.net";
        assertThat(json(command).get("ended").get(0).asInt()).isEqualTo(2);
        assertThat(lma.bindings()).isEmpty();
    }

    @Test
    void deletionOfAll() throws Exception {
        DeleteBindingCommand command = new DeleteBindingCommand();
        assertThat(run(command)).containsExactly("mobileNode: give an identifier, or --all");
        command.all = true;
        command.mobileNode = "anna@example.net";
        assertThat(run(command)).containsExactly("--all and 'anna@example.net': give one of them");
        command.mobileNode = null;
        assertThat(run(command)).containsExactly("session 1 is ended", "session 2 is ended");
        assertThat(lma.bindings()).isEmpty();
        assertThat(run(command)).containsExactly("there is no such session");
    }

    static Stream<Class<?>> commands() {
        return Stream.of(BindingsCommand.class, BindingCommand.class, GatewaysCommand.class, PoolsCommand.class,
                StatisticsCommand.class, ReconcileCommand.class, DeleteBindingCommand.class);
    }

    /** Karaf makes commands from classes with both marks and a constructor without arguments. */
    @ParameterizedTest
    @MethodSource("commands")
    void theShellFindsThem(Class<?> command) throws Exception {
        assertThat(command.getAnnotation(Service.class)).isNotNull();
        assertThat(command.getAnnotation(Command.class).name()).startsWith("pmip-");
        assertThat(command.getConstructor().newInstance()).isInstanceOf(LmaCommand.class);
    }
}
