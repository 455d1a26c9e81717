// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.pmip.softswitch.p4runtime.Lab.delete;
import static org.pmip.softswitch.p4runtime.Lab.direct;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.modify;
import static org.pmip.softswitch.p4runtime.Lab.station;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.rpc.Code;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.CounterData;
import p4.v1.P4RuntimeOuterClass.CounterEntry;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.DirectCounterEntry;
import p4.v1.P4RuntimeOuterClass.DirectMeterEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.RegisterEntry;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.Update.Type;
import p4.v1.P4RuntimeOuterClass.ValueSetEntry;
import p4.v1.P4RuntimeOuterClass.ValueSetMember;
import p4.v1.P4RuntimeOuterClass.WriteRequest.Atomicity;

/** P4Runtime 1.3, section 12.2: batch atomicity. */
class AtomicityTest extends LabSwitch {
    private static final Update REFUSED = delete(station("ff"));
    private static final MeterConfig RATES =
            MeterConfig.newBuilder().setCir(10).setCburst(20).setPir(30).setPburst(40).build();

    private List<P4RuntimeOuterClass.Error> rolledBack(Update... updates) {
        return Client.details(catchThrowableOfType(() -> client.calls().write(client.writing(updates)
                .setAtomicity(Atomicity.ROLLBACK_ON_ERROR).build()), StatusRuntimeException.class));
    }

    @Test
    void dataplaneAtomicMakesAllOrNothing() {
        client.calls().write(client.writing(insert(station("aa").setAction(direct("forward", "02"))),
                insert(station("bb").setAction(direct("forward", "03"))))
                .setAtomicity(Atomicity.DATAPLANE_ATOMIC).build());
        List<String> before = Everything.of(client);
        StatusRuntimeException e = catchThrowableOfType(() -> client.calls().write(
                client.writing(delete(station("aa")), insert(station("bb").setAction(direct("forward", "04"))))
                        .setAtomicity(Atomicity.DATAPLANE_ATOMIC).build()), StatusRuntimeException.class);
        assertThat(Client.details(e)).extracting(P4RuntimeOuterClass.Error::getCanonicalCode)
                .containsExactly(Code.ABORTED_VALUE, Code.ALREADY_EXISTS_VALUE);
        assertThat(Everything.of(client)).isEqualTo(before);
    }

    @Test
    void anUnknownAtomicityIsRefused() {
        StatusRuntimeException e = catchThrowableOfType(() -> client.calls().write(
                client.writing(insert(station("aa").setAction(direct("forward", "02"))))
                        .setAtomicityValue(7).build()), StatusRuntimeException.class);
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(read(station("aa"))).isEmpty();
    }

    @Test
    void withoutErrorRollbackOnErrorMakesTheWholeBatch() {
        client.calls().write(client.writing(insert(station("aa").setAction(direct("forward", "02"))),
                modify(station("aa").setAction(direct("forward", "03")))).setAtomicity(Atomicity.ROLLBACK_ON_ERROR)
                .build());
        assertThat(only(station("aa")).getAction()).isEqualTo(direct("forward", "03"));
    }

    @Test
    void afterAnErrorNothingOfTheBatchIsLeft() {
        client.write(insert(station("aa").setAction(direct("forward", "02")).setMetadata(Lab.hex("0007"))));
        List<String> before = Everything.of(client);
        List<P4RuntimeOuterClass.Error> errors = rolledBack(
                insert(station("bb").setAction(direct("forward", "03"))),
                modify(station("aa").setAction(direct("punt", "09"))),
                delete(station("aa")),
                insert(station("bb").setAction(direct("forward", "03"))),
                insert(station("cc").setAction(direct("forward", "03"))));
        assertThat(errors).extracting(P4RuntimeOuterClass.Error::getCanonicalCode).containsExactly(
                Code.ABORTED_VALUE, Code.ABORTED_VALUE, Code.ABORTED_VALUE, Code.ALREADY_EXISTS_VALUE,
                Code.ABORTED_VALUE);
        assertThat(errors.get(0).getMessage()).isEqualTo("taken back, because update 3 was refused");
        assertThat(errors.get(4).getMessage()).isEqualTo("not tried, because update 3 was refused");
        assertThat(Everything.of(client)).isEqualTo(before);
    }

