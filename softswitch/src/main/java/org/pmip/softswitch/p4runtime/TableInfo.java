// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import p4.config.v1.P4InfoOuterClass;
import p4.config.v1.P4InfoOuterClass.ActionRef;

/** A table of the P4Info together with the table of the pipeline that it describes. */
final class TableInfo {
    private static final Pattern ROLE = Pattern.compile("@p4runtime_role\\(\\s*\"([^\"]*)\"\\s*\\)");

    private final P4InfoOuterClass.Table info;
    private final Table table;
    private final Fields fields;
    private final Map<Integer, ActionRef.Scope> scopes = new HashMap<>();
    private final Set<String> roles = new TreeSet<>();
    private final boolean prioritised;
    private Bits defaultMetadata = Bits.of(0);

    TableInfo(P4InfoOuterClass.Table info, Table table, Translations translations) throws Refusal {
        this.info = info;
        this.table = table;
        fields = new Fields(name(), info.getMatchFieldsList(), table.keys(), translations);
        boolean needsPriority = false;
        for (int i = 0; i < fields.count(); i++) {
            MatchKind kind = fields.kind(i);
            needsPriority |= kind != MatchKind.EXACT && kind != MatchKind.LPM;
        }
        prioritised = needsPriority;
        for (ActionRef ref : info.getActionRefsList()) {
            scopes.put(ref.getId(), ref.getScope());
        }
        for (String annotation : info.getPreamble().getAnnotationsList()) {
            Matcher role = ROLE.matcher(annotation.trim());
            if (role.matches()) {
                roles.add(role.group(1));
            }
        }
    }

    int id() {
        return info.getPreamble().getId();
    }

    /** For texts: {@code table 'Ingress.routes'}. */
    String name() {
        return "table '" + info.getPreamble().getName() + "'";
    }

    Table table() {
        return table;
    }

    Fields fields() {
        return fields;
    }

    /** Names of the roles to which {@code @p4runtime_role} gives the table; empty when every role may use it. */
    Set<String> roles() {
        return roles;
    }

    /** Whether entries have a priority, because several may match. */
    boolean prioritised() {
        return prioritised;
    }

    /** Whether the program fixes the default action. */
    boolean constantDefault() {
        return info.getConstDefaultActionId() != 0;
    }

    boolean notifiesIdle() {
        return info.getIdleTimeoutBehavior() == P4InfoOuterClass.Table.IdleTimeoutBehavior.NOTIFY_CONTROL;
    }

    /** What the controller attached to the default entry; guarded by the device's lock. */
    Bits defaultMetadata() {
        return defaultMetadata;
    }

    void defaultMetadata(Bits metadata) {
        defaultMetadata = metadata;
    }

    /** What the action may be used for in this table, null when it does not belong to it. */
    ActionRef.Scope scope(int actionId) {
        return scopes.get(actionId);
    }
}
