// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.pmip.standalone.StandaloneHost;

/** What the application in the framework says of itself. Thread-safe. */
final class AnchorView {

    private static final long LOOK_AGAIN_NANOS = 20_000_000;

    private final Object service;

    AnchorView(StandaloneHost host) {
        // The class lives in a bundle, where this code cannot see it; JSON is what both sides know.
        service = host.service("org.pmip.onos.lma.LmaService");
    }

    JsonNode snapshot() {
        try {
            return (JsonNode) service.getClass().getMethod("snapshot").invoke(service);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the application has no snapshot()", e);
        }
    }

    /**
     * Waits until a snapshot fits.
     *
     * @return whether it did in time
     */
    boolean await(Predicate<JsonNode> condition, long millis) {
        long until = System.nanoTime() + millis * 1_000_000;
        while (System.nanoTime() < until) {
            if (condition.test(snapshot())) {
                return true;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return false;
    }
}
