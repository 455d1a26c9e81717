// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Turns what a service does later into an answer to whoever asked, by command or over REST. */
public final class Waiting {

    private Waiting() {
    }

    /**
     * The result, when it is there. Blocks: for threads of people's requests alone.
     *
     * @param what names it in a message, such as "session 7: "; empty for what the question itself is about
     * @param seconds how long is waited
     * @throws IllegalStateException if it failed, takes longer or the thread is interrupted; with a message for the
     *     user
     */
    public static <T> T on(String what, CompletableFuture<T> future, long seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IllegalStateException(what + (cause.getMessage() == null ? cause : cause.getMessage()), cause);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + "not done after " + seconds + " s; it goes on", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what + "nobody waits for it any more; it goes on", e);
        }
    }
}
