// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.onosproject.net.pi.runtime.PiHandle;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.TableAction;
import p4.v1.P4RuntimeOuterClass.TableEntry;

/**
 * What the messages of the last reading meant: all but the counters is mostly the same again, and comparing it costs
 * far less than decoding it. Safe for use by many threads.
 */
final class EntryMemory {
    private static final Logger LOG = LoggerFactory.getLogger(EntryMemory.class);

    private volatile Map<Key, Entry> last = Map.of();
    private volatile Map<Integer, Integer> sizes = Map.of();

    /** What makes two messages speak of the same entry. */
    record Key(int table, List<FieldMatch> match, int priority) {
    }

    /** What a message meant: its action on the wire, the entry's handle, and the entry. */
    record Entry(TableAction action, PiHandle handle, PiTableEntry entry) {
    }

    /**
     * What a message means.
     *
     * @param target that sent it
     * @param message of an entry with a key
     * @param next where it is remembered for the next reading
     * @return the entry, or null, which is logged, if it cannot be read
     */
    Entry decode(Target target, TableEntry message, Map<Key, Entry> next) {
        Key key = new Key(message.getTableId(), message.getMatchList(), message.getPriority());
        Entry before = last.get(key);
        Entry entry = before != null && before.action().equals(message.getAction()) ? before : decode(target, message);
        if (entry != null) {
            next.put(key, entry);
        }
        return entry;
    }

    private static Entry decode(Target target, TableEntry message) {
        PiTableEntry entry;
        try {
            TableEntry meaning = TableEntry.newBuilder(message).clearCounterData().build();
            entry = (PiTableEntry) Codecs.CODECS.entity().decode(
                Entity.newBuilder().setTableEntry(meaning).build(), null, target.pipeconf());
        } catch (CodecException e) {
            LOG.warn("{} has an entry that cannot be read: {}", target.device(), e.getMessage());
            return null;
        }
        PiHandle handle = entry.handle(target.device());
        // One object for what is the same, as there are tens of thousands.
        TableWriter.Accepted accepted = target.tables().accepted(handle);
        boolean same = accepted != null && entry.action() != null && entry.action().equals(accepted.entry().action());
        return new Entry(message.getAction(), handle, same ? accepted.entry() : entry);
    }

    /** An empty map for as many entries as there were. */
    Map<Key, Entry> next() {
        return new HashMap<>(last.size() * 4 / 3 + 1);
    }

    /** How many entries a table had. */
    int size(int table) {
        return sizes.getOrDefault(table, 0);
    }

    /** Puts a reading in the place of the last one. */
    void replace(Map<Key, Entry> reading) {
        Map<Integer, Integer> counts = new HashMap<>();
        reading.keySet().forEach(key -> counts.merge(key.table(), 1, Integer::sum));
        sizes = counts;
        last = reading;
    }
}
