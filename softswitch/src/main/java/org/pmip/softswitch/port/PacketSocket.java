// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A packet socket (Linux packet(7)) on one interface, in promiscuous mode. It puts back what the kernel keeps beside
 * a frame: the VLAN tag that it stripped, and the checksum that it left to hardware which a software switch has not.
 * One thread receives; sending and closing are for any thread.
 */
final class PacketSocket implements AutoCloseable {
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUF = 8;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_AUXDATA = 8;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_FANOUT = 18;
    private static final int PACKET_FANOUT_HASH_IGNORING_OUTGOING = 0x4000;
    private static final int GROUP_ATTEMPTS = 16;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final short PACKET_MR_PROMISC = 1;
    private static final byte PACKET_OUTGOING = 4;
    private static final short ETH_P_ALL_BIG_ENDIAN = 0x0300;
    private static final int TP_STATUS_VLAN_VALID = 1 << 4;
    private static final int TP_STATUS_VLAN_TPID_VALID = 1 << 6;
    private static final int DOT1Q = 0x8100;
    /** Octets in front of each frame that is sent. */
    static final int VNET_OCTETS = 10;
    private static final int VNET_NEEDS_CHECKSUM = 1;
    private static final int TAG_OCTETS = 4;
    private static final int MAC_OCTETS = 12;
    private static final int LONGEST = 65536 + 64;
    private static final int RECEIVE_OCTETS = 4 << 20;
    /** Offsets in struct msghdr of 64-bit Linux. */
    private static final int MSG_CONTROLLEN = 40;
    private static final int MSG_FLAGS = 48;
    /** Offsets in one control message of struct tpacket_auxdata. */
    private static final int AUX_STATUS = 16;
    private static final int AUX_TCI = 32;
    private static final int AUX_TPID = 34;
    private static final int CONTROL_OCTETS = 64;

    private final int socket;
    private final int wake;
    private final Memory message = new Memory(56);
    private final Memory address = new Memory(20);
    private final Memory vector = new Memory(16);
    private final Memory control = new Memory(CONTROL_OCTETS);
    private final Memory incoming = new Memory(VNET_OCTETS + LONGEST);
    private final Memory outgoing = new Memory(VNET_OCTETS + LONGEST);
    private final Memory waiting = new Memory(16);
    /** The frame begins at {@link #start}, so that a tag can be put in front of its rest. */
    private final byte[] frame = new byte[TAG_OCTETS + LONGEST];
    private final RxRing ring;
    private final ReentrantReadWriteLock open = new ReentrantReadWriteLock();
    private int start;
    private boolean closed;

    PacketSocket(String device) throws IOException {
        this(device, RxRing.SLOTS);
    }

    private PacketSocket(String device, int slots) throws IOException {
        if (!Platform.isLinux() || Native.POINTER_SIZE != 8) {
            throw new IOException(device + ": interfaces can be used on 64-bit Linux only");
        }
        int index = Libc.if_nametoindex(device);
        if (index == 0) {
            throw new IOException("there is no interface '" + device + "'");
        }
        socket = check(Libc.socket(Libc.AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0), device);
        int event = -1;
        try {
            event = check(Libc.eventfd(0, Libc.EFD_CLOEXEC), device);
            ring = configure(device, index, slots);
        } catch (IOException e) {
            Libc.close(socket);
            if (event >= 0) {
                Libc.close(event);
            }
            throw e;
        }
        wake = event;
        layOut();
    }

    /** Sockets on one interface among which the kernel deals out the incoming frames by flow. */
    static List<PacketSocket> group(String device, int count) throws IOException {
        List<PacketSocket> sockets = new ArrayList<>();
        int group = ThreadLocalRandom.current().nextInt(1 << 16);
        try {
            for (int i = 0; i < count; i++) {
                PacketSocket one = new PacketSocket(device, Integer.highestOneBit(RxRing.SLOTS / count));
                sockets.add(one);
                // A number that another group has taken is no number for this one; the first member finds that out.
                for (int attempt = 1; !one.join(group); attempt++) {
                    if (i > 0 || attempt == GROUP_ATTEMPTS) {
                        throw new IOException(device + ": the kernel does not share its frames out: "
                                + Libc.lastError());
                    }
                    group = ThreadLocalRandom.current().nextInt(1 << 16);
                }
            }
        } catch (IOException e) {
            sockets.forEach(one -> {
                one.unshare();
                one.close();
            });
            throw e;
        }
        sockets.forEach(PacketSocket::forget);
        return sockets;
    }

