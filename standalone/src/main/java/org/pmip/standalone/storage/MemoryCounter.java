// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.storage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.onosproject.store.service.AsyncAtomicCounter;

/** A counter in memory, which answers at once. Safe for use by many threads. */
final class MemoryCounter implements AsyncAtomicCounter {
    private final AtomicLong value = new AtomicLong();
    private final String name;

    MemoryCounter(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public CompletableFuture<Long> incrementAndGet() {
        return CompletableFuture.completedFuture(value.incrementAndGet());
    }

    @Override
    public CompletableFuture<Long> getAndIncrement() {
        return CompletableFuture.completedFuture(value.getAndIncrement());
    }

    @Override
    public CompletableFuture<Long> getAndAdd(long delta) {
        return CompletableFuture.completedFuture(value.getAndAdd(delta));
    }

    @Override
    public CompletableFuture<Long> addAndGet(long delta) {
        return CompletableFuture.completedFuture(value.addAndGet(delta));
    }

    @Override
    public CompletableFuture<Long> get() {
        return CompletableFuture.completedFuture(value.get());
    }

    @Override
    public CompletableFuture<Void> set(long next) {
        value.set(next);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Boolean> compareAndSet(long expected, long update) {
        return CompletableFuture.completedFuture(value.compareAndSet(expected, update));
    }
}
