// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has what concerns the whole of a switch done one thing after another, whoever does it: two comparisons at a time
 * would write everything twice, and that of a configuration which counts no more would undo the next one's.
 * Thread-safe.
 */
public final class Turns {

    private static final Logger LOG = LoggerFactory.getLogger(Turns.class);

    /** Done when nothing is under way for a switch; never exceptionally. */
    private final Map<DeviceId, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    /**
     * Does something when all that was asked for before is over, however it ended.
     *
     * @param task may block before it returns
     * @param executor where it is begun
     * @return what the task returned, or exceptionally what it threw
     */
    public <T> CompletableFuture<T> take(DeviceId device, Supplier<CompletableFuture<T>> task, Executor executor) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture<Void> before = last.put(device, over);
        CompletableFuture<T> result = (before == null ? CompletableFuture.<Void>completedFuture(null) : before)
                .thenComposeAsync(ended -> task.get(), executor);
        result.whenComplete((value, failure) -> {
            last.remove(device, over);
            over.complete(null);
        });
        return result;
    }

    /**
     * Once nothing else is under way for a switch, takes everything of this application out of it where no other node
     * of the cluster keeps that.
     *
     * @param unused whether the switch has no part in the configuration by then
     * @param clearing does it
     */
    public void clear(DeviceId device, MastershipService masterships, BooleanSupplier unused,
                      Supplier<CompletableFuture<Void>> clearing, Executor executor) {
        take(device, () -> unused.getAsBoolean()
                && (masterships.isLocalMaster(device) || masterships.getMasterFor(device) == null)
                ? clearing.get() : CompletableFuture.<Void>completedFuture(null), executor)
                .whenComplete((nothing, failure) -> {
                    if (failure != null) {
                        LOG.warn("{} could not be cleared: {}", device, failure.toString());
                    }
                });
    }

    /** How many switches something is under way for. */
    int active() {
        return last.size();
    }
}
