// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real {@code simple_switch_grpc} in a network name space of its own, with veth pairs for ports. Its P4Runtime server
 * and the far ends of its ports are reached through sockets in the file system, so that nothing outside the name space
 * is touched. Needs root, iproute2 and python3.
 */
final class Bmv2Target implements Target {
    private static final int HEAD = 2 * Short.BYTES;

    private final String namespace = "pmip-p4-" + ProcessHandle.current().pid();
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();
    private final EpollEventLoopGroup loop = new EpollEventLoopGroup(1);
    private SocketChannel ports;

    private Bmv2Target() throws IOException {
        folder = Files.createTempDirectory("pmip-p4");
    }

    /** What is missing to run it, or nothing. */
    static Optional<String> missing() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("bmv2 needs root for its name space");
        }
        return Stream.of("simple_switch_grpc", "ip", "python3").filter(name -> onPath(name).isEmpty())
                .findFirst().map(name -> name + " is not on the PATH");
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }

    static Bmv2Target start(Path portsProgram) throws Exception {
        Bmv2Target target = new Bmv2Target();
        try {
            target.run(portsProgram);
            return target;
        } catch (Exception e) {
            target.close();
            throw e;
        }
    }

    private void run(Path portsProgram) throws Exception {
        command("ip", "netns", "add", namespace);
        inside("sh", "-c", "echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6");
        command("ip", "-n", namespace, "link", "set", "lo", "up");
        List<String> bmv2 = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "simple_switch_grpc", "--no-p4",
                "--device-id", "1", "--log-file", folder.resolve("log").toString(), "--log-flush"));
        List<String> far = new ArrayList<>(List.of("ip", "netns", "exec", namespace, "python3",
                portsProgram.toString(), folder.resolve("ports").toString()));
        for (int port = 1; port <= PORTS; port++) {
            command("ip", "-n", namespace, "link", "add", "s" + port, "type", "veth", "peer", "name", "p" + port);
            command("ip", "-n", namespace, "link", "set", "s" + port, "up");
            command("ip", "-n", namespace, "link", "set", "p" + port, "up");
            bmv2.addAll(List.of("-i", port + "@s" + port));
            far.add(port + "=p" + port);
        }
        bmv2.addAll(List.of("--", "--grpc-server-addr", "unix:" + folder.resolve("grpc"), "--cpu-port", "255"));
        launch(bmv2, "bmv2.out");
        launch(far, "ports.out");
        await(folder.resolve("grpc"));
        await(folder.resolve("ports"));
        ports = SocketChannel.open(UnixDomainSocketAddress.of(folder.resolve("ports")));
        Thread reader = new Thread(this::read, "bmv2-ports");
        reader.setDaemon(true);
        reader.start();
    }

    private void launch(List<String> command, String log) throws IOException {
        processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile()).start());
    }

    private void await(Path socket) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(socket)) {
            for (Process process : processes) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException(process.info().commandLine().orElse("a process of bmv2") + " ended, see "
                            + folder);
                }
            }
            if (System.nanoTime() > end) {
                throw new IOException(socket + " did not appear within 30 s");
            }
        }
    }

    private void read() {
        try {
            ByteBuffer head = ByteBuffer.allocate(HEAD);
            while (fill(head)) {
                int port = Short.toUnsignedInt(head.getShort());
                ByteBuffer frame = ByteBuffer.allocate(Short.toUnsignedInt(head.getShort()));
                if (!fill(frame)) {
                    return;
                }
                received.add(new Frame(port, frame.array()));
                head.clear();
            }
        } catch (AsynchronousCloseException e) {
            // The end of the test.
            return;
        } catch (IOException e) {
            throw new IllegalStateException("The ports of bmv2 are gone", e);
        }
    }

    private boolean fill(ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            if (ports.read(octets) < 0) {
                return false;
            }
        }
        octets.flip();
        return true;
    }

    private void inside(String... command) throws Exception {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        command(all.toArray(String[]::new));
    }

    private static void command(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    @Override
    public String name() {
        return "bmv2 simple_switch_grpc";
    }

    @Override
    public ManagedChannel channel() {
        return NettyChannelBuilder.forAddress(new DomainSocketAddress(folder.resolve("grpc").toString()),
                        InsecureChannelCredentials.create())
                .channelType(EpollDomainSocketChannel.class).eventLoopGroup(loop)
                .overrideAuthority("localhost").build();
    }

    @Override
    public void send(int port, byte[] frame) throws IOException {
        ByteBuffer octets = ByteBuffer.allocate(HEAD + frame.length).putShort((short) port)
                .putShort((short) frame.length).put(frame).flip();
        while (octets.hasRemaining()) {
            ports.write(octets);
        }
    }

    @Override
    public BlockingQueue<Frame> received() {
        return received;
    }

    @Override
    public void close() throws Exception {
        if (ports != null) {
            ports.close();
        }
        for (Process process : processes) {
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        if (Files.exists(Path.of("/var/run/netns", namespace))) {
            command("ip", "netns", "del", namespace);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
