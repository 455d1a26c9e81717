// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What an event makes of a mobile node's Binding Update List: the next list, and what the host does once that is
 * stored. Immutable.
 */
public final class MagTransition {

    private final BindingUpdateList before;
    private final BindingUpdateList after;
    private final List<Effect> effects;
    private final boolean needsSessionId;
    private final boolean needsDownlinkKey;
    private final boolean plainAccess;
    private final String reason;

    MagTransition(BindingUpdateList before, BindingUpdateList after, List<Effect> effects, boolean needsSessionId,
                  boolean needsDownlinkKey, boolean plainAccess, String reason) {
        this.before = before;
        this.after = after;
        this.effects = List.copyOf(effects);
        this.needsSessionId = needsSessionId;
        this.needsDownlinkKey = needsDownlinkKey;
        this.plainAccess = plainAccess;
        this.reason = reason;
    }

    /** The list that the engine was given. */
    public BindingUpdateList before() {
        return before;
    }

    /** The list as it is to be stored. */
    public BindingUpdateList after() {
        return after;
    }

    /** Whether there is something to store. */
    public boolean changes() {
        return !before.equals(after);
    }

    /** What to do, in this order, once {@link #after} is stored. */
    public List<Effect> effects() {
        return effects;
    }

    /** The effects of a kind. */
    public List<Effect> effects(Effect.Kind kind) {
        return effects.stream().filter(effect -> effect.kind() == kind).collect(Collectors.toList());
    }

    /** Whether the engine is to be run again with a session number. */
    public boolean needsSessionId() {
        return needsSessionId;
    }

    /** Whether the engine is to be run again with a downlink key. */
    public boolean needsDownlinkKey() {
        return needsDownlinkKey;
    }

    /** Whether the engine is to be run again with more; nothing else of this transition counts then. */
    public boolean needs() {
        return needsSessionId || needsDownlinkKey;
    }

    /** After an attachment: whether the node, not entitled to mobility, may use the visited network's own prefix. */
    public boolean plainAccess() {
        return plainAccess;
    }

    /**
     * Keys that no session of the node has any more; others may have them once no packet with them can be on the way.
     */
    public Set<Long> releasedKeys() {
        Set<Long> keys = new HashSet<>(before.downlinkKeys());
        keys.removeAll(after.downlinkKeys());
        return keys;
    }

    /** Why an event was ignored or a service denied, for people. */
    public String reason() {
        return reason;
    }

    @Override
    public String toString() {
        return (reason.isEmpty() ? "" : "(" + reason + ") ") + after + " " + effects;
    }
}
