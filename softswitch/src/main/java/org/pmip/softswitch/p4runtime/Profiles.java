// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionProfile;
import org.pmip.softswitch.pipeline.TableException;
import p4.config.v1.P4InfoOuterClass;
import p4.v1.P4RuntimeOuterClass.ActionProfileGroup;
import p4.v1.P4RuntimeOuterClass.ActionProfileMember;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Update;

/** Members and groups of action profiles (P4Runtime 1.3, section 9.2). Callers hold the device's lock. */
final class Profiles {
    private final Program program;
    private final Map<Integer, P4InfoOuterClass.ActionProfile> infos = new HashMap<>();

    Profiles(Program program, List<P4InfoOuterClass.ActionProfile> profiles) {
        this.program = program;
        profiles.stream().filter(profile -> profile.getTableIdsCount() > 0)
                .forEach(profile -> infos.put(profile.getPreamble().getId(), profile));
    }

    private P4InfoOuterClass.ActionProfile info(int id) throws Refusal {
        P4InfoOuterClass.ActionProfile info = infos.get(id);
        if (info == null) {
            throw Refusal.invalid("the P4Info has no action profile " + Integer.toUnsignedString(id)
                    + ", or no table that uses it");
        }
        return info;
    }

    private ActionProfile profile(int id) throws Refusal {
        return program.pipeline().profile(info(id).getPreamble().getName());
    }

    void write(Update.Type type, ActionProfileMember given) throws Refusal, TableException {
        ActionProfile profile = profile(given.getActionProfileId());
        int id = given.getMemberId();
        String what = "member " + Integer.toUnsignedString(id) + " of action profile '" + profile.name() + "'";
        if (id == 0) {
            throw Refusal.invalid(what + " cannot be: give an id other than 0");
        }
        if (type == Update.Type.DELETE) {
            profile.deleteMember(id);
            return;
        }
        if (!given.hasAction()) {
            throw Refusal.invalid(what + " has no action: give one");
        }
        List<TableInfo> tables = new ArrayList<>();
        for (int table : info(given.getActionProfileId()).getTableIdsList()) {
            tables.add(program.table(table));
        }
        ActionCall call = program.actions().call(tables, given.getAction());
        if (type == Update.Type.INSERT) {
            profile.insertMember(id, call);
        } else {
            profile.modifyMember(id, call);
        }
    }

    void write(Update.Type type, ActionProfileGroup given) throws Refusal, TableException {
        ActionProfile profile = profile(given.getActionProfileId());
        int id = given.getGroupId();
        String what = "group " + Integer.toUnsignedString(id) + " of action profile '" + profile.name() + "'";
        if (!profile.selector()) {
            throw Refusal.invalid(what + " cannot be: the profile is no selector, it has members only");
        }
        if (id == 0) {
            throw Refusal.invalid(what + " cannot be: give an id other than 0");
        }
        if (type == Update.Type.DELETE) {
            profile.deleteGroup(id);
            return;
        }
        GroupLimits limits = program.groupLimits(profile.name());
        limits.checkMaxSize(given.getMaxSize(), what);
        ActionProfile.Group group = new ActionProfile.Group(id, given.getMaxSize(), limits.counted(),
                members(given, limits, what));
        if (type == Update.Type.INSERT) {
            profile.insertGroup(group);
            return;
        }
        ActionProfile.Group old = profile.group(id);
        if (old != null && old.maxSize() != given.getMaxSize()) {
            throw Refusal.invalid("max_size of " + what + " is " + old.maxSize() + " and cannot be changed to "
                    + given.getMaxSize());
        }
        profile.modifyGroup(group);
    }

    private List<ActionProfile.WeightedMember> members(ActionProfileGroup given, GroupLimits limits, String what)
            throws Refusal {
        List<ActionProfile.WeightedMember> members = new ArrayList<>();
        Set<Integer> seen = new HashSet<>();
        for (ActionProfileGroup.Member one : given.getMembersList()) {
            String member = "member " + Integer.toUnsignedString(one.getMemberId()) + " of " + what;
            int weight = limits.weight(one.getWeight(), member);
            if (!seen.add(one.getMemberId())) {
                throw Refusal.invalid(member + " is given twice: use its weight");
            }
            members.add(new ActionProfile.WeightedMember(one.getMemberId(), weight,
                    Unknown.watch(one.getWatch(), one.getUnknownFields(), program, member)));
        }
        return members;
    }

    void read(ActionProfileMember pattern, Found to) throws Refusal {
        if (pattern.getActionProfileId() == 0) {
            for (int id : infos.keySet()) {
                read(pattern.toBuilder().setActionProfileId(id).clearMemberId().build(), to);
            }
            return;
        }
        ActionProfile profile = profile(pattern.getActionProfileId());
        for (int id : pattern.getMemberId() == 0 ? profile.members() : List.of(pattern.getMemberId())) {
            ActionCall call = profile.member(id);
            if (call != null) {
                to.accept(Entity.newBuilder().setActionProfileMember(ActionProfileMember.newBuilder()
                        .setActionProfileId(pattern.getActionProfileId()).setMemberId(id)
                        .setAction(program.actions().write(call))).build());
            }
        }
    }

    void read(ActionProfileGroup pattern, Found to) throws Refusal {
        if (pattern.getActionProfileId() == 0) {
            for (int id : infos.keySet()) {
                read(pattern.toBuilder().setActionProfileId(id).clearGroupId().build(), to);
            }
            return;
        }
        ActionProfile profile = profile(pattern.getActionProfileId());
        GroupLimits limits = program.groupLimits(profile.name());
        for (int id : pattern.getGroupId() == 0 ? profile.groups() : List.of(pattern.getGroupId())) {
            ActionProfile.Group group = profile.group(id);
            if (group != null) {
                ActionProfileGroup.Builder found = ActionProfileGroup.newBuilder()
                        .setActionProfileId(pattern.getActionProfileId()).setGroupId(id).setMaxSize(group.maxSize());
                group.members().forEach(member -> found.addMembers(ActionProfileGroup.Member.newBuilder()
                        .setMemberId(member.member()).setWeight(limits.shown(member.weight()))
                        .setWatch(Unknown.watchNumber(member.watch()))
                        .setUnknownFields(Unknown.watchOctets(member.watch(), program.translations().ports()))));
                to.accept(Entity.newBuilder().setActionProfileGroup(found).build());
            }
        }
    }
}
