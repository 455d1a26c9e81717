// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Turns what is done later into an answer to whoever asked. */
final class Waiting {

    private static final long SECONDS = 60;

    private Waiting() {
    }

    /**
     * The result.
     *
     * @throws IllegalStateException if it failed or takes too long; the web server answers 409 with its message
     */
    static <T> T on(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("not done after " + SECONDS + " s; it goes on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server is stopping", e);
        }
    }
}
