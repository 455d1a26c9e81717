// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/**
 * The calls of the C library that packet sockets need, for 64-bit Linux. They return -1 on failure;
 * {@link Native#getLastError} then tells the errno.
 */
final class Libc {
    static final int AF_PACKET = 17;
    static final int SOCK_RAW = 3;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int EFD_CLOEXEC = 0x80000;
    static final int MSG_DONTWAIT = 0x40;
    static final int MSG_TRUNC = 0x20;
    static final int POLLIN = 1;
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EACCES = 13;

    static {
        Native.register("c");
    }

    private Libc() {
    }

    static native int socket(int domain, int type, int protocol);

    static native int bind(int socket, Pointer address, int length);

    static native int setsockopt(int socket, int level, int option, Pointer value, int length);

    static native long recvmsg(int socket, Pointer message, int flags);

    static native long send(int socket, Pointer octets, long length, int flags);

    /** The vector is of struct mmsghdr. */
    static native int sendmmsg(int socket, long vector, int count, int flags);

    static native long mmap(long address, long length, int protection, int flags, int descriptor, long offset);

    static native int munmap(long address, long length);

    static native int poll(Pointer descriptors, long count, int timeout);

    static native int eventfd(int initial, int flags);

    static native long write(int descriptor, Pointer octets, long length);

    static native int ioctl(int descriptor, long request, Pointer argument);

    static native int close(int descriptor);

    @SuppressWarnings("checkstyle:methodname") // It is bound by its name.
    static native int if_nametoindex(String name);

    static native Pointer strerror(int error);

    static String lastError() {
        int error = Native.getLastError();
        return strerror(error).getString(0) + (error == EPERM || error == EACCES
                ? " (packet sockets need root or CAP_NET_RAW)" : "");
    }
}
