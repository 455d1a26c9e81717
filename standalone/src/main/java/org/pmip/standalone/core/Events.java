// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.onlab.util.Tools;
import org.onosproject.event.DefaultEventSinkRegistry;
import org.onosproject.event.Event;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.EventSink;
import org.onosproject.net.device.DeviceEvent;
import org.onosproject.net.flow.FlowRuleEvent;
import org.onosproject.net.host.HostEvent;
import org.onosproject.net.intent.IntentEvent;
import org.onosproject.net.link.LinkEvent;
import org.onosproject.net.topology.TopologyEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to their listeners: asynchronously, in order, with one thread each for events of the topology, of
 * programming and for all others, as ONOS does. ONOS's own dispatcher leaves its threads behind when it stops.
 *
 * <p>A listener that takes longer than the limit is named in the log, not interrupted. Safe for use by many threads.
 */
public final class Events extends DefaultEventSinkRegistry implements EventDeliveryService, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final long STOP_MILLIS = 500;

    private final ExecutorService topology = loop("topology");
    private final ExecutorService programming = loop("programming");
    private final ExecutorService others = loop("default");
    private volatile long limitMillis = 5000;

    private static ExecutorService loop(String name) {
        return Executors.newSingleThreadExecutor(Tools.groupedThreads("onos/event", "dispatch-" + name + "-%d"));
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public void post(Event event) {
        try {
            loop(event).execute(() -> process(event));
        } catch (RejectedExecutionException e) {
            LOG.debug("Too late for {}", event);
        }
    }

    private ExecutorService loop(Event<?, ?> event) {
        if (event instanceof FlowRuleEvent || event instanceof IntentEvent) {
            return programming;
        }
        return event instanceof DeviceEvent || event instanceof LinkEvent || event instanceof HostEvent
            || event instanceof TopologyEvent ? topology : others;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void process(Event event) {
        EventSink sink = getSink(event.getClass());
        if (sink == null) {
            LOG.debug("Nobody listens to {}", event);
            return;
        }
        long began = System.nanoTime();
        try {
            sink.process(event);
        } catch (RuntimeException e) {
            LOG.warn("A listener failed on {}", event, e);
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (limitMillis > 0 && millis > limitMillis) {
            LOG.warn("The listeners of {} took {} ms, during which no event of that kind was delivered", event, millis);
        }
    }

    @Override
    public void setDispatchTimeLimit(long millis) {
        if (millis < 0) {
            throw new IllegalArgumentException("The time limit is " + millis + " ms: should be 0 (none) or more");
        }
        limitMillis = millis;
    }

    @Override
    public long getDispatchTimeLimit() {
        return limitMillis;
    }

    /** Ends the threads; an event that is being delivered has half a second to end. */
    @Override
    public void close() {
        for (ExecutorService loop : List.of(topology, programming, others)) {
            loop.shutdown();
        }
        try {
            for (ExecutorService loop : List.of(topology, programming, others)) {
                if (!loop.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                    loop.shutdownNow();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
