// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.onosproject.cluster.NodeId;
import org.onosproject.store.cluster.messaging.ClusterCommunicationService;
import org.onosproject.store.cluster.messaging.ClusterMessage;
import org.onosproject.store.cluster.messaging.ClusterMessageHandler;
import org.onosproject.store.cluster.messaging.MessageSubject;
import org.onosproject.store.cluster.messaging.MessagingException;

/**
 * Messages between the nodes of a cluster that has one node: what it sends to itself is encoded, handed over and
 * decoded as it would be on a wire; there is nobody else. Safe for use by many threads.
 */
public final class LocalMessages implements ClusterCommunicationService {
    private final Map<MessageSubject, Function<byte[], CompletableFuture<byte[]>>> subscribers =
        new ConcurrentHashMap<>();

    @Override
    @Deprecated
    public void addSubscriber(MessageSubject subject, ClusterMessageHandler subscriber, ExecutorService executor) {
        subscribers.put(subject, bytes -> {
            CompletableFuture<byte[]> reply = new CompletableFuture<>();
            executor.execute(() -> subscriber.handle(new Received(subject, bytes, reply)));
            return reply;
        });
    }

    @Override
    public <M> void broadcast(M message, MessageSubject subject, Function<M, byte[]> encoder) {
        // To all others: there are none.
    }

    @Override
    public <M> void broadcastIncludeSelf(M message, MessageSubject subject, Function<M, byte[]> encoder) {
        deliver(subject, encoder.apply(message), SingleNode.ID);
    }

    @Override
    public <M> CompletableFuture<Void> unicast(M message, MessageSubject subject, Function<M, byte[]> encoder,
                                               NodeId toNodeId) {
        CompletableFuture<byte[]> delivered = deliver(subject, encoder.apply(message), toNodeId);
        // A one-way message is done when it is handed over; only an unknown receiver or subject is an error.
        return delivered.isCompletedExceptionally()
            ? delivered.thenApply(reply -> null)
            : CompletableFuture.completedFuture(null);
    }

    @Override
    public <M> void multicast(M message, MessageSubject subject, Function<M, byte[]> encoder, Set<NodeId> nodeIds) {
        nodeIds.forEach(node -> deliver(subject, encoder.apply(message), node));
    }

    @Override
    public <M, R> CompletableFuture<R> sendAndReceive(M message, MessageSubject subject, Function<M, byte[]> encoder,
                                                      Function<byte[], R> decoder, NodeId toNodeId, Duration timeout) {
        CompletableFuture<R> reply = deliver(subject, encoder.apply(message), toNodeId).thenApply(decoder);
        return timeout == null ? reply : reply.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<byte[]> deliver(MessageSubject subject, byte[] bytes, NodeId to) {
        Function<byte[], CompletableFuture<byte[]>> subscriber = SingleNode.ID.equals(to) ? subscribers.get(subject)
            : null;
        return subscriber == null
            ? CompletableFuture.failedFuture(new MessagingException.NoRemoteHandler())
            : subscriber.apply(bytes);
    }

    @Override
    public <M, R> void addSubscriber(MessageSubject subject, Function<byte[], M> decoder, Function<M, R> handler,
                                     Function<R, byte[]> encoder, Executor executor) {
        subscribers.put(subject, bytes -> CompletableFuture.supplyAsync(
            () -> encoder.apply(handler.apply(decoder.apply(bytes))), executor));
    }

    @Override
    public <M, R> void addSubscriber(MessageSubject subject, Function<byte[], M> decoder,
                                     Function<M, CompletableFuture<R>> handler, Function<R, byte[]> encoder) {
        subscribers.put(subject, bytes -> handler.apply(decoder.apply(bytes)).thenApply(encoder));
    }

    @Override
    public <M> void addSubscriber(MessageSubject subject, Function<byte[], M> decoder, Consumer<M> handler,
                                  Executor executor) {
        subscribers.put(subject, bytes -> CompletableFuture.supplyAsync(() -> {
            handler.accept(decoder.apply(bytes));
            return new byte[0];
        }, executor));
    }

    @Override
    public void removeSubscriber(MessageSubject subject) {
        subscribers.remove(subject);
    }

    private static final class Received extends ClusterMessage {
        private final CompletableFuture<byte[]> reply;

        private Received(MessageSubject subject, byte[] payload, CompletableFuture<byte[]> reply) {
            super(SingleNode.ID, subject, payload);
            this.reply = reply;
        }

        @Override
        public void respond(byte[] data) {
            reply.complete(data);
        }
    }
}
