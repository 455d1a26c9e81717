// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import org.pmip.onos.link.LinkEffects;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.MagEngine;

/** What a configuration gives the {@link MagProcessor}. Immutable. */
final class MagTerms {

    final MagEngine engine;
    final MagProcessor.Switches switches;
    final Messages messages;
    final LinkEffects links;

    MagTerms(MagEngine engine, MagProcessor.Switches switches, Messages messages, LinkEffects links) {
        this.engine = engine;
        this.switches = switches;
        this.messages = messages;
        this.links = links;
    }

    /** What is said to others than nodes. */
    interface Messages {
        /** Sends a Proxy Binding Update. */
        void send(Effect effect);

        /** The clock is to be synchronised. */
        void synchroniseClock();
    }
}
