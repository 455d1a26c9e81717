// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;

/**
 * Of which mobile nodes this node of the cluster knows that the switch has the entries which the record wants, because
 * it has seen the switch take them. Of all others it cannot know: another node may have stored a record and died
 * before it wrote. Thread-safe.
 */
final class Certainty {

    private static final long PRIME = 0x100000001b3L;

    private final Map<String, Long> written = new ConcurrentHashMap<>();

    /** Whether the switch has what this record wants. */
    boolean of(MobileNodeRecord record) {
        Long known = written.get(record.key());
        return record.entries().isEmpty() ? known == null : known != null && known == print(record);
    }

    /** The switch has taken all that this record wants. */
    void note(MobileNodeRecord record) {
        if (record.entries().isEmpty()) {
            written.remove(record.key());
        } else {
            written.put(record.key(), print(record));
        }
    }

    /** Nothing is known of this mobile node any more. */
    void doubt(String key) {
        written.remove(key);
    }

    /** Nothing is known any more. */
    void doubtAll() {
        written.clear();
    }

    /** Differs between two records that want different table entries. */
    private static long print(MobileNodeRecord record) {
        long print = 1;
        for (BindingCacheEntry entry : record.entries()) {
            print = mix(print, entry.sessionId());
            print = mix(print, Objects.hash(entry.state(), entry.prefixes(), entry.ipv4Home(), entry.operator()));
            print = mix(print, Objects.hash(entry.lmaAddress(), entry.peerAddress(), entry.peerPort()));
            print = mix(print, Objects.hash(entry.gre(), entry.udp(), entry.tlvHeader()));
            print = mix(print, entry.downlinkKey() << Integer.SIZE | entry.uplinkKey());
        }
        return print;
    }

    private static long mix(long print, long value) {
        long next = (print ^ value) * PRIME;
        return next ^ next >>> Integer.SIZE;
    }
}