    private boolean join(int group) {
        Memory option = new Memory(4);
        option.setInt(0, group | PACKET_FANOUT_HASH_IGNORING_OUTGOING << 16);
        if (Libc.setsockopt(socket, SOL_PACKET, PACKET_FANOUT, option, 4) >= 0) {
            return true;
        }
        // Kernels before 5.13 do not know the flag; then outgoing frames are told by their packet type.
        option.setInt(0, group);
        return Libc.setsockopt(socket, SOL_PACKET, PACKET_FANOUT, option, 4) >= 0;
    }

    /** Drops what came before all were in the group: every socket had each of those frames. */
    private void forget() {
        while (receive() >= 0) {
            continue;
        }
    }

    private static int check(int result, String device) throws IOException {
        if (result < 0) {
            throw new IOException(device + ": " + Libc.lastError());
        }
        return result;
    }

    private RxRing configure(String device, int index, int slots) throws IOException {
        Memory one = new Memory(4);
        one.setInt(0, 1);
        check(Libc.setsockopt(socket, SOL_PACKET, PACKET_AUXDATA, one, 4), device);
        check(Libc.setsockopt(socket, SOL_PACKET, PACKET_VNET_HDR, one, 4), device);
        // Kernels before 4.20 do not know it; then outgoing frames are told by their packet type.
        Libc.setsockopt(socket, SOL_PACKET, PACKET_IGNORE_OUTGOING, one, 4);
        one.setInt(0, RECEIVE_OCTETS);
        check(Libc.setsockopt(socket, SOL_SOCKET, SO_RCVBUF, one, 4), device);
        RxRing shared = RxRing.of(socket, slots);
        Memory membership = new Memory(16);
        membership.clear();
        membership.setInt(0, index);
        membership.setShort(4, PACKET_MR_PROMISC);
        check(Libc.setsockopt(socket, SOL_PACKET, PACKET_ADD_MEMBERSHIP, membership, 16), device);
        Memory bound = new Memory(20);
        bound.clear();
        bound.setShort(0, (short) Libc.AF_PACKET);
        bound.setShort(2, ETH_P_ALL_BIG_ENDIAN);
        bound.setInt(4, index);
        check(Libc.bind(socket, bound, 20), device);
        return shared;
    }

    private void layOut() {
        vector.setPointer(0, incoming);
        vector.setLong(8, incoming.size());
        message.clear();
        message.setPointer(0, address);
        message.setInt(8, (int) address.size());
        message.setPointer(16, vector);
        message.setLong(24, 1);
        message.setPointer(32, control);
        outgoing.clear(VNET_OCTETS);
        waiting.clear();
        waiting.setInt(0, socket);
        waiting.setShort(4, (short) Libc.POLLIN);
        waiting.setInt(8, wake);
        waiting.setShort(12, (short) Libc.POLLIN);
    }

    /** Waits until there is something to receive; false when the socket is being closed. */
    boolean await() {
        return Libc.poll(waiting, 2, -1) < 0 ? Native.getLastError() == Libc.EINTR : waiting.getShort(14) == 0;
    }

    /**
     * Takes the next frame, whose octets are then in {@link #frame()} from {@link #start()} on.
     *
     * @return its length, 0 for a frame to be passed over, -1 when there is none
     */
    int receive() {
        if (ring == null) {
            return receiveOne();
        }
        RxRing.Slot slot = ring.next();
        if (slot == RxRing.Slot.EMPTY) {
            return -1;
        }
        int length = slot == RxRing.Slot.FRAME ? take() : Math.max(0, receiveOne());
        ring.release();
        return length;
    }

    private int take() {
        int length = ring.length();
        if (length < MAC_OCTETS + 2 || ring.packetType() == PACKET_OUTGOING || ring.cut()) {
            return 0;
        }
        ring.read(frame, TAG_OCTETS, length);
        if ((ring.vnet(VNET_OCTETS, 0) & VNET_NEEDS_CHECKSUM) != 0) {
            completeChecksum(length, ring.vnetShort(VNET_OCTETS, 6), ring.vnetShort(VNET_OCTETS, 8));
        }
        start = TAG_OCTETS;
        return tag(ring.frameStatus(), ring.tci(), ring.tpid()) ? length + TAG_OCTETS : length;
    }

