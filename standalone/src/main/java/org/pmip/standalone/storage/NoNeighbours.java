// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.cluster.messaging.BroadcastService;
import io.atomix.cluster.messaging.ManagedBroadcastService;
import io.atomix.cluster.messaging.ManagedUnicastService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The unreliable messaging of a cluster of one: there is nobody else to whom a datagram could go, and Atomix sends
 * itself none. Opens no socket. Safe for use by many threads.
 */
final class NoNeighbours {
    private NoNeighbours() {
    }

    /** Datagrams to one member. */
    static final class Unicast implements ManagedUnicastService {
        private volatile boolean running;

        @Override
        public void unicast(Address address, String subject, byte[] message) {
            // Datagrams to absent members are lost, as they are on any network.
        }

        @Override
        public void addListener(String subject, BiConsumer<Address, byte[]> listener, Executor executor) {
            // Nobody sends.
        }

        @Override
        public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {
            // Nobody sends.
        }

        @Override
        public CompletableFuture<UnicastService> start() {
            running = true;
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public CompletableFuture<Void> stop() {
            running = false;
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Datagrams to all members. */
    static final class Broadcast implements ManagedBroadcastService {
        private volatile boolean running;

        @Override
        public void broadcast(String subject, byte[] message) {
            // See unicast.
        }

        @Override
        public void addListener(String subject, Consumer<byte[]> listener) {
            // Nobody sends.
        }

        @Override
        public void removeListener(String subject, Consumer<byte[]> listener) {
            // Nobody sends.
        }

        @Override
        public CompletableFuture<BroadcastService> start() {
            running = true;
            return CompletableFuture.completedFuture(this);
        }

        @Override
        public boolean isRunning() {
            return running;
        }

        @Override
        public CompletableFuture<Void> stop() {
            running = false;
            return CompletableFuture.completedFuture(null);
        }
    }
}
