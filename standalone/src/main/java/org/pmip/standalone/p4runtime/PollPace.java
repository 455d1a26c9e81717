// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.cfg.ComponentConfigService;
import org.onosproject.net.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How often ONOS reads the tables of all devices back: often while they are small, more and more seldom as they
 * grow, so that reading never takes more than a small part of the machine. Safe for use by many threads.
 */
public final class PollPace {
    private static final Logger LOG = LoggerFactory.getLogger(PollPace.class);
    private static final String COMPONENT = "org.onosproject.net.flow.impl.FlowRuleManager";
    private static final String PROPERTY = "fallbackFlowPollFrequency";
    /** So old may counters be at most, and so long may what is removed already count as about to be. */
    private static final int LONGEST_SECONDS = 120;
    /** Some 25 microseconds of work an entry, at both ends, make about a twentieth of one core. */
    private static final int ENTRIES_PER_SECOND = 2000;

    private final Map<DeviceId, Integer> entries = new ConcurrentHashMap<>();
    private final ComponentConfigService properties;
    private final int shortest;
    private int seconds;

    /**
     * Sets the shortest time between two readings, before ONOS's flow rule manager starts.
     *
     * @param properties of components
     * @param shortest seconds, from 1
     */
    public PollPace(ComponentConfigService properties, int shortest) {
        this.properties = properties;
        this.shortest = shortest;
        seconds = shortest;
        properties.preSetProperty(COMPONENT, PROPERTY, Integer.toString(shortest));
    }

    /**
     * Notes how many entries a device had.
     *
     * @param device that was read
     * @param count of its entries
     */
    synchronized void read(DeviceId device, int count) {
        entries.put(device, count);
        int wanted = seconds(entries.values().stream().mapToInt(Integer::intValue).sum(), shortest);
        if (wanted != seconds) {
            LOG.info("Tables are read every {} s from now on", wanted);
            seconds = wanted;
            properties.setProperty(COMPONENT, PROPERTY, Integer.toString(wanted));
        }
    }

    /** Doubles the time as often as needed: small changes of the tables shall not change the pace. */
    static int seconds(int entries, int shortest) {
        int seconds = shortest;
        while (seconds < LONGEST_SECONDS && entries > seconds * ENTRIES_PER_SECOND) {
            seconds = Math.min(2 * seconds, LONGEST_SECONDS);
        }
        return seconds;
    }
}
