// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.IpAddress;

/**
 * What the caller brings to one run of the engine besides the event: what is known of anchors, and unique values that
 * an earlier run said it {@link MagTransition#needsSessionId needs}. What a transition does not use goes back.
 * Immutable.
 */
public final class MagSupply {

    /** Nothing known, nothing set aside. */
    public static final MagSupply NOTHING =
            new MagSupply(OptionalLong.empty(), OptionalLong.empty(), Set.of());

    private final OptionalLong sessionId;
    private final OptionalLong downlinkKey;
    private final Set<IpAddress> anchorsWithoutGreKey;

    private MagSupply(OptionalLong sessionId, OptionalLong downlinkKey, Set<IpAddress> anchorsWithoutGreKey) {
        this.sessionId = sessionId;
        this.downlinkKey = downlinkKey;
        this.anchorsWithoutGreKey = Set.copyOf(anchorsWithoutGreKey);
    }

    /** What is known of anchors that do not know the GRE Key option. */
    public static MagSupply knowing(Set<IpAddress> anchorsWithoutGreKey) {
        return new MagSupply(OptionalLong.empty(), OptionalLong.empty(), anchorsWithoutGreKey);
    }

    /** The same with a session number that no other session of this host has, 1 to 2^32-1. */
    public MagSupply withSessionId(long value) {
        return new MagSupply(OptionalLong.of(value), downlinkKey, anchorsWithoutGreKey);
    }

    /** The same with a downlink key that no other session of this host has, 0 to 2^32-1. */
    public MagSupply withDownlinkKey(long value) {
        return new MagSupply(sessionId, OptionalLong.of(value), anchorsWithoutGreKey);
    }

    /** A session number. */
    public OptionalLong sessionId() {
        return sessionId;
    }

    /** A downlink GRE key. */
    public OptionalLong downlinkKey() {
        return downlinkKey;
    }

    /** The anchors that were found not to know the GRE Key option (RFC 5845 section 4.2). */
    public Set<IpAddress> anchorsWithoutGreKey() {
        return anchorsWithoutGreKey;
    }

    @Override
    public String toString() {
        return "session " + sessionId + " key " + downlinkKey + " without GRE " + anchorsWithoutGreKey;
    }
}
