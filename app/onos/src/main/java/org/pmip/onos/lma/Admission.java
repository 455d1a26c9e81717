// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.onlab.packet.IpAddress;
import org.pmip.onos.config.PmipConfig.Gateway;
import org.pmip.onos.signalling.RateLimit;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Request;

/**
 * Lets each gateway send so many messages a second and no more, so that a broken or hostile one does not take the
 * anchor from the others. Thread-safe.
 */
final class Admission {

    /** What becomes of a message. */
    enum Decision {
        /** It is worked on. */
        ADMIT,
        /** It is answered by status 130. */
        REJECT,
        /** It is not answered. */
        IGNORE
    }

    /** Messages a second of all senders together that are no gateways of this anchor; each costs an answer of 154. */
    private static final int STRANGERS_PER_SECOND = 100;

    private final Map<IpAddress, Gateway> gateways = new HashMap<>();
    private final Map<Gateway, RateLimit> limits = new HashMap<>();
    private final RateLimit strangers;
    private final Predicate<String> hasSession;

    /**
     * Makes one.
     *
     * @param millis a clock
     * @param hasSession tells by the key of its record whether a mobile node has a session
     */
    Admission(List<Gateway> all, LongSupplier millis, Predicate<String> hasSession) {
        this.hasSession = hasSession;
        strangers = new RateLimit(STRANGERS_PER_SECOND, STRANGERS_PER_SECOND, millis);
        for (Gateway gateway : all) {
            gateway.addresses().forEach(address -> gateways.put(address, gateway));
            gateway.messageRate().ifPresent(rate -> limits.put(gateway, new RateLimit(rate, rate, millis)));
        }
    }

    Decision of(Request request) {
        Gateway gateway = gateways.get(request.proxyCoa());
        // What a message says of itself counts only if it comes from where that gateway's messages come from.
        if (gateway == null || !request.source().equals(request.proxyCoa())
                && !gateway.addresses().contains(request.source())
                && !gateway.policy().translatedBy(request.source())) {
            return strangers.allows() ? Decision.ADMIT : Decision.IGNORE;
        }
        RateLimit limit = limits.get(gateway);
        if (limit == null || limit.allows()) {
            return Decision.ADMIT;
        }
        // For a gateway any rejection is the end, here of a session that stands; without an answer it asks again.
        boolean standing = LmaEngine.mobileNode(request.update()).map(MobileNodeRecord::key).filter(hasSession)
                .isPresent();
        return standing || gateway.silentOverLimit() ? Decision.IGNORE : Decision.REJECT;
    }
}
