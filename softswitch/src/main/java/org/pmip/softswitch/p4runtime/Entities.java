// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.List;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update;

/** Writes and reads the entities of one program, each by the part that knows its kind. */
final class Entities {
    private final Program program;
    private final TableEntries entries;
    private final DirectResources direct;
    private final Cells cells;
    private final Replicas replicas;
    private final Profiles profiles;
    private final ValueSets valueSets;
    private final Digests digests;

    Entities(Program program, Digests digests) {
        this.program = program;
        entries = program.entries();
        direct = new DirectResources(program);
        cells = new Cells(program);
        replicas = new Replicas(program.pipeline().replication(), program.translations().ports());
        profiles = new Profiles(program, program.config().getP4Info().getActionProfilesList());
        valueSets = program.valueSets();
        this.digests = digests;
    }

    /** Refuses an update that the role may not make. */
    void check(Update update, Access access) throws Refusal {
        access.check(update.getEntity(), program);
    }

    void write(Update update) throws Refusal {
        Update.Type type = update.getType();
        if (type == Update.Type.UNSPECIFIED || type == Update.Type.UNRECOGNIZED) {
            throw Refusal.invalid("the update has no type: give INSERT, MODIFY or DELETE");
        }
        program.translations().begin();
        try {
            write(type, update.getEntity());
        } catch (TableException e) {
            throw Refusal.of(e);
        }
    }

    private void write(Update.Type type, Entity entity) throws Refusal, TableException {
        switch (entity.getEntityCase()) {
            case TABLE_ENTRY -> entries.write(type, entity.getTableEntry());
            case DIRECT_COUNTER_ENTRY -> direct.write(type, entity.getDirectCounterEntry());
            case DIRECT_METER_ENTRY -> direct.write(type, entity.getDirectMeterEntry());
            case COUNTER_ENTRY -> cells.write(type, entity.getCounterEntry());
            case METER_ENTRY -> cells.write(type, entity.getMeterEntry());
            case REGISTER_ENTRY -> cells.write(type, entity.getRegisterEntry());
            case PACKET_REPLICATION_ENGINE_ENTRY ->
                replicas.write(type, entity.getPacketReplicationEngineEntry());
            case ACTION_PROFILE_MEMBER -> profiles.write(type, entity.getActionProfileMember());
            case ACTION_PROFILE_GROUP -> profiles.write(type, entity.getActionProfileGroup());
            case VALUE_SET_ENTRY -> valueSets.write(type, entity.getValueSetEntry());
            case DIGEST_ENTRY -> digests.write(type, entity.getDigestEntry());
            case ENTITY_NOT_SET -> throw Refusal.invalid("the update has no entity");
            default -> throw unsupported(entity);
        }
    }

    /** Reads what the pattern selects and the role may see. */
    void read(Entity pattern, Access access, Found to) throws Refusal {
        access.checkPattern(pattern, program);
        select(pattern, access, entity -> {
            if (access.shows(entity, program)) {
                to.accept(entity);
            }
        }, to);
    }

    void read(Entity pattern, Found to) throws Refusal {
        select(pattern, null, to, to);
    }

    /** Table entries, which can be many, are not looked at one by one: the role may see those of a table or not. */
    private void select(Entity pattern, Access access, Found to, Found entriesTo) throws Refusal {
        program.translations().begin();
        try {
            if (pattern.hasTableEntry()) {
                entries.read(pattern.getTableEntry(), access, entriesTo);
            } else {
                select(pattern, to);
            }
        } catch (TableException e) {
            throw Refusal.of(e);
        }
    }

    private void select(Entity pattern, Found to) throws Refusal, TableException {
        switch (pattern.getEntityCase()) {
            case DIRECT_COUNTER_ENTRY -> direct.read(pattern.getDirectCounterEntry(), to);
            case DIRECT_METER_ENTRY -> direct.read(pattern.getDirectMeterEntry(), to);
            case COUNTER_ENTRY -> cells.read(pattern.getCounterEntry(), to);
            case METER_ENTRY -> cells.read(pattern.getMeterEntry(), to);
            case REGISTER_ENTRY -> cells.read(pattern.getRegisterEntry(), to);
            case PACKET_REPLICATION_ENGINE_ENTRY -> replicas.read(pattern.getPacketReplicationEngineEntry(), to);
            case ACTION_PROFILE_MEMBER -> profiles.read(pattern.getActionProfileMember(), to);
            case ACTION_PROFILE_GROUP -> profiles.read(pattern.getActionProfileGroup(), to);
            case VALUE_SET_ENTRY -> valueSets.read(pattern.getValueSetEntry(), to);
            case DIGEST_ENTRY -> digests.read(pattern.getDigestEntry(), to);
            case ENTITY_NOT_SET -> throw Refusal.invalid("the request has an empty entity: name the kind to be read");
            default -> throw unsupported(pattern);
        }
    }

    /** What an update of this entity would change, as it is now with all that belongs to it; empty if there is none. */
    List<Entity> current(Entity given) throws Refusal {
        List<Entity> found = new ArrayList<>();
        if (given.hasTableEntry()) {
            try {
                entries.current(given.getTableEntry(), found::add);
            } catch (TableException e) {
                throw Refusal.of(e);
            }
            return found;
        }
        read(given, found::add);
        // An owner without match is one entry for a write, and stands for all of them in a read.
        found.removeIf(one -> one.getDirectCounterEntry().getTableEntry().getMatchCount()
                != given.getDirectCounterEntry().getTableEntry().getMatchCount()
                || one.getDirectMeterEntry().getTableEntry().getMatchCount()
                != given.getDirectMeterEntry().getTableEntry().getMatchCount());
        return found;
    }

    /** Whether the program fixes what an entry, or the default entry, of that table does. */
    boolean constant(TableEntry given) throws Refusal {
        return entries.constant(given);
    }

    private static Refusal unsupported(Entity entity) {
        return Refusal.unsupported("this switch has no " + entity.getEntityCase());
    }
}
