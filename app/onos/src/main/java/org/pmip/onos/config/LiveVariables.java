// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values of protocol variables that component properties set, and who is told when they become others. Thread-safe.
 *
 * @param <P> the parameters that hold the values
 */
public final class LiveVariables<P> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveVariables.class);

    private final String whose;
    private final VariableSet<P> all;
    private final P defaults;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private volatile P values;

    /**
     * Makes them.
     *
     * @param whose for people
     * @param defaults what counts where no property is set
     */
    public LiveVariables(String whose, VariableSet<P> all, P defaults) {
        this.whose = whose;
        this.all = all;
        this.defaults = defaults;
        this.values = defaults;
    }

    /** Somebody has set properties; a value that cannot be leaves the former one, and a line in the log. */
    public synchronized void set(Map<String, Object> given) {
        P next = all.read(given, defaults, values);
        if (!all.same(next, values)) {
            values = next;
            LOG.info("defaults for {}: {}", whose, next);
            followers.forEach(Runnable::run);
        }
    }

    /** Their values now. */
    public P values() {
        return values;
    }

    /** Tells the follower whenever a value has become another. */
    public void follow(Runnable follower) {
        followers.add(follower);
    }

    /** Tells the follower no more. */
    public void leave(Runnable follower) {
        followers.remove(follower);
    }
}
