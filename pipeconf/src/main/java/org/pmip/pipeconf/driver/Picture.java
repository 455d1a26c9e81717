// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.util.Collection;
import java.util.Optional;
import org.onosproject.net.pi.runtime.PiTableEntry;
import org.onosproject.net.pi.runtime.PiTableEntryHandle;

/** What a cluster of ONOS believes to be in the tables of one switch: its mirror. Thread-safe. */
interface Picture {

    /** The entry of that table and match, if it is believed to be there. */
    Optional<PiTableEntry> get(PiTableEntryHandle handle);

    /** How long it has been there, in seconds; 0 if it is not. */
    long seconds(PiTableEntryHandle handle);

    /** It is there now. */
    void put(PiTableEntryHandle handle, PiTableEntry entry);

    /** It is not there any more. */
    void remove(PiTableEntryHandle handle);

    /** These are there, and no others. */
    void become(Collection<PiTableEntry> entries);
}
