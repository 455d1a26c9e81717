// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.pipeconf.Encapsulation;
import org.pmip.pipeconf.entity.DownlinkSession;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.UplinkSession;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A pass over many records; one rule stands for all of a session. */
class PassTest {

    private final Map<EntityKey, PipelineEntity> table = new HashMap<>();
    private final List<Integer> portions = new ArrayList<>();
    private final List<Long> pauses = new ArrayList<>();
    private final List<CompletableFuture<Void>> waiting = new ArrayList<>();
    private final Progress progress = new Progress();
    private boolean slow;

    private static BindingCacheEntry entry(long session) {
        return BindingCacheEntry.builder().sessionId(session).prefixes(List.of(Ip6Prefix.valueOf("2001:db8::/64")))
                .tunnel(Ip6Address.valueOf("2001:db8:0:11::1"), Ip6Address.valueOf("2001:db8:0:1::1")).build();
    }

    private static MobileNodeRecord record(int node, long... sessions) {
        List<BindingCacheEntry> entries = new ArrayList<>();
        for (long session : sessions) {
            entries.add(entry(session));
        }
        return new MobileNodeRecord(MobileNodeIdentifier.ofNai("mn" + node + "@example.net"), entries);
    }

    private static List<MobileNodeRecord> records(int from, int to) {
        return IntStream.range(from, to).mapToObj(node -> record(node, node)).collect(Collectors.toList());
    }

    private static Map<EntityKey, PipelineEntity> wishes(MobileNodeRecord record) {
        Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
        for (BindingCacheEntry entry : record.entries()) {
            PipelineEntity entity = UplinkSession.builder().sessionId(entry.sessionId()).build();
            wanted.put(EntityKey.of(entity), entity);
        }
        return wanted;
    }

    private CompletableFuture<Void> write(List<List<PipelineEntity>> stages, List<PipelineEntity> gone) {
        portions.add(stages.stream().mapToInt(Collection::size).sum() + gone.size());
        CompletableFuture<Void> taken = new CompletableFuture<>();
        stages.forEach(stage -> stage.forEach(entity -> table.put(EntityKey.of(entity), entity)));
        gone.forEach(entity -> table.remove(EntityKey.of(entity)));
        if (slow) {
            waiting.add(taken);
        } else {
            taken.complete(null);
        }
        return taken;
    }

    private Pass<MobileNodeRecord> pass() {
        DeviceRules.Found found = new DeviceRules.Found();
        found.present.putAll(table);
        found.believed.putAll(table);
        return new Pass<>("device:1", found, Map.of(), PassTest::wishes, entity -> false,
                Set::of, this::write, millis -> {
            pauses.add(millis);
            return Runnable::run;
        }, progress);
    }

    private Set<Long> sessions() {
        return table.values().stream().map(entity -> ((UplinkSession) entity).sessionId()).collect(Collectors.toSet());
    }

    @Test
    void manyRulesAreWrittenInPortionsAtABoundedRate() throws Exception {
        List<MobileNodeRecord> all = records(1, 3_501);
        assertThat(pass().run(() -> all, record -> record).get()).isEqualTo(3_500);
        assertThat(portions).containsExactly(1_000, 1_000, 1_000, 500);
        // 1,000 rules at 50,000 a second, less what the writing itself took; what is no full portion waits for nothing.
        assertThat(pauses).hasSizeLessThanOrEqualTo(3).allSatisfy(millis -> assertThat(millis).isBetween(1L, 20L));
        assertThat(table).hasSize(3_500);
        assertThat(pass().run(() -> all, record -> record).get()).as("what is right is not touched").isZero();
        assertThat(portions).hasSize(4);
        assertThat(progress.snapshot().compared()).isEqualTo(3_500);
        assertThat(progress.snapshot().written()).isZero();
    }

    @Test
    void whatIsTooMuchGoesInPortionsToo() throws Exception {
        List<MobileNodeRecord> all = records(1, 2_501);
        pass().run(() -> all, record -> record).get();
        portions.clear();
        assertThat(pass().run(() -> records(1, 101), record -> record).get()).isEqualTo(2_400);
        assertThat(portions).containsExactly(1_000, 1_000, 400);
        assertThat(table).hasSize(100);
        assertThat(progress.snapshot().removed()).isEqualTo(2_400);
    }

    @Test
    void aLaterPortionIsOfTheRecordsAsTheyAreByThen() {
        slow = true;
        List<MobileNodeRecord> all = records(1, 2_001);
        Map<String, MobileNodeRecord> now = new HashMap<>();
        all.forEach(record -> now.put(record.key(), record));
        CompletableFuture<Integer> done = pass().run(now::values, record -> now.get(record.key()));
        assertThat(progress.snapshot().going()).isTrue();
        assertThat(portions).as("one at a time").containsExactly(1_000);
        List<MobileNodeRecord> unwritten = all.stream().filter(record -> !sessions().contains(
                record.entries().get(0).sessionId())).collect(Collectors.toList());
        MobileNodeRecord gone = unwritten.get(0);
        MobileNodeRecord other = unwritten.get(1);
        now.put(gone.key(), MobileNodeRecord.none(gone.mobileNode()));
        now.put(other.key(), new MobileNodeRecord(other.mobileNode(),
                List.of(entry(9_999))));
        slow = false;
        waiting.get(0).complete(null);
        assertThat(done).isCompleted();
        assertThat(sessions()).contains(9_999L).doesNotContain(gone.entries().get(0).sessionId(),
                other.entries().get(0).sessionId()).hasSize(1_999);
        assertThat(progress.snapshot().going()).isFalse();
    }

