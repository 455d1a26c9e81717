// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.pmip.onos.dataplane.AccessPlane.Placed;

/** What a node without the mobility service that gives its prefix up leaves behind. Immutable. */
final class PlainLeaving {

    private final List<Placed> entries;
    private final CompletableFuture<Void> ready;
    private final Runnable release;

    PlainLeaving(List<Placed> entries, CompletableFuture<Void> ready, Runnable release) {
        this.entries = List.copyOf(entries);
        this.ready = ready;
        this.release = release;
    }

    /** What is to be taken out of the switch. */
    List<Placed> entries() {
        return entries;
    }

    /** Done, never exceptionally, when nothing more of it is on its way to the switch. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** The entries are out, or that was tried: others may have the prefix. Blocks. */
    void over() {
        release.run();
    }
}
