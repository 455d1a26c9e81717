// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Ends sessions, and keeps back what others must not have yet. */
final class Ending {

    private final LmaParameters parameters;

    Ending(LmaParameters parameters) {
        this.parameters = parameters;
    }

    /** The record without the sessions that fit, and without what has rested long enough. */
    MobileNodeRecord of(MobileNodeRecord record, Predicate<BindingCacheEntry> fits, long now) {
        List<Remnant> remnants = new ArrayList<>(record.remnants());
        remnants.removeIf(remnant -> remnant.until() <= now);
        for (BindingCacheEntry entry : record.entries()) {
            if (fits.test(entry)) {
                // The traffic of a session that waits for its deletion ended when it was de-registered.
                boolean ending = entry.state() == BindingCacheEntry.State.ENDING;
                addKey(remnants, entry, ending ? entry.acceptedAt() : now, now);
                if (parameters.assignmentMemory() > 0) {
                    remnants.add(Remnant.assignments(entry, now + parameters.assignmentMemory()));
                }
            }
        }
        return new MobileNodeRecord(record.mobileNode(), record.without(fits).entries(), remnants);
    }

    /** The record after a session has changed; a key that it no longer uses rests. */
    MobileNodeRecord change(MobileNodeRecord record, BindingCacheEntry before, BindingCacheEntry after, long now) {
        MobileNodeRecord next = record.with(after);
        if (before.gre() != GreMode.KEYS || after.gre() == GreMode.KEYS) {
            return next;
        }
        List<Remnant> remnants = new ArrayList<>(next.remnants());
        addKey(remnants, before, now, now);
        return new MobileNodeRecord(next.mobileNode(), next.entries(), remnants);
    }

    private void addKey(List<Remnant> remnants, BindingCacheEntry entry, long lastUse, long now) {
        long until = lastUse + parameters.uplinkKeyQuarantine();
        if (entry.gre() == GreMode.KEYS && until > now) {
            remnants.add(Remnant.key(entry, until));
        }
    }
}
