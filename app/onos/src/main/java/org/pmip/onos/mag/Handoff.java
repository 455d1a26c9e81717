// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Objects;
import java.util.Optional;
import org.pmip.protocol.mag.HandoffContext;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** How an interface has come to a link, as far as an access network or another cluster can tell. Immutable. */
public final class Handoff {

    private final int indicator;
    private final Optional<HandoffContext> previous;

    private Handoff(int indicator, Optional<HandoffContext> previous) {
        this.indicator = indicator;
        this.previous = Objects.requireNonNull(previous, "previous");
    }

    /**
     * One of which no more is known.
     *
     * @param indicator a value of {@link HandoffIndicator} from 1 to 4
     */
    public static Handoff of(int indicator) {
        return new Handoff(indicator, Optional.empty());
    }

    /**
     * One with what the node had before.
     *
     * @param indicator a value of {@link HandoffIndicator} from 2 to 4
     */
    public static Handoff of(int indicator, HandoffContext previous) {
        return new Handoff(indicator, Optional.of(previous));
    }

    /** The Handoff Indicator, 1 to 4. */
    public int indicator() {
        return indicator;
    }

    /** What the node had at a gateway that does not share this application's lists. */
    public Optional<HandoffContext> previous() {
        return previous;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handoff && indicator == ((Handoff) other).indicator
                && previous.equals(((Handoff) other).previous);
    }

    @Override
    public int hashCode() {
        return Objects.hash(indicator, previous);
    }

    @Override
    public String toString() {
        return indicator + previous.map(context -> " " + context).orElse("");
    }
}
