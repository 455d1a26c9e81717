// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.pmip.softswitch.pipeline.Pipeline;
import p4.v1.P4RuntimeOuterClass.Update;

/** The updates of one request (P4Runtime 1.3, section 12.2). Callers hold the device's lock. */
final class Batch {
    private final Entities entities;
    private final Access access;
    private final List<Update> updates;
    private final Refusal[] outcomes;

    Batch(Entities entities, Access access, List<Update> updates) {
        this.entities = entities;
        this.access = access;
        this.updates = updates;
        outcomes = new Refusal[updates.size()];
    }

    /** Tries every update (CONTINUE_ON_ERROR); one outcome each, null for success. */
    Refusal[] each() {
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = permitted(updates.get(i));
            if (outcomes[i] == null) {
                outcomes[i] = write(updates.get(i));
            }
        }
        return outcomes;
    }

    /** Makes all updates or, after one was refused, takes back those before it (ROLLBACK_ON_ERROR). */
    Refusal[] allOrNone() {
        Deque<List<Update>> back = new ArrayDeque<>();
        for (int i = 0; i < outcomes.length; i++) {
            Refusal refused;
            try {
                entities.check(updates.get(i), access);
                List<Update> undo = Undo.of(entities, updates.get(i));
                refused = write(updates.get(i));
                if (refused == null) {
                    back.push(undo);
                }
            } catch (Refusal e) {
                refused = e;
            } catch (RuntimeException e) {
                refused = Refusal.internal(e);
            }
            if (refused != null) {
                takeBack(i, refused, back);
                break;
            }
        }
        return outcomes;
    }

    /** Makes all updates or none, and lets no packet see but all or none (DATAPLANE_ATOMIC). */
    Refusal[] atOnce(Pipeline pipeline) throws Refusal {
        if (!pipeline.withoutPackets(this::allOrNone)) {
            throw Refusal.of(Status.Code.UNAVAILABLE, "packets do not leave the pipeline, so that the batch cannot be "
                    + "made between two of them: nothing was written, try again");
        }
        return outcomes;
    }

    private void takeBack(int failed, Refusal refused, Deque<List<Update>> back) {
        for (int i = 0; i < outcomes.length; i++) {
            outcomes[i] = i == failed ? refused : Refusal.of(Status.Code.ABORTED,
                    (i < failed ? "taken back" : "not tried") + ", because update " + failed + " was refused");
        }
        for (int i = failed - 1; i >= 0; i--) {
            for (Update undo : back.pop()) {
                Refusal kept = write(undo);
                if (kept != null) {
                    outcomes[i] = Refusal.of(Status.Code.INTERNAL, "could not be taken back: " + kept.getMessage());
                }
            }
        }
    }

    private Refusal permitted(Update update) {
        try {
            entities.check(update, access);
            return null;
        } catch (Refusal e) {
            return e;
        }
    }

    private Refusal write(Update update) {
        try {
            entities.write(update);
            return null;
        } catch (Refusal e) {
            return e;
        } catch (RuntimeException e) {
            return Refusal.internal(e);
        }
    }
}
