// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.onlab.util.Tools;

/**
 * The threads behind all connections to targets, which end with the host: those that gRPC shares among all channels
 * of a process linger. Safe for use by many threads.
 */
final class Threads implements AutoCloseable {
    private static final String GROUP = "pmip/p4runtime";
    private static final long STOP_SECONDS = 1;

    /** A stream that ends when this has ended has nobody to tell it to any more, and must not be an error of gRPC's. */
    private final ScheduledExecutorService connector = new ScheduledThreadPoolExecutor(1,
        Tools.groupedThreads(GROUP, "connector"), new ThreadPoolExecutor.DiscardPolicy());
    private final ExecutorService callbacks = Executors.newCachedThreadPool(Tools.groupedThreads(GROUP, "grpc-%d"));
    private final EventLoopGroup io = new NioEventLoopGroup(1, Tools.groupedThreads(GROUP, "io-%d"));

    /** The one thread on which connections change their state. */
    ScheduledExecutorService connector() {
        return connector;
    }

    /** Run what gRPC has to tell. */
    ExecutorService callbacks() {
        return callbacks;
    }

    /** Read and write sockets. */
    EventLoopGroup io() {
        return io;
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() throws InterruptedException {
        connector.shutdown();
        if (!connector.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            connector.shutdownNow();
        }
        io.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).await(STOP_SECONDS, TimeUnit.SECONDS);
        callbacks.shutdown();
        if (!callbacks.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
            callbacks.shutdownNow();
        }
    }
}
