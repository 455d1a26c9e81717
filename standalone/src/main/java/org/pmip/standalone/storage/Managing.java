// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.utils.Managed;
import java.util.concurrent.CompletableFuture;

/**
 * A service that Atomix starts and stops and that needs no time for either. Safe for use by many threads.
 *
 * @param <S> the service
 */
abstract class Managing<S> implements Managed<S> {
    private volatile boolean running;

    /** The service itself. */
    abstract S service();

    @Override
    public final CompletableFuture<S> start() {
        running = true;
        return CompletableFuture.completedFuture(service());
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    @Override
    public final CompletableFuture<Void> stop() {
        running = false;
        return CompletableFuture.completedFuture(null);
    }
}
