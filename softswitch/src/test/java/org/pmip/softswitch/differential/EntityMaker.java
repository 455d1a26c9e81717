// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.differential;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pmip.softswitch.pipeline.Bits;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.CloneSessionEntry;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.Index;
import p4.v1.P4RuntimeOuterClass.MeterConfig;
import p4.v1.P4RuntimeOuterClass.MeterEntry;
import p4.v1.P4RuntimeOuterClass.MulticastGroupEntry;
import p4.v1.P4RuntimeOuterClass.PacketReplicationEngineEntry;
import p4.v1.P4RuntimeOuterClass.Replica;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** Makes entities at random for whatever a P4Info describes. */
final class EntityMaker {
    private static final int METERED_CELLS = 64;
    /** Greatest burst in packets, and what one of them counts for in a meter of octets. */
    private static final int BURST = 6;
    private static final int OCTETS = 90;
    private static final int ENTRIES = 30;
    private static final int MEMBERS = 4;
    private static final int GROUPS = 2;

    private final P4Info info;
    private final Pool pool;
    private final int ports;

    EntityMaker(P4Info info, Pool pool, int ports) {
        this.info = info;
        this.pool = pool;
        this.ports = ports;
    }

    /** Everything, in an order in which it can be written. Entries of one table do not overlap with one priority. */
    List<Update> make() {
        List<Update> updates = new ArrayList<>();
        for (int i = 1; i <= GROUPS; i++) {
            Entity.Builder group = Entity.newBuilder();
            group.getPacketReplicationEngineEntryBuilder().setMulticastGroupEntry(MulticastGroupEntry.newBuilder()
                    .setMulticastGroupId(i).addReplicas(replica(i, 1)).addReplicas(replica(i % ports + 1, 2)));
            updates.add(insert(group));
            Entity.Builder session = Entity.newBuilder();
            session.setPacketReplicationEngineEntry(PacketReplicationEngineEntry.newBuilder().setCloneSessionEntry(
                    CloneSessionEntry.newBuilder().setSessionId(i).addReplicas(replica(ports - i, 3))));
            updates.add(insert(session));
        }
        info.getActionProfilesList().forEach(profile -> profile(profile, updates));
        info.getTablesList().forEach(table -> table(table, updates));
        info.getMetersList().forEach(meter -> cells(meter, updates));
        return updates;
    }

    /** Some cells stay without configuration, and always green. */
    private void cells(P4InfoOuterClass.Meter meter, List<Update> updates) {
        boolean packets = meter.getSpec().getUnit() == P4InfoOuterClass.MeterSpec.Unit.PACKETS;
        for (int i = 0; i < Math.min(METERED_CELLS, meter.getSize()); i++) {
            updates.add(Update.newBuilder().setType(Update.Type.MODIFY).setEntity(Entity.newBuilder().setMeterEntry(
                    MeterEntry.newBuilder().setMeterId(meter.getPreamble().getId())
                            .setIndex(Index.newBuilder().setIndex(i)).setConfig(rates(packets)))).build());
        }
    }

    /** Buckets that are never filled again, so that colours do not hang on when packets come. */
    private MeterConfig rates(boolean packets) {
        int unit = packets ? 1 : OCTETS;
        return MeterConfig.newBuilder().setCburst((long) unit * pool.random().nextInt(BURST))
                .setPburst((long) unit * pool.random().nextInt(2 * BURST)).build();
    }

    private P4InfoOuterClass.DirectMeter meter(P4InfoOuterClass.Table table) {
        return info.getDirectMetersList().stream()
                .filter(one -> one.getDirectTableId() == table.getPreamble().getId()).findFirst().orElse(null);
    }

    private static Replica replica(int port, int instance) {
        return Replica.newBuilder().setEgressPort(port).setInstance(instance).build();
    }

    private static Update insert(Entity.Builder entity) {
        return Update.newBuilder().setType(Update.Type.INSERT).setEntity(entity).build();
    }

