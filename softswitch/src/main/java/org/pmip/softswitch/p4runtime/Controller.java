// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;

/**
 * A controller's stream, seen from the switch: messages wait here in order until the transport takes them. Thread-safe.
 */
final class Controller {
    private static final Logger LOG = System.getLogger(Controller.class.getName());
    /** Messages that may wait; a controller that reads more slowly than packets come loses packets. */
    static final int MOST_WAITING = 4096;

    private final ServerCallStreamObserver<StreamMessageResponse> call;
    private final Queue<StreamMessageResponse> waiting = new ArrayDeque<>();
    private boolean ended;
    private long lost;
    /** The three that follow are Arbitration's; null as long as the stream has not said who it is. */
    private RoleName role;
    private ElectionId electionId;
    private volatile boolean primary;

    Controller(ServerCallStreamObserver<StreamMessageResponse> call) {
        this.call = call;
    }

    /** Sends a message that must not be lost while the stream lives. */
    synchronized void send(StreamMessageResponse message) {
        if (waiting.size() >= 2 * MOST_WAITING) {
            end(Refusal.of(Status.Code.RESOURCE_EXHAUSTED,
                    "the controller does not read its stream: " + waiting.size() + " messages wait").toStatus());
            return;
        }
        put(message);
    }

    /** Sends a message that is lost when too many wait; says whether it was taken. */
    synchronized boolean offer(StreamMessageResponse message) {
        if (ended || waiting.size() >= MOST_WAITING) {
            if (lost++ == 0 && !ended) {
                LOG.log(Level.WARNING, "a controller reads its stream too slowly: packets for it are lost");
            }
            return false;
        }
        put(message);
        return true;
    }

    private void put(StreamMessageResponse message) {
        if (ended) {
            return;
        }
        if (waiting.isEmpty() && call.isReady()) {
            call.onNext(message);
        } else {
            waiting.add(message);
        }
    }

    /** Goes on sending; called when the transport has room again. */
    synchronized void drain() {
        while (!ended && !waiting.isEmpty() && call.isReady()) {
            call.onNext(waiting.remove());
        }
    }

    /** Ends the stream with an error. */
    synchronized void end(StatusRuntimeException reason) {
        if (!ended) {
            ended = true;
            waiting.clear();
            call.onError(reason);
        }
    }

    /** Ends the stream because the controller has ended its side. */
    synchronized void complete() {
        if (!ended) {
            ended = true;
            waiting.clear();
            call.onCompleted();
        }
    }

    /** Marks a stream that the transport has lost. */
    synchronized void gone() {
        ended = true;
        waiting.clear();
    }

    /** Messages that were offered and not taken. */
    synchronized long lost() {
        return lost;
    }

    RoleName role() {
        return role;
    }

    ElectionId electionId() {
        return electionId;
    }

    void identify(RoleName itsRole, ElectionId id) {
        role = itsRole;
        electionId = id;
    }

    boolean primary() {
        return primary;
    }

    void primary(boolean is) {
        primary = is;
    }
}
