// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Objects;

/** One transmission of a Proxy Binding Update. Immutable. */
public final class Attempt {

    private final int sequence;
    private final long timestamp;
    private final long sentAt;

    /**
     * Makes an attempt.
     *
     * @param sequence the Sequence field, 0 to 65535
     * @param timestamp the Timestamp option, 48.16 fixed point; 0 if there was none
     * @param sentAt when, on the scale of {@link org.pmip.protocol.lma.Moment#millis}
     */
    public Attempt(int sequence, long timestamp, long sentAt) {
        this.sequence = sequence;
        this.timestamp = timestamp;
        this.sentAt = sentAt;
    }

    /** The Sequence field. */
    public int sequence() {
        return sequence;
    }

    /** The Timestamp option; 0 if there was none. */
    public long timestamp() {
        return timestamp;
    }

    /** When it was sent. */
    public long sentAt() {
        return sentAt;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attempt && sequence == ((Attempt) other).sequence
                && timestamp == ((Attempt) other).timestamp && sentAt == ((Attempt) other).sentAt;
    }

    @Override
    public int hashCode() {
        return Objects.hash(sequence, timestamp, sentAt);
    }

    @Override
    public String toString() {
        return "#" + sequence + " at " + sentAt;
    }
}
