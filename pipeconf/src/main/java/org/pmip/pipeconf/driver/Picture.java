// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Map;
import java.util.Optional;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

/** What a cluster of ONOS believes to be in the tables of one switch: its mirror. Thread-safe. */
interface Picture {

    /** The entry of that table and match, if it is believed to be there. */
    Optional<PiTableEntry> get(PiTableEntryHandle handle);

    /** All that is believed to be there; the map is the caller's. */
    Map<PiTableEntryHandle, Believed> all();

    /** It is there now. */
    void put(PiTableEntryHandle handle, PiTableEntry entry);

    /** It is not there any more. */
    void remove(PiTableEntryHandle handle);

    /** An entry, and how long it has been there. Immutable. */
    final class Believed {
        private final PiTableEntry entry;
        private final long seconds;

        Believed(PiTableEntry entry, long seconds) {
            this.entry = entry;
            this.seconds = seconds;
        }

        PiTableEntry entry() {
            return entry;
        }

        long seconds() {
            return seconds;
        }
    }
}
