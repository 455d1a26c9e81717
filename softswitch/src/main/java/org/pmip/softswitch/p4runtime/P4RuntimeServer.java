// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server for one device, with threads of its own that end with it. */
public final class P4RuntimeServer implements AutoCloseable {
    /** Enough for the largest batches and pipelines. */
    private static final int MESSAGE_OCTETS = 64 << 20;
    private static final int CALL_THREADS = 4;
    private static final long CLOSE_SECONDS = 2;

    private final EventLoopGroup transport;
    private final ThreadPoolExecutor calls;
    private final Server server;

    /**
     * Starts the server.
     *
     * @param device what it serves
     * @param address where it listens; port 0 is any free one
     * @throws IOException when the address cannot be used
     */
    public P4RuntimeServer(Device device, InetSocketAddress address) throws IOException {
        ThreadFactory threads = threads("softswitch-" + Long.toUnsignedString(device.id()) + "-grpc-");
        transport = new NioEventLoopGroup(1, threads);
        calls = new ThreadPoolExecutor(CALL_THREADS, CALL_THREADS, 10, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), threads);
        calls.allowCoreThreadTimeOut(true);
        try {
            server = NettyServerBuilder.forAddress(address).channelType(NioServerSocketChannel.class)
                    .bossEventLoopGroup(transport).workerEventLoopGroup(transport).directExecutor()
                    .maxInboundMessageSize(MESSAGE_OCTETS).addService(new P4RuntimeService(device, calls).calls())
                    .build().start();
        } catch (IOException e) {
            release();
            throw e;
        }
    }

    private static ThreadFactory threads(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Ends all calls and streams and waits, at most a few seconds, until its threads are gone. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        release();
    }

    /** Ends the calls before the transport, on which those that are under way still answer. */
    private void release() {
        calls.shutdown();
        try {
            calls.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        transport.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS * 1000);
    }
}
