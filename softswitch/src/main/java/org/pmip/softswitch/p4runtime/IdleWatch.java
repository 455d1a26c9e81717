// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.Entry;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass.IdleTimeoutNotification;

/** Finds entries that no packet has hit for their idle timeout (P4Runtime 1.3, sections 9.1.7 and 16.4). */
final class IdleWatch {
    private final Program program;
    private final List<TableInfo> tables = new ArrayList<>();
    /** When an entry was last notified, by which its timer starts anew. */
    private Map<Entry, Long> notified = new HashMap<>();

    IdleWatch(Program program) {
        this.program = program;
        for (TableInfo table : program.tables()) {
            if (table.notifiesIdle()) {
                tables.add(table);
            }
        }
    }

    /** One notification for each table that has idle entries. */
    synchronized List<IdleTimeoutNotification> scan() {
        List<IdleTimeoutNotification> notifications = new ArrayList<>();
        Map<Entry, Long> still = new HashMap<>();
        for (TableInfo table : tables) {
            IdleTimeoutNotification.Builder idle = IdleTimeoutNotification.newBuilder();
            List<Entry> entries = new ArrayList<>();
            table.table().forEach(entry -> {
                if (entry.idleTimeout() > 0) {
                    entries.add(entry);
                }
            });
            for (Entry entry : entries) {
                scan(table, entry, still, idle);
            }
            if (idle.getTableEntryCount() > 0) {
                notifications.add(idle.setTimestamp(System.currentTimeMillis() * 1_000_000).build());
            }
        }
        notified = still;
        return notifications;
    }

    private void scan(TableInfo table, Entry entry, Map<Entry, Long> still, IdleTimeoutNotification.Builder idle) {
        long now = program.pipeline().now();
        long since;
        try {
            since = table.table().lastHit(entry);
        } catch (TableException e) {
            // Deleted between the look and the leap.
            return;
        }
        Long before = notified.get(entry);
        if (before != null && before - since > 0) {
            since = before;
            still.put(entry, before);
        }
        if (now - since >= entry.idleTimeout()) {
            idle.addTableEntry(TableEntries.describe(table, entry));
            still.put(entry, now);
        }
    }
}