    @Test
    void aRefusalEndsThePass() {
        slow = true;
        List<MobileNodeRecord> all = records(1, 1_501);
        CompletableFuture<Integer> done = pass().run(() -> all, record -> record);
        waiting.get(0).completeExceptionally(new IllegalStateException("table full"));
        assertThat(done).isCompletedExceptionally();
        assertThat(portions).hasSize(1);
        assertThat(progress.snapshot().going()).isFalse();
    }

    private static final Ip6Address FIRST_GATEWAY = Ip6Address.valueOf("2001:db8:0:11::1");
    private static final Ip6Address NEXT_GATEWAY = Ip6Address.valueOf("2001:db8:0:12::1");

    private static MobileNodeRecord at(Ip6Address gateway, int node) {
        return new MobileNodeRecord(MobileNodeIdentifier.ofNai("mn" + node + "@example.net"), List.of(
                BindingCacheEntry.builder().sessionId(node).prefixes(List.of(Ip6Prefix.valueOf("2001:db8::/64")))
                        .tunnel(gateway, Ip6Address.valueOf("2001:db8:0:1::1")).build()));
    }

    private static Map<EntityKey, PipelineEntity> downlink(MobileNodeRecord record) {
        Map<EntityKey, PipelineEntity> wanted = new LinkedHashMap<>();
        for (BindingCacheEntry entry : record.entries()) {
            PipelineEntity entity = DownlinkSession.builder().sessionId(entry.sessionId())
                    .encapsulation(Encapsulation.IP).tunnelId(entry.proxyCoa().equals(FIRST_GATEWAY) ? 11 : 12)
                    .build();
            wanted.put(EntityKey.of(entity), entity);
        }
        return wanted;
    }

    /** A pass over records that change while its writes are under way. */
    private Pass<MobileNodeRecord> passBeside(Pass.Writer writer) {
        DeviceRules.Found found = new DeviceRules.Found();
        found.present.putAll(table);
        found.believed.putAll(table);
        return new Pass<>("device:1", found, Map.of(), PassTest::downlink, entity -> false, Set::of, writer,
                millis -> Runnable::run, progress);
    }

    @Test
    void aSessionThatMovesWhileThePassWritesWhatItWasEndsUpAsItIs() throws Exception {
        Map<String, MobileNodeRecord> now = new HashMap<>();
        for (int node = 1; node <= 3; node++) {
            MobileNodeRecord record = at(FIRST_GATEWAY, node);
            now.put(record.key(), record);
        }
        Iterator<MobileNodeRecord> moves = List.of(at(NEXT_GATEWAY, 2), at(FIRST_GATEWAY, 2), at(NEXT_GATEWAY, 2))
                .iterator();
        Pass<MobileNodeRecord> pass = passBeside((stages, gone) -> {
            if (moves.hasNext()) {
                MobileNodeRecord moved = moves.next();
                now.put(moved.key(), moved);
                table.putAll(downlink(moved));
            }
            return write(stages, gone);
        });
        pass.run(() -> List.copyOf(now.values()), record -> now.get(record.key())).get();
        Map<EntityKey, PipelineEntity> wanted = new HashMap<>();
        now.values().forEach(record -> wanted.putAll(downlink(record)));
        assertThat(table).isEqualTo(wanted);
        assertThat(portions).as("what was right at the second look is not written again").containsExactly(3, 1, 1, 1);
    }

    @Test
    void aSessionThatComesWhileItsFormerEntriesAreTakenOutKeepsThem() throws Exception {
        MobileNodeRecord stays = at(FIRST_GATEWAY, 1);
        MobileNodeRecord returns = at(NEXT_GATEWAY, 2);
        table.putAll(downlink(stays));
        table.putAll(downlink(at(FIRST_GATEWAY, 2)));
        table.putAll(downlink(at(FIRST_GATEWAY, 3)));
        Map<String, MobileNodeRecord> now = new HashMap<>();
        now.put(stays.key(), stays);
        Pass<MobileNodeRecord> pass = passBeside((stages, gone) -> {
            if (!gone.isEmpty()) {
                now.put(returns.key(), returns);
                table.putAll(downlink(returns));
            }
            return write(stages, gone);
        });
        pass.run(() -> List.copyOf(now.values()), record -> now.get(record.key())).get();
        Map<EntityKey, PipelineEntity> wanted = new HashMap<>();
        now.values().forEach(record -> wanted.putAll(downlink(record)));
        assertThat(table).isEqualTo(wanted).hasSize(2);
    }
}