    @Test
    void aTableThatIsFullIsEmptiedOfTheBatch() {
        List<Update> batch = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            batch.add(insert(station("0" + i).setAction(direct("forward", "02"))));
        }
        assertThat(rolledBack(batch.toArray(new Update[0])).get(4).getCanonicalCode())
                .isEqualTo(Code.RESOURCE_EXHAUSTED_VALUE);
        assertThat(read(entry("stations"))).isEmpty();
    }

    @Test
    void constEntriesAndDefaultsKeepWhatIsAttached() {
        CounterData some = CounterData.newBuilder().setPacketCount(3).setByteCount(400).build();
        TableEntry.Builder fallback = entry("stations").setIsDefaultAction(true);
        client.write(modify(fallback.clone().setAction(direct("forward", "03")).setCounterData(some)));
        client.write(update(Type.MODIFY, Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                .setTableEntry(entry("metered").setIsDefaultAction(true)).setConfig(RATES))));
        List<String> before = Everything.of(client);
        rolledBack(modify(fallback), modify(entry("metered").setIsDefaultAction(true)),
                modify(entry("fixed", exact(1, "88b5"))), REFUSED);
        assertThat(Everything.of(client)).isEqualTo(before);
    }

    private static Entity.Builder group(int id, int port) {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setMulticastGroupEntry(MulticastGroupEntry.newBuilder().setMulticastGroupId(id)
                        .addReplicas(Replica.newBuilder().setEgressPort(port))));
    }

    private static Entity.Builder session(int id, int port) {
        return Entity.newBuilder().setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder()
                .setCloneSessionEntry(CloneSessionEntry.newBuilder().setSessionId(id).setPacketLengthBytes(port)
                        .addReplicas(Replica.newBuilder().setEgressPort(port))));
    }

    private static Entity.Builder profile(Random random, int port) {
        int id = 1 + random.nextInt(2);
        int of = Lab.profile("next_hops");
        if (random.nextBoolean()) {
            return Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                    .setActionProfileId(of).setMemberId(id).setAction(Lab.call("forward", "0" + port)));
        }
        ActionProfileGroup.Builder group = ActionProfileGroup.newBuilder().setActionProfileId(of).setGroupId(id);
        if (random.nextBoolean()) {
            group.addMembers(ActionProfileGroup.Member.newBuilder().setMemberId(1 + random.nextInt(2))
                    .setWeight(1 + random.nextInt(3)));
        }
        return Entity.newBuilder().setActionProfileGroup(group);
    }

    private static Entity.Builder cell(Random random, int number) {
        Index index = Index.newBuilder().setIndex(random.nextInt(3)).build();
        switch (random.nextInt(3)) {
            case 0:
                CounterEntry.Builder counter = CounterEntry.newBuilder().setData(CounterData.newBuilder()
                        .setPacketCount(number));
                return Lab.cell(random.nextBoolean() ? counter : counter.setIndex(index));
            case 1:
                MeterEntry.Builder meter = MeterEntry.newBuilder().setIndex(index);
                return Lab.cell(random.nextBoolean() ? meter : meter.setConfig(RATES.toBuilder().setCir(number)));
            default:
                RegisterEntry.Builder register = RegisterEntry.newBuilder().setData(P4Data.newBuilder()
                        .setBitstring(Lab.hex("0" + number)));
                return Lab.cell(random.nextBoolean() ? register : register.setIndex(index));
        }
    }

    private static TableEntry.Builder tableEntry(Random random, int number) {
        switch (random.nextInt(6)) {
            case 0:
                return entry("rules", random.nextBoolean() ? new P4RuntimeOuterClass.FieldMatch[0]
                        : new P4RuntimeOuterClass.FieldMatch[] {Lab.ternary(1, "0800", "ff00")})
                        .setPriority(1 + random.nextInt(2)).setAction(direct("punt", "0" + number));
            case 1:
                return entry("recent", exact(1, "0" + random.nextInt(3))).setAction(direct("nothing"))
                        .setIdleTimeoutNs(1_000_000_000_000L * number);
            case 2:
                return entry("spread", exact(1, "0" + random.nextInt(2))).setAction(TableAction.newBuilder()
                        .setActionProfileMemberId(1 + random.nextInt(2)));
            case 3:
                return entry("metered", exact(1, "0" + random.nextInt(3))).setAction(direct("measure"))
                        .setMeterConfig(RATES.toBuilder().setCir(number));
            case 4:
                TableEntry.Builder fallback = entry("stations").setIsDefaultAction(true);
                return random.nextBoolean() ? fallback : fallback.setAction(direct("forward", "0" + number))
                        .setCounterData(CounterData.newBuilder().setByteCount(number));
            default:
                TableEntry.Builder station = station("0" + random.nextInt(3))
                        .setAction(direct("forward", "0" + number)).setMetadata(Lab.hex("0" + number));
                return random.nextBoolean() ? station
                        : station.setCounterData(CounterData.newBuilder().setByteCount(number));
        }
    }

    private static Entity.Builder attached(Random random, int number) {
        TableEntry.Builder owner = station("0" + random.nextInt(3));
        switch (random.nextInt(4)) {
            case 0:
                return Entity.newBuilder().setDirectCounterEntry(DirectCounterEntry.newBuilder()
                        .setTableEntry(owner).setData(CounterData.newBuilder().setPacketCount(number)));
            case 1:
                return Entity.newBuilder().setDirectMeterEntry(DirectMeterEntry.newBuilder()
                        .setTableEntry(entry("metered", exact(1, "0" + random.nextInt(3))))
                        .setConfig(RATES.toBuilder().setCir(number)));
            case 2:
                return Entity.newBuilder().setValueSetEntry(ValueSetEntry.newBuilder()
                        .setValueSetId(Lab.INFO.getValueSets(0).getPreamble().getId())
                        .addMembers(ValueSetMember.newBuilder().addMatch(exact(1, "0" + number))));
            default:
                return Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder().setDigestId(Lab.digest())
                        .setConfig(DigestEntry.Config.newBuilder().setMaxListSize(number)));
        }
    }

    private static Update any(Random random) {
        int number = 1 + random.nextInt(9);
        Entity.Builder entity = switch (random.nextInt(8)) {
            case 0 -> group(1 + random.nextInt(2), number);
            case 1 -> session(1 + random.nextInt(2), number);
            case 2 -> profile(random, number);
            case 3 -> cell(random, number);
            case 4 -> attached(random, number);
            default -> Entity.newBuilder().setTableEntry(tableEntry(random, number));
        };
        Type[] types = {Type.INSERT, Type.MODIFY, Type.DELETE};
        return update(types[random.nextInt(types.length)], entity);
    }

    @Test
    void whateverWasInTheBatchIsTakenBack() {
        Random random = new Random(5);
        int longest = 0;
        for (int round = 0; round < 40; round++) {
            List<Update> good = new ArrayList<>();
            List<String> before = Everything.of(client);
            for (int i = 0; i < 12; i++) {
                Update next = any(random);
                List<Update> batch = new ArrayList<>(good);
                Collections.addAll(batch, next, REFUSED);
                List<P4RuntimeOuterClass.Error> errors = rolledBack(batch.toArray(new Update[0]));
                assertThat(Everything.of(client)).as("round %d after %s", round, batch).isEqualTo(before);
                assertThat(errors).extracting(P4RuntimeOuterClass.Error::getCanonicalCode)
                        .doesNotContain(Code.INTERNAL_VALUE, Code.OK_VALUE);
                if (errors.get(good.size()).getCanonicalCode() == Code.ABORTED_VALUE) {
                    good.add(next);
                }
            }
            longest = Math.max(longest, good.size());
            client.calls().write(client.writing(good.toArray(new Update[0]))
                    .setAtomicity(Atomicity.ROLLBACK_ON_ERROR).build());
        }
        assertThat(longest).as("updates that were taken back together").isGreaterThan(5);
    }
}
