// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

/** The tables of one switch. Thread-safe. */
interface SwitchTables {

    /** What is to be done with an entry. */
    enum Verb { INSERT, MODIFY, DELETE }

    /** What became of it. */
    enum Outcome {
        /** Done. */
        DONE,
        /** There is no entry to modify or to delete. */
        ABSENT,
        /** It was not done, for another reason. */
        REFUSED
    }

    /** One change of one entry. Immutable. */
    final class Update {
        private final Verb verb;
        private final PiTableEntry entry;

        Update(Verb verb, PiTableEntry entry) {
            this.verb = verb;
            this.entry = entry;
        }

        Verb verb() {
            return verb;
        }

        PiTableEntry entry() {
            return entry;
        }

        @Override
        public String toString() {
            return verb + " " + entry;
        }
    }

    /** All entries of all tables; empty if the switch does not tell. Blocks. */
    Optional<Collection<PiTableEntry>> read();

    /**
     * Sends changes in one request; requests are sent in the order of the calls.
     *
     * @return completes with the outcome of each; never exceptionally
     */
    CompletableFuture<Map<PiTableEntryHandle, Outcome>> write(List<Update> updates);
}
