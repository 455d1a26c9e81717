// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Locale;
import org.pmip.onos.link.NodeSession;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.MagTransition;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what is neither a message nor an entry of a switch: what is said on links, mostly. Thread-safe. */
final class OtherEffects {

    private static final Logger LOG = LoggerFactory.getLogger(OtherEffects.class);

    private final MagProcessor.Parts parts;
    private final Arrivals arrivals;

    OtherEffects(MagProcessor.Parts parts, Arrivals arrivals) {
        this.parts = parts;
        this.arrivals = arrivals;
    }

    void carryOut(MagTerms now, MobileNodeIdentifier node, MagTransition transition, Effect effect) {
        NodeSession session = new NodeSession(node, effect.entry());
        switch (effect.kind()) {
            case ADVERTISE:
                now.links.advertise(session);
                arrivals.told(BindingUpdateList.key(node), effect.entry().attachment());
                break;
            case WITHDRAW:
                now.links.withdraw(session, effect.prefixes(), transition.after().first(entry ->
                        entry.state() == State.ACTIVE && entry.attachment().sameLink(effect.entry().attachment()))
                        .isPresent());
                break;
            case CHECK_PRESENCE:
                now.links.checkPresence(session);
                break;
            case TEAR_DOWN_LINK:
                now.links.tearDown(session);
                break;
            case DENY_SERVICE:
                now.links.deny(session, effect.text());
                break;
            case ANCHOR_WITHOUT_GRE_KEY:
            case ANCHOR_WITH_GRE_KEY:
                parts.store.withoutGreKey(effect.entry().anchor().address(),
                        effect.kind() == Effect.Kind.ANCHOR_WITHOUT_GRE_KEY);
                break;
            case SYNCHRONISE_CLOCK:
                now.messages.synchroniseClock();
                break;
            default:
                parts.counter.accept(effect.kind().name().toLowerCase(Locale.ROOT));
                LOG.warn("{}: {} {}", BindingUpdateList.key(node), effect.text(), effect.entry());
                break;
        }
    }
}
