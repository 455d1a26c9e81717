// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.PacketIn;

/**
 * A role and what it may do. With a config, that says it. Without one a role may do everything (P4Runtime 1.3, section
 * 5.2), but a table that the program gives to other roles with {@code @p4runtime_role} is theirs. The default role
 * stands above these annotations. Immutable.
 */
record Access(RoleName role, RoleConfig config) {

    /** Refuses an entity that the role may not write or, if it names one, read. */
    void check(Entity entity, Program program) throws Refusal {
        int id = id(entity);
        if (!covers(id, program)) {
            throw Refusal.of(Status.Code.PERMISSION_DENIED, role + " may not use " + entity.getEntityCase()
                    + (id == 0 ? "" : " of id " + Integer.toUnsignedString(id)) + ": "
                    + (config != null ? "its config does not name it" : "the program gives that table to "
                    + program.rolesOf(id)));
        }
    }

    /** Refuses a pattern that selects nothing which the role may read; a wildcard is left to {@link #shows}. */
    void checkPattern(Entity pattern, Program program) throws Refusal {
        if (id(pattern) != 0 || pattern.hasPacketReplicationEngineEntry()) {
            check(pattern, program);
        }
    }

    /** Whether the role may see an entity that a wildcard selected. */
    boolean shows(Entity entity, Program program) {
        return covers(id(entity), program);
    }

    /** Whether the role may use entities of that id, 0 for those without. */
    boolean covers(int id, Program program) {
        if (config != null) {
            return config.covers(id);
        }
        return role.isDefault() || program.rolesOf(id).isEmpty() || program.rolesOf(id).contains(role.name());
    }

    /** Whether a packet goes to the role's primary. */
    boolean receives(PacketIn packet) {
        return config == null || config.receives(packet);
    }

    /** Refuses a role that may not set the pipeline. */
    void checkPipeline() throws Refusal {
        if (config != null && !config.setsPipeline()) {
            throw Refusal.of(Status.Code.PERMISSION_DENIED, role
                    + " may not set the pipeline: its config does not allow can_push_pipeline");
        }
    }

    /** The P4Info's id that an entity belongs to, a table's for direct resources; 0 for none and for wildcards. */
    private static int id(Entity entity) {
        return switch (entity.getEntityCase()) {
            case TABLE_ENTRY -> entity.getTableEntry().getTableId();
            case DIRECT_COUNTER_ENTRY -> entity.getDirectCounterEntry().getTableEntry().getTableId();
            case DIRECT_METER_ENTRY -> entity.getDirectMeterEntry().getTableEntry().getTableId();
            case COUNTER_ENTRY -> entity.getCounterEntry().getCounterId();
            case METER_ENTRY -> entity.getMeterEntry().getMeterId();
            case REGISTER_ENTRY -> entity.getRegisterEntry().getRegisterId();
            case ACTION_PROFILE_MEMBER -> entity.getActionProfileMember().getActionProfileId();
            case ACTION_PROFILE_GROUP -> entity.getActionProfileGroup().getActionProfileId();
            case VALUE_SET_ENTRY -> entity.getValueSetEntry().getValueSetId();
            case DIGEST_ENTRY -> entity.getDigestEntry().getDigestId();
            default -> 0;
        };
    }
}