    private void profile(P4InfoOuterClass.ActionProfile profile, List<Update> updates) {
        if (profile.getTableIdsCount() == 0) {
            return;
        }
        P4InfoOuterClass.Table table = info.getTablesList().stream()
                .filter(one -> one.getPreamble().getId() == profile.getTableIds(0)).findFirst().orElseThrow();
        for (int i = 1; i <= members(profile); i++) {
            updates.add(insert(Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                    .setActionProfileId(profile.getPreamble().getId()).setMemberId(i).setAction(action(table)))));
        }
        for (int i = 1; profile.getWithSelector() && i <= GROUPS; i++) {
            ActionProfileGroup.Builder group = ActionProfileGroup.newBuilder()
                    .setActionProfileId(profile.getPreamble().getId()).setGroupId(i)
                    .setMaxSize(Math.min(MEMBERS, Math.max(1, profile.getMaxGroupSize())));
            for (int member = i; member <= members(profile) && group.getMembersCount() < group.getMaxSize(); member++) {
                group.addMembers(ActionProfileGroup.Member.newBuilder().setMemberId(member).setWeight(1));
            }
            updates.add(insert(Entity.newBuilder().setActionProfileGroup(group)));
        }
    }

    private void table(P4InfoOuterClass.Table table, List<Update> updates) {
        if (table.getIsConstTable() || table.getMatchFieldsCount() == 0 || table.getActionRefsList().stream()
                .allMatch(ref -> ref.getScope() == P4InfoOuterClass.ActionRef.Scope.DEFAULT_ONLY)) {
            return;
        }
        Set<List<FieldMatch>> seen = new HashSet<>();
        for (int i = 1; i <= Math.min(ENTRIES, table.getSize()); i++) {
            TableEntry.Builder entry = TableEntry.newBuilder().setTableId(table.getPreamble().getId());
            boolean prioritised = false;
            for (P4InfoOuterClass.MatchField field : table.getMatchFieldsList()) {
                match(field, entry);
                prioritised |= field.getMatchType() != P4InfoOuterClass.MatchField.MatchType.EXACT
                        && field.getMatchType() != P4InfoOuterClass.MatchField.MatchType.LPM;
            }
            if (!seen.add(entry.getMatchList())) {
                continue;
            }
            if (prioritised) {
                entry.setPriority(i);
            }
            if (table.getImplementationId() == 0) {
                entry.getActionBuilder().setAction(action(table));
            } else if (profile(table.getImplementationId()).getWithSelector() && pool.random().nextBoolean()) {
                entry.getActionBuilder().setActionProfileGroupId(1 + pool.random().nextInt(GROUPS));
            } else {
                entry.getActionBuilder().setActionProfileMemberId(
                        1 + pool.random().nextInt(members(profile(table.getImplementationId()))));
            }
            P4InfoOuterClass.DirectMeter meter = meter(table);
            if (meter != null && !pool.once(4)) {
                entry.setMeterConfig(rates(meter.getSpec().getUnit() == P4InfoOuterClass.MeterSpec.Unit.PACKETS));
            }
            updates.add(insert(Entity.newBuilder().setTableEntry(entry)));
        }
    }

    private P4InfoOuterClass.ActionProfile profile(int id) {
        return info.getActionProfilesList().stream().filter(one -> one.getPreamble().getId() == id).findFirst()
                .orElseThrow();
    }

    private static int members(P4InfoOuterClass.ActionProfile profile) {
        return (int) Math.min(MEMBERS, profile.getSize());
    }

    private void match(P4InfoOuterClass.MatchField field, TableEntry.Builder entry) {
        int width = Math.max(1, field.getBitwidth());
        BigInteger value = width == 9 ? BigInteger.valueOf(1 + pool.random().nextInt(ports)) : pool.draw(width);
        FieldMatch.Builder match = FieldMatch.newBuilder().setFieldId(field.getId());
        switch (field.getMatchType()) {
            case EXACT -> match.getExactBuilder().setValue(octets(value));
            case LPM -> {
                int length = pool.random().nextInt(width + 1);
                if (length == 0) {
                    return;
                }
                BigInteger mask = Pool.ones(length).shiftLeft(width - length);
                match.getLpmBuilder().setValue(octets(value.and(mask))).setPrefixLen(length);
            }
            case TERNARY -> {
                BigInteger mask = pool.once(3) ? BigInteger.ZERO : pool.once(2) ? Pool.ones(width)
                        : new BigInteger(width, pool.random()).and(new BigInteger(width, pool.random()));
                if (mask.signum() == 0) {
                    return;
                }
                match.getTernaryBuilder().setValue(octets(value.and(mask))).setMask(octets(mask));
            }
            case RANGE -> {
                BigInteger other = pool.draw(width);
                if (value.min(other).signum() == 0 && value.max(other).equals(Pool.ones(width))) {
                    return;
                }
                match.getRangeBuilder().setLow(octets(value.min(other))).setHigh(octets(value.max(other)));
            }
            default -> {
                if (pool.random().nextBoolean()) {
                    return;
                }
                match.getOptionalBuilder().setValue(octets(value));
            }
        }
        entry.addMatch(match);
    }

    private Action action(P4InfoOuterClass.Table table) {
        List<Integer> usable = new ArrayList<>();
        table.getActionRefsList().forEach(ref -> {
            if (ref.getScope() != P4InfoOuterClass.ActionRef.Scope.DEFAULT_ONLY) {
                usable.add(ref.getId());
            }
        });
        int id = usable.get(pool.random().nextInt(usable.size()));
        P4InfoOuterClass.Action action = info.getActionsList().stream()
                .filter(one -> one.getPreamble().getId() == id).findFirst().orElseThrow();
        Action.Builder call = Action.newBuilder().setActionId(id);
        for (P4InfoOuterClass.Action.Param param : action.getParamsList()) {
            call.addParams(Action.Param.newBuilder().setParamId(param.getId()).setValue(octets(argument(param))));
        }
        return call.build();
    }

    /** Ports, groups and sessions are such as there are; the rest is anything. */
    private BigInteger argument(P4InfoOuterClass.Action.Param param) {
        if (param.getBitwidth() == 9) {
            return BigInteger.valueOf(1 + pool.random().nextInt(ports));
        }
        if (param.getName().contains("group") || param.getName().contains("session")) {
            return BigInteger.valueOf(1 + pool.random().nextInt(GROUPS));
        }
        return param.getName().equals("octets") ? BigInteger.valueOf(20 + pool.random().nextInt(60))
                : pool.draw(param.getBitwidth());
    }

    private static ByteString octets(BigInteger value) {
        return ByteString.copyFrom(Bits.of(value.toByteArray()).toBytes());
    }
}
