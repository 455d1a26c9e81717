// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.TextFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.JqwikException;
import org.junit.jupiter.api.Test;
import org.pmip.pipeconf.DropReason;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.Role;
import p4.config.v1.P4InfoOuterClass.Action;
import p4.config.v1.P4InfoOuterClass.ActionRef;
import p4.config.v1.P4InfoOuterClass.MatchField;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4InfoOuterClass.Table;

/** Walks the P4Info: nothing in a table is without its counterpart in a type of entity. */
class TableCoverageTest {
    private static final int SAMPLES = 400;

    private static P4Info p4info() throws IOException {
        P4Info.Builder info = P4Info.newBuilder();
        TextFormat.merge(Files.readString(Path.of(System.getProperty("pmip.root", "..")).resolve(
                "p4src/build/pmip.p4info.txtpb")), info);
        return info.build();
    }

    private static Map<String, List<PipelineEntity>> samples() throws JqwikException {
        Map<String, List<PipelineEntity>> byTable = new LinkedHashMap<>();
        for (Arbitrary<PipelineEntity> entities : List.of(AnyEntity.interfaces(), AnyEntity.stations(),
                AnyEntity.localAddresses(), AnyEntity.punts(), AnyEntity.tunnels(), AnyEntity.uplinkKeys(),
                AnyEntity.uplinkSources(), AnyEntity.uplinkSessions(), AnyEntity.homeNetworks(),
                AnyEntity.downlinkSessions(), AnyEntity.tunnelEndpoints(), AnyEntity.routes(), AnyEntity.nextHops(),
                AnyEntity.drops(), AnyEntity.accessNodes(), AnyEntity.accessSources(), AnyEntity.accessUplinks(),
                AnyEntity.accessKeys(), AnyEntity.accessDestinations(), AnyEntity.accessDeliveries(),
                AnyLayer2.destinations(), AnyLayer2.tunnels(), AnyLayer2.stations(), AnyLayer2.copies())) {
            List<PipelineEntity> list = Stream.generate(entities::sample).limit(SAMPLES).collect(Collectors.toList());
            byTable.put(list.get(0).table().id(), list);
        }
        return byTable;
    }

    @Test
    void everyTableFieldActionAndParameterHasItsCounterpart() throws IOException {
        P4Info info = p4info();
        Map<Integer, Action> actions = info.getActionsList().stream()
                .collect(Collectors.toMap(action -> action.getPreamble().getId(), action -> action));
        Map<String, List<PipelineEntity>> samples = samples();
        assertThat(samples.keySet()).isEqualTo(info.getTablesList().stream()
                .map(table -> table.getPreamble().getName()).collect(Collectors.toSet()));
        assertThat(PipelineEntities.tables().stream().map(Object::toString).collect(Collectors.toSet()))
                .isEqualTo(samples.keySet());
        for (Table table : info.getTablesList()) {
            List<PipelineEntity> entities = samples.get(table.getPreamble().getName());
            Set<String> fields = new HashSet<>();
            Map<String, Set<String>> parameters = new LinkedHashMap<>();
            for (PipelineEntity entity : entities) {
                entity.matchKey().fieldMatches().forEach(match -> fields.add(match.fieldId().id()));
                parameters.computeIfAbsent(entity.action().id().id(), id -> new HashSet<>())
                        .addAll(entity.action().parameters().stream().map(p -> p.id().id())
                                .collect(Collectors.toSet()));
            }
            assertThat(fields).as("keys of " + table.getPreamble().getName())
                    .isEqualTo(table.getMatchFieldsList().stream().map(MatchField::getName)
                            .collect(Collectors.toSet()));
            Map<String, Set<String>> expected = table.getActionRefsList().stream()
                    .filter(ref -> ref.getScope() != ActionRef.Scope.DEFAULT_ONLY)
                    .map(ref -> actions.get(ref.getId()))
                    .collect(Collectors.toMap(action -> action.getPreamble().getName(), action ->
                            action.getParamsList().stream().map(Action.Param::getName).collect(Collectors.toSet())));
            assertThat(parameters).as("actions of " + table.getPreamble().getName()).isEqualTo(expected);
        }
    }

    @Test
    void enumsAreThoseOfTheProgram() throws IOException {
        Map<String, Map<String, Integer>> enums = new LinkedHashMap<>();
        p4info().getTypeInfo().getSerializableEnumsMap().forEach((name, type) -> enums.put(name,
                type.getMembersList().stream().filter(member -> !member.getName().equals("NONE"))
                        .collect(Collectors.toMap(member -> member.getName(),
                                member -> member.getValue().byteAt(0) & 0xFF))));
        assertThat(enums.get("DropReason")).isEqualTo(Stream.of(DropReason.values())
                .collect(Collectors.toMap(DropReason::name, DropReason::code)));
        assertThat(enums.get("PuntClass")).isEqualTo(Stream.of(PuntClass.values())
                .collect(Collectors.toMap(PuntClass::name, PuntClass::code)));
        assertThat(enums.get("Encapsulation")).isEqualTo(Stream.of(Encapsulation.values())
                .collect(Collectors.toMap(Encapsulation::name, Encapsulation::code)));
        assertThat(enums.get("Role")).isEqualTo(Stream.of(Role.values())
                .collect(Collectors.toMap(Role::name, Role::code)));
    }
}
