// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The ring that a packet socket shares with the kernel (packet(7), TPACKET_V2): frames come in without a system call
 * each. Version 2 and not 3, because a block of version 3 is handed over late when it does not fill. For one thread.
 */
final class RxRing {
    /** What {@link #next} tells of a slot. */
    enum Slot { EMPTY, FRAME, LONG }

    private static final VarHandle STATUS = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());

    private static final int SOL_PACKET = 263;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_COPY_THRESH = 7;
    private static final int PACKET_VERSION = 10;
    private static final int TPACKET_V2 = 1;
    private static final int STATUS_KERNEL = 0;
    private static final int STATUS_USER = 1;
    private static final int STATUS_COPY = 2;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;

    private static final int SLOT_OCTETS = 2048;
    /** Slots of a port. */
    static final int SLOTS = 4096;
    private static final int BLOCK_OCTETS = 1 << 16;
    /** Offsets in struct tpacket2_hdr, and of the packet type in the address behind it. */
    private static final int LENGTH = 4;
    private static final int SNAPPED = 8;
    private static final int MAC = 12;
    private static final int TCI = 24;
    private static final int TPID = 26;
    private static final int PACKET_TYPE = 42;

    private final long address;
    private final ByteBuffer slots;
    private final int count;
    private int at;

    private RxRing(long address, int count) {
        this.address = address;
        this.count = count;
        slots = new Pointer(address).getByteBuffer(0, (long) count * SLOT_OCTETS).order(ByteOrder.nativeOrder());
    }

    /**
     * The ring of that socket; null where the kernel does not offer one, and frames are to be received one by one.
     *
     * @param slots a power of two, at least that of a block
     */
    static RxRing of(int socket, int slots) {
        Memory option = new Memory(16);
        option.setInt(0, TPACKET_V2);
        if (Libc.setsockopt(socket, SOL_PACKET, PACKET_VERSION, option, 4) < 0) {
            return null;
        }
        // A frame that is longer than a slot is kept whole, to be received as without a ring.
        option.setInt(0, 1);
        if (Libc.setsockopt(socket, SOL_PACKET, PACKET_COPY_THRESH, option, 4) < 0) {
            return null;
        }
        option.setInt(0, BLOCK_OCTETS);
        option.setInt(4, slots / (BLOCK_OCTETS / SLOT_OCTETS));
        option.setInt(8, SLOT_OCTETS);
        option.setInt(12, slots);
        if (Libc.setsockopt(socket, SOL_PACKET, PACKET_RX_RING, option, 16) < 0) {
            return null;
        }
        long mapped = Libc.mmap(0, (long) slots * SLOT_OCTETS, PROT_READ_WRITE, MAP_SHARED, socket, 0);
        if (mapped == -1) {
            option.clear();
            Libc.setsockopt(socket, SOL_PACKET, PACKET_RX_RING, option, 16);
            return null;
        }
        return new RxRing(mapped, slots);
    }

    private int slot() {
        return at * SLOT_OCTETS;
    }

    private int status() {
        return (int) STATUS.getAcquire(slots, slot());
    }

    /** What is in the slot that is next to be taken; a LONG frame is to be received from the socket. */
    Slot next() {
        int status = status();
        if ((status & STATUS_USER) == 0) {
            return Slot.EMPTY;
        }
        return (status & STATUS_COPY) == 0 ? Slot.FRAME : Slot.LONG;
    }

    /** The whole status of the frame, as in struct tpacket_auxdata. */
    int frameStatus() {
        return status();
    }

    /** Octets of the frame. */
    int length() {
        return slots.getInt(slot() + SNAPPED);
    }

    /** Whether the frame was longer, and there was no memory to keep it whole. */
    boolean cut() {
        return slots.getInt(slot() + LENGTH) != length();
    }

    byte packetType() {
        return slots.get(slot() + PACKET_TYPE);
    }

    int tci() {
        return slots.getShort(slot() + TCI) & 0xffff;
    }

    int tpid() {
        return slots.getShort(slot() + TPID) & 0xffff;
    }

    private int mac() {
        return slot() + (slots.getShort(slot() + MAC) & 0xffff);
    }

    /** An octet of the struct virtio_net_hdr of so many octets in front of the frame. */
    byte vnet(int octets, int index) {
        return slots.get(mac() - octets + index);
    }

    /** A number of two octets there. */
    int vnetShort(int octets, int index) {
        return slots.getShort(mac() - octets + index) & 0xffff;
    }

    void read(byte[] into, int offset, int length) {
        slots.get(mac(), into, offset, length);
    }

    /** Gives the slot back to the kernel. */
    void release() {
        STATUS.setRelease(slots, slot(), STATUS_KERNEL);
        at = at + 1 == count ? 0 : at + 1;
    }

    /** Ends the sharing; nothing may be asked any more. */
    void close() {
        Libc.munmap(address, (long) count * SLOT_OCTETS);
    }
}
