// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionChoice;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.config.v1.P4InfoOuterClass.ActionRef;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.v1.P4RuntimeOuterClass.Action;
import p4.v1.P4RuntimeOuterClass.ActionProfileAction;
import p4.v1.P4RuntimeOuterClass.ActionProfileActionSet;
import p4.v1.P4RuntimeOuterClass.TableAction;

/** The actions of a P4Info, and what entries say of them, in both directions (P4Runtime 1.3, section 9.1.2). */
final class Actions {
    private final Map<Integer, ActionInfo> byId = new HashMap<>();
    private final Map<String, ActionInfo> byName = new HashMap<>();
    private final SdnNames ports;

    Actions(P4Info info, Pipeline pipeline, Translations translations) {
        ports = translations.ports();
        info.getActionsList().forEach(action -> {
            ActionInfo known = new ActionInfo(action, pipeline, translations);
            byId.put(known.id(), known);
            byName.put(known.name(), known);
        });
    }

    /** A call by an entry of the table, its default entry if {@code fallback}. */
    ActionCall call(TableInfo table, Action action, boolean fallback) throws Refusal {
        ActionRef.Scope scope = table.scope(action.getActionId());
        ActionInfo info = byId.get(action.getActionId());
        if (scope == null || info == null) {
            throw Refusal.invalid(table.name() + " has no action " + action.getActionId()
                    + (info == null ? "" : " ('" + info.name() + "')"));
        }
        ActionRef.Scope barred = fallback ? ActionRef.Scope.TABLE_ONLY : ActionRef.Scope.DEFAULT_ONLY;
        if (scope == barred) {
            throw Refusal.of(Status.Code.PERMISSION_DENIED, "action '" + info.name() + "' of " + table.name()
                    + (fallback ? " is for entries only, not for the default entry"
                            : " is for the default entry only, not for others"));
        }
        return info.read(action);
    }

    /** A call by a member of an action profile that serves those tables. */
    ActionCall call(List<TableInfo> tables, Action action) throws Refusal {
        for (TableInfo table : tables) {
            call(table, action, false);
        }
        ActionInfo info = byId.get(action.getActionId());
        if (info == null) {
            throw Refusal.invalid("there is no action " + action.getActionId());
        }
        return info.read(action);
    }

    ActionChoice choice(TableInfo table, TableAction action, Program program) throws Refusal {
        boolean direct = table.table().profile() == null;
        switch (action.getTypeCase()) {
            case ACTION:
                if (!direct) {
                    throw Refusal.invalid(table.name() + " has an action profile: give a member, a group or an "
                            + "action set in place of an action");
                }
                return call(table, action.getAction(), false);
            case ACTION_PROFILE_MEMBER_ID:
                needsProfile(table, direct, "a member");
                return new ActionChoice.Member(action.getActionProfileMemberId());
            case ACTION_PROFILE_GROUP_ID:
                needsProfile(table, direct, "a group");
                needsSelector(table, "a group");
                return new ActionChoice.Group(action.getActionProfileGroupId());
            case ACTION_PROFILE_ACTION_SET:
                needsProfile(table, direct, "an action set");
                needsSelector(table, "an action set");
                return oneShot(table, action.getActionProfileActionSet(), program);
            default:
                throw Refusal.invalid("the entry of " + table.name() + " names no action");
        }
    }

    private static void needsProfile(TableInfo table, boolean direct, String given) throws Refusal {
        if (direct) {
            throw Refusal.invalid(table.name() + " has no action profile: give an action in place of " + given);
        }
    }

    private static void needsSelector(TableInfo table, String given) throws Refusal {
        if (!table.table().profile().selector()) {
            throw Refusal.invalid("the action profile of " + table.name()
                    + " has no selector: give a member in place of " + given);
        }
    }

    private ActionChoice oneShot(TableInfo table, ActionProfileActionSet set, Program program) throws Refusal {
        GroupLimits limits = program.groupLimits(table.table().profile().name());
        String what = "the action set for " + table.name();
        Unknown.check(set.getUnknownFields(), 0, what);
        List<ActionChoice.Weighted> actions = new ArrayList<>();
        long sum = 0;
        for (ActionProfileAction one : set.getActionProfileActionsList()) {
            String action = "an action of " + what;
            int weight = limits.weight(one.getWeight(), action);
            sum += weight;
            actions.add(new ActionChoice.Weighted(call(table, one.getAction(), false), weight,
                    Unknown.watch(one.getWatch(), one.getUnknownFields(), program, action)));
        }
        limits.checkSet(actions.size(), sum, what);
        return new ActionChoice.OneShot(actions);
    }

    TableAction write(ActionChoice choice, GroupLimits limits) {
        TableAction.Builder action = TableAction.newBuilder();
        if (choice instanceof ActionCall call) {
            action.setAction(write(call));
        } else if (choice instanceof ActionChoice.Member member) {
            action.setActionProfileMemberId(member.id());
        } else if (choice instanceof ActionChoice.Group group) {
            action.setActionProfileGroupId(group.id());
        } else if (choice instanceof ActionChoice.OneShot set) {
            ActionProfileActionSet.Builder all = action.getActionProfileActionSetBuilder();
            for (ActionChoice.Weighted one : set.actions()) {
                all.addActionProfileActions(ActionProfileAction.newBuilder().setAction(write(one.action()))
                        .setWeight(limits.shown(one.weight())).setWatch(Unknown.watchNumber(one.watch()))
                        .setUnknownFields(Unknown.watchOctets(one.watch(), ports)));
            }
        }
        return action.build();
    }

    Action write(ActionCall call) {
        return info(call).write(call);
    }

    /** Writes the fields of the message that {@link #write} makes. */
    void encode(ActionCall call, Encoder to) {
        info(call).encode(call, to);
    }

    /** The id by which controllers know the action. */
    int id(ActionCall call) {
        return info(call).id();
    }

    private ActionInfo info(ActionCall call) {
        ActionInfo info = byName.get(call.action());
        if (info == null) {
            throw new IllegalStateException("the P4Info has no action '" + call.action() + "'");
        }
        return info;
    }

    /** Adds the numbers in what an entry names that such names stand for. */
    void numbers(ActionChoice choice, SdnNames of, Set<Bits> to) {
        if (choice instanceof ActionCall call && known(call)) {
            info(call).numbers(call, of, to);
        } else if (choice instanceof ActionChoice.OneShot set) {
            set.actions().forEach(one -> numbers(one.action(), of, to));
        }
    }

    /** Whether the P4Info tells of the action, so that it can be read. */
    boolean known(ActionCall call) {
        return byName.containsKey(call.action());
    }
}
