// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Optional;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;

/**
 * The GRE part of a request that is otherwise acceptable (RFC 5845 sections 3.3 and 5.2): the offer of the gateway
 * against the policy of the anchor.
 */
final class GreNegotiation {

    private final int status;
    private final GreMode mode;
    private final long downlinkKey;

    private GreNegotiation(int status, GreMode mode, long downlinkKey) {
        this.status = status;
        this.mode = mode;
        this.downlinkKey = downlinkKey;
    }

    static GreNegotiation of(BindingUpdate update, GrePolicy policy) {
        Optional<GreKey> offer = update.first(GreKey.class);
        if (offer.isEmpty()) {
            return policy == GrePolicy.KEYS ? rejected() : new GreNegotiation(Status.ACCEPTED, GreMode.NONE, 0);
        }
        switch (policy) {
            case NOT_REQUIRED:
                return new GreNegotiation(Status.GRE_KEY_OPTION_NOT_REQUIRED, GreMode.NONE, 0);
            case MODE_ONLY:
                return new GreNegotiation(Status.ACCEPTED, GreMode.MODE_ONLY, 0);
            default:
                if (offer.get().hasKey()) {
                    return new GreNegotiation(Status.ACCEPTED, GreMode.KEYS, offer.get().key());
                }
                return policy == GrePolicy.KEYS
                        ? rejected() : new GreNegotiation(Status.ACCEPTED, GreMode.MODE_ONLY, 0);
        }
    }

    private static GreNegotiation rejected() {
        return new GreNegotiation(Status.GRE_KEY_OPTION_REQUIRED, GreMode.NONE, 0);
    }

    /** Status of the answer, should nothing else be wrong. */
    int status() {
        return status;
    }

    boolean isRejected() {
        return status >= Status.FIRST_REJECTION;
    }

    GreMode mode() {
        return mode;
    }

    long downlinkKey() {
        return downlinkKey;
    }

    /** Whether a session needs an uplink key that it does not have yet; the one it has it keeps. */
    boolean needsUplinkKey(Optional<BindingCacheEntry> session) {
        return mode == GreMode.KEYS && session.map(entry -> entry.gre() != GreMode.KEYS).orElse(true);
    }

    /** The option of a successful answer: the anchor's key, or none, as was agreed. */
    static Optional<GreKey> option(BindingCacheEntry session) {
        switch (session.gre()) {
            case KEYS:
                return Optional.of(GreKey.of(session.uplinkKey()));
            case MODE_ONLY:
                return Optional.of(GreKey.modeOnly());
            default:
                return Optional.empty();
        }
    }
}
