// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.cluster.messaging.BroadcastService;
import io.atomix.cluster.messaging.ManagedBroadcastService;
import io.atomix.cluster.messaging.ManagedUnicastService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
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
    static final class Unicast extends Managing<UnicastService> implements ManagedUnicastService {
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
        UnicastService service() {
            return this;
        }
    }

    /** Datagrams to all members. */
    static final class Broadcast extends Managing<BroadcastService> implements ManagedBroadcastService {
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
        BroadcastService service() {
            return this;
        }
    }
}
