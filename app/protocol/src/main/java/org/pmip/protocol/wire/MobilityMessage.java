// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pmip.protocol.wire.option.MobilityOption;

/** A message of the Mobility Header with its options. Immutable. */
public abstract class MobilityMessage {

    private final List<MobilityOption> options;
    /** The same again, for {@link #first} and {@link #all}: a registration asks some twenty times. */
    private final MobilityOption[] inOrder;

    MobilityMessage(List<MobilityOption> options) {
        inOrder = options.toArray(new MobilityOption[0]);
        this.options = List.of(inOrder);
    }

    /** The MH Type, 0 to 255. */
    public abstract int type();

    /** Octets of Message Data before the options. */
    abstract int fixedLength();

    /** Writes the Message Data before the options. */
    abstract void writeFixed(java.nio.ByteBuffer out);

    /** The options in order, without padding. */
    public List<MobilityOption> options() {
        return options;
    }

    /** The first option of a class, all of which are final; the one that counts where a sender wrongly repeats it. */
    public <T extends MobilityOption> Optional<T> first(Class<T> kind) {
        for (MobilityOption option : inOrder) {
            if (option.getClass() == kind) {
                return Optional.of(kind.cast(option));
            }
        }
        return Optional.empty();
    }

    /** All options of a class, in order. */
    public <T extends MobilityOption> List<T> all(Class<T> kind) {
        List<T> all = new ArrayList<>(2);
        for (MobilityOption option : inOrder) {
            if (option.getClass() == kind) {
                all.add(kind.cast(option));
            }
        }
        return all;
    }

    static int range(String name, int value, int greatest) {
        if (value < 0 || value > greatest) {
            throw new IllegalArgumentException(name + " is " + value + ": use 0 to " + greatest);
        }
        return value;
    }

    static <T> T present(String name, T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /** Collects options; not thread-safe. */
    abstract static class Builder<B extends Builder<B>> {
        final List<MobilityOption> options = new ArrayList<>();

        abstract B self();

        /** Adds an option after those that are there. */
        public B option(MobilityOption option) {
            options.add(present("option", option));
            return self();
        }

        /** Adds options after those that are there. */
        public B options(List<? extends MobilityOption> more) {
            more.forEach(this::option);
            return self();
        }
    }
}
