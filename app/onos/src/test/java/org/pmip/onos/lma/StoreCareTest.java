// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.lma.Fixture.MAG1;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Prefix;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.store.ClaimsAudit;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.Status;

/** What a node that died, or a store that did not answer, leaves behind, is found and put right. */
class StoreCareTest {

    private static final String NODE = "mn@example.net";
    private static final String OTHER = "other@example.net";

    private final SharedStorage storage = new SharedStorage();
    private final Fixture at = new Fixture(storage);
    private final List<ClaimsAudit.Finding> found = new ArrayList<>();
    private long nanos;
    private boolean owner = true;
    private Runnable question = () -> { };
    private final StoreCare care = new StoreCare(at.bindings, at.claims, at.addresses, () -> question.run(),
            () -> at.statistics.of(LmaStatistics.STORE_NOT_AVAILABLE), () -> owner, finding -> {
                found.add(finding);
                at.processor.settle(finding);
            }, () -> nanos);

    private void tick() {
        nanos += 10_000_000_000L;
        care.tick();
    }

    @Test
    void whatWasClaimedAndNeverUsedIsFreeAgain() {
        storage.fail("pmip-bindings", "putIfAbsent", SharedStorage.Lost.REQUEST);
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        at.processor.accept(at.ipv4(NODE, 1, 100));
        storage.heal();
        assertThat(at.claims.holders()).hasSize(1);
        assertThat(at.addresses.holders()).hasSize(1);
        tick();
        assertThat(found).as("it may be under way").isEmpty();
        tick();
        assertThat(at.claims.holders()).isEmpty();
        assertThat(at.addresses.holders()).isEmpty();
        tick();
        tick();
        assertThat(found).hasSize(2);
    }

    @Test
    void whoWasCutOffAndHadNothingToDoReadsAnew() {
        owner = false;
        tick();
        // Hears of no change any more.
        at.bindings.close();
        Fixture elsewhere = new Fixture(storage);
        elsewhere.processor.accept(elsewhere.request(MAG1, NODE, 1, 100));
        question = () -> {
            throw new StorageException.Timeout();
        };
        tick();
        assertThat(at.bindings.find(NODE)).as("nothing was heard of it").isEmpty();
        question = () -> { };
        tick();
        assertThat(at.bindings.find(NODE)).contains(elsewhere.record(NODE));
    }

    @Test
    void whatARecordHoldsStaysClaimed() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        at.processor.accept(at.ipv4(OTHER, 1, 100));
        for (int i = 0; i < 100; i++) {
            tick();
        }
        assertThat(found).isEmpty();
        assertThat(at.claims.holders()).containsValue(NODE);
        assertThat(at.addresses.holders()).containsValue(OTHER);
    }

    @Test
    void whatARecordHoldsAndNobodyHasClaimedIsClaimed() {
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        Ip6Prefix prefix = at.record(NODE).entries().get(0).prefixes().get(0);
        at.claims.release(prefix, NODE);
        tick();
        tick();
        assertThat(at.claims.holders()).containsEntry(prefix.toString(), NODE);
    }

    @Test
    void aClaimThatIsUsedAtLastIsLeftAlone() {
        storage.fail("pmip-bindings", "putIfAbsent", SharedStorage.Lost.REQUEST);
        Request request = at.request(MAG1, NODE, 1, 100);
        at.processor.accept(request);
        storage.heal();
        tick();
        at.processor.accept(request);
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
        tick();
        tick();
        assertThat(at.claims.holders()).containsKey(at.record(NODE).entries().get(0).prefixes().get(0).toString());
    }

    @Test
    void onlyTheOwnerTakesClaimsBackAndWhoBecomesItLooks() {
        owner = false;
        storage.fail("pmip-bindings", "putIfAbsent", SharedStorage.Lost.REQUEST);
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        storage.heal();
        tick();
        tick();
        tick();
        assertThat(at.claims.holders()).hasSize(1);
        owner = true;
        tick();
        tick();
        assertThat(at.claims.holders()).isEmpty();
    }

    @Test
    void whoStoodStillTooLongTakesNothingThatHasBecomeAnothers() {
        // Right before the record is written this node stands still; its claim is given back and taken by another.
        storage.disturb("pmip-bindings", () -> {
            storage.disturb("", () -> { });
            at.now += 60_000;
            String claimed = at.claims.holders().keySet().iterator().next();
            at.claims.release(Ip6Prefix.valueOf(claimed), NODE);
            assertThat(at.claims.claim(Ip6Prefix.valueOf(claimed), OTHER)).isTrue();
        });
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        assertThat(at.answers).isEmpty();
        assertThat(at.updates).isEmpty();
        assertThat(at.record(NODE).isEmpty()).isTrue();
        assertThat(at.claims.holders()).hasSize(1).containsValue(OTHER);
    }

    @Test
    void aRequestThatTookLongKeepsWhatIsStillItsOwn() {
        storage.disturb("pmip-bindings", () -> {
            storage.disturb("", () -> { });
            at.now += 60_000;
        });
        at.tables = (before, after) -> CompletableFuture.completedFuture(null);
        at.processor.accept(at.request(MAG1, NODE, 1, 100));
        assertThat(at.lastAnswer().status()).isEqualTo(Status.ACCEPTED);
    }

    /** What happens at gateways, in order. */
    private StoreCare ofGateways(List<String> done) {
        return new StoreCare(() -> question.run(), () -> done.add("read"), () -> done.add("compared"),
                () -> at.statistics.of(LmaStatistics.STORE_NOT_AVAILABLE), () -> nanos);
    }

    private void tick(StoreCare one) {
        nanos += 10_000_000_000L;
        one.tick();
    }

    @Test
    void gatewaysThatWereCutOffReadAnewAndHaveTheirSwitchesCompared() {
        List<String> done = new ArrayList<>();
        StoreCare gateways = ofGateways(done);
        tick(gateways);
        assertThat(done).isEmpty();
        question = () -> {
            throw new StorageException.Timeout();
        };
        tick(gateways);
        tick(gateways);
        assertThat(done).isEmpty();
        question = () -> { };
        tick(gateways);
        tick(gateways);
        assertThat(done).containsExactly("read", "compared");
    }

    @Test
    void theSameOfThoseThatStoodStillOrGotNoAnswer() {
        List<String> done = new ArrayList<>();
        StoreCare gateways = ofGateways(done);
        nanos += 60_000_000_000L;
        tick(gateways);
        assertThat(done).containsExactly("read", "compared");
        at.statistics.count(LmaStatistics.STORE_NOT_AVAILABLE);
        tick(gateways);
        tick(gateways);
        assertThat(done).containsExactly("read", "compared", "read", "compared");
    }

    @Test
    void whatIsReadNowAndThenIsNoReasonToCompare() {
        List<String> done = new ArrayList<>();
        StoreCare gateways = ofGateways(done);
        for (int i = 0; i < 120; i++) {
            tick(gateways);
        }
        assertThat(done).containsExactly("read", "read");
    }

    @Test
    void gatewaysCompareOnceTheyHaveRead() {
        List<String> done = new ArrayList<>();
        boolean[] away = {true};
        StoreCare gateways = new StoreCare(() -> { }, () -> {
            if (away[0]) {
                throw new StorageException.Unavailable();
            }
            done.add("read");
        }, () -> done.add("compared"), () -> 0, () -> nanos);
        nanos += 60_000_000_000L;
        tick(gateways);
        tick(gateways);
        assertThat(done).isEmpty();
        away[0] = false;
        tick(gateways);
        tick(gateways);
        assertThat(done).containsExactly("read", "compared");
    }
}
