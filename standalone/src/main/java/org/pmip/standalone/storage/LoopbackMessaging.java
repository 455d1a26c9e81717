// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import io.atomix.cluster.messaging.ManagedMessagingService;
import io.atomix.cluster.messaging.MessagingException;
import io.atomix.cluster.messaging.MessagingService;
import io.atomix.utils.net.Address;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * The messaging of an Atomix cluster whose only member is this process: messages to itself are handed over,
 * anything else is refused as unreachable. No socket is opened. Safe for use by many threads.
 *
 * <p>Who asks and sets no limit gets an exception after a time, as over Atomix's own messaging, which waits for 5 s at
 * the most: Raft's client then sends its command once more, and the leader looks for commands that it has put aside.
 */
final class LoopbackMessaging extends Managing<MessagingService> implements ManagedMessagingService {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final Map<String, BiFunction<Address, byte[], CompletableFuture<byte[]>>> handlers =
        new ConcurrentHashMap<>();
    private final Address self;
    private final Duration limit;

    LoopbackMessaging(Address self) {
        this(self, LIMIT);
    }

    /** The same with another time after which there is no answer, where none is set by who asks. */
    LoopbackMessaging(Address self, Duration limit) {
        this.self = self;
        this.limit = limit;
    }

    @Override
    public Address address() {
        return self;
    }

    @Override
    public CompletableFuture<Void> sendAsync(Address address, String type, byte[] payload, boolean keepAlive) {
        // Sent is sent: what the handler makes of a one-way message is not the sender's business.
        return self.equals(address)
            ? deliver(type, payload).handle((reply, error) -> null)
            : unreachable(address);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive) {
        return sendAndReceive(address, type, payload, keepAlive, limit);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                                                    Executor executor) {
        return sendAndReceive(address, type, payload, keepAlive, limit, executor);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                                                    Duration timeout) {
        return sendAndReceive(address, type, payload, keepAlive, timeout, Runnable::run);
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceive(Address address, String type, byte[] payload, boolean keepAlive,
                                                    Duration timeout, Executor executor) {
        CompletableFuture<byte[]> reply = new CompletableFuture<>();
        CompletableFuture<byte[]> answer = self.equals(address) ? deliver(type, payload) : unreachable(address);
        if (!answer.isDone()) {
            boolean set = timeout != null && !timeout.isZero() && !timeout.isNegative();
            reply.orTimeout((set ? timeout : limit).toMillis(), TimeUnit.MILLISECONDS);
        }
        answer.whenCompleteAsync((result, error) -> {
            if (error == null) {
                reply.complete(result);
            } else {
                reply.completeExceptionally(error);
            }
        }, executor);
        return reply;
    }

    private CompletableFuture<byte[]> deliver(String type, byte[] payload) {
        BiFunction<Address, byte[], CompletableFuture<byte[]>> handler = isRunning() ? handlers.get(type) : null;
        return handler == null
            ? CompletableFuture.failedFuture(new MessagingException.NoRemoteHandler())
            : handler.apply(self, payload);
    }

    private static <T> CompletableFuture<T> unreachable(Address address) {
        return CompletableFuture.failedFuture(new ConnectException("This cluster has one member; there is none at "
            + address));
    }

    @Override
    public void registerHandler(String type, BiConsumer<Address, byte[]> handler, Executor executor) {
        registerHandler(type, (from, bytes) -> {
            handler.accept(from, bytes);
            return new byte[0];
        }, executor);
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], byte[]> handler, Executor executor) {
        handlers.put(type, (from, bytes) -> CompletableFuture.supplyAsync(() -> handler.apply(from, bytes), executor));
    }

    @Override
    public void registerHandler(String type, BiFunction<Address, byte[], CompletableFuture<byte[]>> handler) {
        handlers.put(type, handler);
    }

    @Override
    public void unregisterHandler(String type) {
        handlers.remove(type);
    }

    @Override
    MessagingService service() {
        return this;
    }
}
