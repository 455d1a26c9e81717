// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.lma.BindingEvent.Type;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.BindingCacheEntry.State;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Makes events of what changes in the records and hands them to ONOS's event bus. Thread-safe. */
@Component(immediate = true, service = {BindingEventService.class, BindingEvents.class})
public class BindingEvents implements BindingEventService {

    private final ListenerRegistry<BindingEvent, BindingListener> listeners = new ListenerRegistry<>();

    @Reference
    protected EventDeliveryService eventDispatcher;

    /** Starts the component. */
    @Activate
    protected void activate() {
        eventDispatcher.addSink(BindingEvent.class, listeners);
    }

    /** Stops the component. */
    @Deactivate
    protected void deactivate() {
        eventDispatcher.removeSink(BindingEvent.class);
    }

    @Override
    public void addListener(BindingListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(BindingListener listener) {
        listeners.removeListener(listener);
    }

    /** A node's record has become another. */
    void changed(Optional<MobileNodeRecord> before, Optional<MobileNodeRecord> after) {
        between(before, after).forEach(eventDispatcher::post);
    }

    static List<BindingEvent> between(Optional<MobileNodeRecord> before, Optional<MobileNodeRecord> after) {
        List<BindingEvent> events = new ArrayList<>();
        before.ifPresent(record -> record.entries().stream()
                .filter(entry -> after.flatMap(next -> next.session(entry.sessionId())).isEmpty())
                .forEach(entry -> events.add(new BindingEvent(Type.REMOVED, record.mobileNode(), entry))));
        after.ifPresent(record -> record.entries().forEach(entry ->
                type(before.flatMap(last -> last.session(entry.sessionId())), entry)
                        .ifPresent(type -> events.add(new BindingEvent(type, record.mobileNode(), entry)))));
        return events;
    }

    private static Optional<Type> type(Optional<BindingCacheEntry> before, BindingCacheEntry now) {
        if (before.isEmpty()) {
            return Optional.of(Type.REGISTERED);
        }
        BindingCacheEntry last = before.get();
        if (now.state() == State.ENDING) {
            return last.state() == State.ENDING ? Optional.empty() : Optional.of(Type.ENDING);
        }
        if (last.state() == State.ENDING || !last.proxyCoa().equals(now.proxyCoa())
                || last.accessTechnology() != now.accessTechnology()
                || !Arrays.equals(last.linkLayerIdentifier(), now.linkLayerIdentifier())) {
            return Optional.of(Type.MOVED);
        }
        return last.acceptedAt() == now.acceptedAt() ? Optional.empty() : Optional.of(Type.EXTENDED);
    }
}
