// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.ManagedUnicastService;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.cluster.messaging.UnicastService;
import io.atomix.utils.net.Address;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * Atomix's messaging of a member that can be cut off from all others: what it sends them and what they send it is lost
 * without a word, as on a network that has come apart; what it says to itself arrives. Safe for use by many threads.
 */
final class CutMessaging implements ManagedMessagingService {
    private static final Duration USUAL = Duration.ofSeconds(5);

    private final ManagedMessagingService whole;
    private final AtomicBoolean cut;

    CutMessaging(ManagedMessagingService whole, AtomicBoolean cut) {
        this.whole = whole;
        this.cut = cut;
    }

    private boolean lost(Address other) {
        return cut.get() && other.port() != whole.address().port();
    }

    /** Nobody answers, and after a time that is noticed. */
    private static CompletableFuture<byte[]> silence(Duration timeout) {
        boolean usual = timeout == null || timeout.isZero() || timeout.isNegative();
        return new CompletableFuture<byte[]>().orTimeout((usual ? USUAL : timeout).toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CompletableFuture<byte[]> silence(Duration timeout, Executor executor) {
        CompletableFuture<byte[]> told = new CompletableFuture<>();
        silence(timeout).whenCompleteAsync((nothing, failure) -> told.completeExceptionally(failure), executor);
        return told;
    }

    @Override
    public Address address() {
        return whole.address();
    }

    @Override
    public CompletableFuture<Void> sendAsync(Address to, String type, byte[] payload, boolean keepAlive) {
        return lost(to) ? CompletableFuture.completedFuture(null) : whole.sendAsync(to, type, payload, keepAlive);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address to, String type, byte[] payload, boolean keepAlive) {
        return lost(to) ? silence(null) : whole.sendAndReceive(to, type, payload, keepAlive);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address to, String type, byte[] payload, boolean keepAlive,
                                                    Executor executor) {
        return lost(to) ? silence(null, executor) : whole.sendAndReceive(to, type, payload, keepAlive, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address to, String type, byte[] payload, boolean keepAlive,
                                                    Duration timeout) {
        return lost(to) ? silence(timeout) : whole.sendAndReceive(to, type, payload, keepAlive, timeout);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address to, String type, byte[] payload, boolean keepAlive,
                                                    Duration timeout, Executor executor) {
        return lost(to) ? silence(timeout, executor)
            : whole.sendAndReceive(to, type, payload, keepAlive, timeout, executor);
    }

    @Override
    public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
        whole.registerHandler(type, (Address from, byte[] payload) -> {
            if (!lost(from)) {
                handler.accept(from, payload);
            }
        }, executor);
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
        registerHandler(type, (from, payload) ->
            CompletableFuture.supplyAsync(() -> handler.apply(from, payload), executor));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
        whole.registerHandler(type, (from, payload) -> {
            if (lost(from)) {
                return new CompletableFuture<>();
            }
            CompletableFuture<byte[]> reply = new CompletableFuture<>();
            handler.apply(from, payload).whenComplete((answer, failure) -> {
                // An answer that is ready after the cut does not get through either.
                if (!lost(from) && failure == null) {
                    reply.complete(answer);
                } else if (!lost(from)) {
                    reply.completeExceptionally(failure);
                }
            });
            return reply;
        });
    }

    @Override
    public void unregisterHandler(String type) {
        whole.unregisterHandler(type);
    }

    @Override
    public CompletableFuture<MessagingService> start() {
        return whole.start().thenApply(started -> this);
    }

    @Override
    public boolean isRunning() {
        return whole.isRunning();
    }

    @Override
    public CompletableFuture<Void> stop() {
        return whole.stop();
    }

    /** The same for datagrams. */
    static final class Unicast implements ManagedUnicastService {
        private final ManagedUnicastService whole;
        private final AtomicBoolean cut;
        private final Map<BiConsumer<Address, byte[]>, BiConsumer<Address, byte[]>> listeners =
            new ConcurrentHashMap<>();

        Unicast(ManagedUnicastService whole, AtomicBoolean cut) {
            this.whole = whole;
            this.cut = cut;
        }

        @Override
        public void unicast(Address to, String subject, byte[] message) {
            if (!cut.get()) {
                whole.unicast(to, subject, message);
            }
        }

        @Override
        public void addListener(String subject, BiConsumer<Address, byte[]> listener, Executor executor) {
            BiConsumer<Address, byte[]> cuttable = (from, message) -> {
                if (!cut.get()) {
                    listener.accept(from, message);
                }
            };
            listeners.put(listener, cuttable);
            whole.addListener(subject, cuttable, executor);
        }

        @Override
        public void removeListener(String subject, BiConsumer<Address, byte[]> listener) {
            BiConsumer<Address, byte[]> cuttable = listeners.remove(listener);
            if (cuttable != null) {
                whole.removeListener(subject, cuttable);
            }
        }

        @Override
        public CompletableFuture<UnicastService> start() {
            return whole.start().thenApply(started -> this);
        }

        @Override
        public boolean isRunning() {
            return whole.isRunning();
        }

        @Override
        public CompletableFuture<Void> stop() {
            return whole.stop();
        }
    }
}