    private int receiveOne() {
        message.setLong(MSG_CONTROLLEN, CONTROL_OCTETS);
        message.setInt(8, (int) address.size());
        long got = Libc.recvmsg(socket, message, Libc.MSG_DONTWAIT);
        if (got < 0) {
            return -1;
        }
        int length = (int) got - VNET_OCTETS;
        if (length < MAC_OCTETS + 2 || address.getByte(10) == PACKET_OUTGOING
                || (message.getInt(MSG_FLAGS) & Libc.MSG_TRUNC) != 0) {
            return 0;
        }
        incoming.read(VNET_OCTETS, frame, TAG_OCTETS, length);
        if ((incoming.getByte(0) & VNET_NEEDS_CHECKSUM) != 0) {
            completeChecksum(length, incoming.getShort(6) & 0xffff, incoming.getShort(8) & 0xffff);
        }
        start = TAG_OCTETS;
        boolean told = message.getLong(MSG_CONTROLLEN) >= AUX_TPID + 2;
        return told && tag(control.getInt(AUX_STATUS), control.getShort(AUX_TCI) & 0xffff,
                control.getShort(AUX_TPID) & 0xffff) ? length + TAG_OCTETS : length;
    }

    /** Sums what the sender left to be summed, which begins with the sum of its pseudo header. */
    private void completeChecksum(int length, int from, int field) {
        if (from + field + 2 > length) {
            return;
        }
        long sum = 0;
        for (int i = from; i < length; i += 2) {
            int high = frame[TAG_OCTETS + i] & 0xff;
            int low = i + 1 < length ? frame[TAG_OCTETS + i + 1] & 0xff : 0;
            sum += high << 8 | low;
        }
        while (sum >> 16 != 0) {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        int checksum = ~(int) sum & 0xffff;
        if (checksum == 0) {
            checksum = 0xffff;
        }
        frame[TAG_OCTETS + from + field] = (byte) (checksum >> 8);
        frame[TAG_OCTETS + from + field + 1] = (byte) checksum;
    }

    /** Puts a stripped VLAN tag back, if there was one. */
    private boolean tag(int status, int tci, int protocol) {
        if ((status & TP_STATUS_VLAN_VALID) == 0) {
            return false;
        }
        int tpid = (status & TP_STATUS_VLAN_TPID_VALID) != 0 ? protocol : DOT1Q;
        System.arraycopy(frame, TAG_OCTETS, frame, 0, MAC_OCTETS);
        frame[MAC_OCTETS] = (byte) (tpid >> 8);
        frame[MAC_OCTETS + 1] = (byte) tpid;
        frame[MAC_OCTETS + 2] = (byte) (tci >> 8);
        frame[MAC_OCTETS + 3] = (byte) tci;
        start = 0;
        return true;
    }

    byte[] frame() {
        return frame;
    }

    int start() {
        return start;
    }

    /** Sends a frame; false when the kernel does not take it, for example because it is longer than the MTU. */
    synchronized boolean send(byte[] octets, int offset, int length) {
        if (closed || length > LONGEST) {
            return false;
        }
        outgoing.write(VNET_OCTETS, octets, offset, length);
        return Libc.send(socket, outgoing, VNET_OCTETS + length, Libc.MSG_DONTWAIT) >= 0;
    }

    /**
     * Sends frames from a vector of struct mmsghdr, each with {@link #VNET_OCTETS} zero octets in front.
     *
     * @return how many were taken, of the first ones; 0 or less when not even the first was
     */
    int send(long vector, int count) {
        open.readLock().lock();
        try {
            return closed ? -1 : Libc.sendmmsg(socket, vector, count, Libc.MSG_DONTWAIT);
        } finally {
            open.readLock().unlock();
        }
    }

    /** Gives up what is shared with the kernel; for the receiving thread when it takes no more frames. */
    void unshare() {
        if (ring != null) {
            ring.close();
        }
    }

    /** Makes {@link #await} return false. */
    synchronized void wake() {
        if (!closed) {
            Memory one = new Memory(8);
            one.setLong(0, 1);
            Pointer octets = one;
            Libc.write(wake, octets, 8);
        }
    }

    @Override
    public synchronized void close() {
        open.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                Libc.close(socket);
                Libc.close(wake);
            }
        } finally {
            open.writeLock().unlock();
        }
    }
}
