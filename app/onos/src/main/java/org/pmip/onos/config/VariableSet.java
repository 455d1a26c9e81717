// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Protocol variables as component properties of ONOS: named, read from texts, each with a word on what it may be. Not
 * thread-safe while it is made, and immutable from then on.
 *
 * @param <P> the parameters that hold their values
 */
public final class VariableSet<P> {

    private static final Logger LOG = LoggerFactory.getLogger(VariableSet.class);

    /** One of them. */
    private static final class Variable<P> {
        private final String name;
        private final Function<P, Object> reader;
        private final BiFunction<P, String, P> writer;

        private Variable(String name, Function<P, Object> reader, BiFunction<P, String, P> writer) {
            this.name = name;
            this.reader = reader;
            this.writer = writer;
        }

        private String text(P from) {
            return String.valueOf(reader.apply(from));
        }
    }

    private final List<Variable<P>> all = new ArrayList<>();

    /**
     * Adds one; what means nothing without another comes after that.
     *
     * @param reader its value
     * @param writer the same parameters with a value from a text; throws IllegalArgumentException if it cannot be
     */
    public VariableSet<P> with(String name, Function<P, Object> reader, BiFunction<P, String, P> writer) {
        all.add(new Variable<>(name, reader, writer));
        return this;
    }

    /**
     * The parameters that properties ask for. A value that cannot be leaves the former one, and a line in the log.
     *
     * @param defaults what properties that are not there stand for
     * @param former what counted before
     */
    public P read(Map<String, Object> given, P defaults, P former) {
        P next = defaults;
        for (Variable<P> one : all) {
            String text = Objects.toString(given.get(one.name), "").trim();
            next = text.isEmpty() ? next : set(next, one, text, former);
        }
        return next;
    }

    private P set(P to, Variable<P> one, String text, P former) {
        try {
            return one.writer.apply(to, text);
        } catch (IllegalArgumentException e) {
            // What Java says of a text that is no number tells an operator nothing.
            LOG.warn("{}: '{}' is refused, {} stays its value: {}", one.name, text, one.text(former),
                    e instanceof NumberFormatException ? "it is no whole number that can be" : e.getMessage());
        }
        try {
            return one.writer.apply(to, one.text(former));
        } catch (IllegalArgumentException e) {
            // The former value does not fit what another variable has become.
            return to;
        }
    }

    /** Whether all of them have the same values in both. */
    public boolean same(P first, P second) {
        return all.stream().allMatch(one -> one.text(first).equals(one.text(second)));
    }
}
