// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.pmip.onos.dataplane.AccessPlane;
import org.pmip.onos.link.LinkEffects;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

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

    /** Where the sessions of effects of a kind are, as far as their gateways and links are configured. */
    List<AccessPlane.Placed> placed(MobileNodeIdentifier node, List<Effect> effects, Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind)
                .flatMap(effect -> switches.placed(node, effect.entry()).stream())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** What is said to others than nodes. */
    interface Messages {
        /** Sends a Proxy Binding Update. */
        void send(Effect effect);

        /** The clock is to be synchronised. */
        void synchroniseClock();
    }
}
