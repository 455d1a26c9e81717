// SPDX-License-Identifier: Apache-2.0
package org.pmip.p4;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.pmip.softswitch.SoftSwitch;
import org.pmip.softswitch.SoftSwitchBuilder;
import org.pmip.softswitch.port.PortSpec;

/** Our own switch in this JVM, with UDP sockets on loopback for ports. */
final class SoftSwitchTarget implements Target {
    private static final int CPU_PORT = 255;
    private static final int MAX_FRAME = 65535;

    private final SoftSwitch softSwitch;
    private final SortedMap<Integer, DatagramSocket> sockets = new TreeMap<>();
    private final SortedMap<Integer, InetSocketAddress> ports = new TreeMap<>();
    private final BlockingQueue<Frame> received = new LinkedBlockingQueue<>();

    private SoftSwitchTarget() throws IOException {
        SoftSwitchBuilder builder = SoftSwitch.builder().deviceId(1).cpuPort(CPU_PORT);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int port = 1; port <= PORTS; port++) {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0));
            sockets.put(port, socket);
            InetSocketAddress local;
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
                local = (InetSocketAddress) free.getLocalSocketAddress();
            }
            ports.put(port, local);
            builder.port(port, PortSpec.udp(local, (InetSocketAddress) socket.getLocalSocketAddress()));
            int number = port;
            Thread reader = new Thread(() -> read(number, socket), "softswitch-port-" + port);
            reader.setDaemon(true);
            reader.start();
        }
        softSwitch = builder.build();
    }

    static SoftSwitchTarget start() throws IOException {
        SoftSwitchTarget target = new SoftSwitchTarget();
        target.softSwitch.start();
        return target;
    }

    private void read(int port, DatagramSocket socket) {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_FRAME], MAX_FRAME);
        while (!socket.isClosed()) {
            try {
                socket.receive(packet);
                received.add(new Frame(port, Arrays.copyOf(packet.getData(), packet.getLength())));
            } catch (SocketException e) {
                // Closed at the end of the test.
                return;
            } catch (IOException e) {
                throw new IllegalStateException("Port " + port + " cannot be read", e);
            }
        }
    }

    @Override
    public String name() {
        return "softswitch";
    }

    @Override
    public ManagedChannel channel() {
        return Grpc.newChannelBuilder(softSwitch.address(), InsecureChannelCredentials.create()).build();
    }

    @Override
    public void send(int port, byte[] frame) throws IOException {
        sockets.get(port).send(new DatagramPacket(frame, frame.length, ports.get(port)));
    }

    @Override
    public BlockingQueue<Frame> received() {
        return received;
    }

    @Override
    public void close() {
        softSwitch.close();
        sockets.values().forEach(DatagramSocket::close);
    }
}
