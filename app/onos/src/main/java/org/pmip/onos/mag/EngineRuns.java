// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.OptionalLong;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagSupply;
import org.pmip.protocol.mag.MagTransition;

/** Runs the gateways' engine with what it needs from the stores: numbers, what is known of anchors. Thread-safe. */
final class EngineRuns {

    private static final int GREATEST_ROUNDS = 4;

    private final MagProcessor.Parts parts;

    EngineRuns(MagProcessor.Parts parts) {
        this.parts = parts;
    }

    /**
     * What becomes of a list by an event now. Blocks where numbers are needed.
     *
     * @throws org.onosproject.store.service.StorageException if the store gives none
     */
    MagTransition run(MagEngine engine, BindingUpdateList list, MagEvent event) {
        MagSupply supply = MagSupply.knowing(parts.store.anchorsWithoutGreKey());
        Moment now = parts.clock.get();
        MagTransition transition = engine.process(list, event, now, supply);
        for (int round = 0; transition.needs(); round++) {
            if (round == GREATEST_ROUNDS) {
                throw new IllegalStateException("the engine still lacks something: " + transition);
            }
            if (transition.needsSessionId()) {
                supply = supply.withSessionId(number(parts.sessionIds, "session numbers"));
            }
            if (transition.needsDownlinkKey()) {
                supply = supply.withDownlinkKey(number(parts.downlinkKeys, "downlink keys"));
            }
            transition = engine.process(list, event, now, supply);
        }
        return transition;
    }

    private static long number(NumberBlocks numbers, String what) {
        OptionalLong number = numbers.next();
        return number.orElseThrow(() -> new IllegalStateException("no " + what + " are left"));
    }
}
