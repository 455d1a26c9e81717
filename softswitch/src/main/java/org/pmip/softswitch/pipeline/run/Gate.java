// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Through which every packet goes into a pipeline. While it is open a packet pays one write that other threads see at
 * once; while it is closed packets wait, and who closed it knows that none is inside. Thread-safe.
 */
final class Gate {
    /** How long packets inside are waited for; they need microseconds, unless what takes their output blocks. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);
    private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(20);

    private final Queue<WeakReference<Pass>> passes = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** What tells whether a thread has a packet inside; each thread has its own, and is alone to change it. */
    static final class Pass {
        private static final VarHandle INSIDE;

        static {
            try {
                INSIDE = MethodHandles.lookup().findVarHandle(Pass.class, "inside", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        private boolean inside;
    }

    /** A pass for the thread that asks; it is forgotten with the thread. */
    Pass pass() {
        Pass pass = new Pass();
        passes.removeIf(known -> known.refersTo(null));
        passes.add(new WeakReference<>(pass));
        return pass;
    }

    /** Lets a packet in, as soon as the gate is open. */
    void enter(Pass pass) {
        // Either who closes sees this, or this thread sees below that it is closed: both are volatile.
        Pass.INSIDE.setVolatile(pass, true);
        if (closed) {
            waitOutside(pass);
        }
    }

    private void waitOutside(Pass pass) {
        boolean interrupted = false;
        while (closed) {
            leave(pass);
            synchronized (this) {
                while (closed) {
                    try {
                        wait();
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
            Pass.INSIDE.setVolatile(pass, true);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Says that the packet is through. */
    void leave(Pass pass) {
        Pass.INSIDE.setRelease(pass, false);
    }

    /**
     * Does work while no packet is inside. Called by one thread at a time, which must not be inside itself.
     *
     * @return false when a packet stayed inside for a second; then the work was not done
     */
    boolean closedFor(Runnable work) {
        closed = true;
        try {
            long end = System.nanoTime() + PATIENCE;
            for (WeakReference<Pass> known : passes) {
                Pass pass = known.get();
                while (pass != null && (boolean) Pass.INSIDE.getVolatile(pass)) {
                    if (System.nanoTime() - end > 0) {
                        return false;
                    }
                    LockSupport.parkNanos(PAUSE);
                }
            }
            work.run();
            return true;
        } finally {
            synchronized (this) {
                closed = false;
                notifyAll();
            }
        }
    }
}
