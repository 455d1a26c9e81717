// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.mag.UpdateListEvent.Type;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/** Makes events of what changes in Binding Update Lists and hands them to ONOS's event bus. Thread-safe. */
@Component(immediate = true, service = {UpdateListEventService.class, UpdateListEvents.class})
public class UpdateListEvents implements UpdateListEventService {

    private final ListenerRegistry<UpdateListEvent, UpdateListListener> listeners = new ListenerRegistry<>();

    @Reference
    protected EventDeliveryService eventDispatcher;

    /** Starts the component. */
    @Activate
    protected void activate() {
        eventDispatcher.addSink(UpdateListEvent.class, listeners);
    }

    /** Stops the component. */
    @Deactivate
    protected void deactivate() {
        eventDispatcher.removeSink(UpdateListEvent.class);
    }

    @Override
    public void addListener(UpdateListListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(UpdateListListener listener) {
        listeners.removeListener(listener);
    }

    /** A node's list has become another. */
    void changed(Optional<BindingUpdateList> before, Optional<BindingUpdateList> after) {
        between(before, after).forEach(eventDispatcher::post);
    }

    static List<UpdateListEvent> between(Optional<BindingUpdateList> before, Optional<BindingUpdateList> after) {
        List<UpdateListEvent> events = new ArrayList<>();
        before.ifPresent(list -> list.entries().stream()
                .filter(entry -> after.flatMap(next -> next.session(entry.sessionId())).isEmpty())
                .filter(UpdateListEvents::isTheNodes)
                .forEach(entry -> events.add(new UpdateListEvent(Type.LEFT, list.mobileNode(), entry))));
        after.ifPresent(list -> list.entries().forEach(entry ->
                type(before.flatMap(last -> last.session(entry.sessionId())), entry)
                        .ifPresent(type -> events.add(new UpdateListEvent(type, list.mobileNode(), entry)))));
        return events;
    }

    /** Whether the node is where the entry says: what was superseded ends when the node has been accepted elsewhere. */
    private static boolean isTheNodes(BindingUpdateListEntry entry) {
        return entry.state() != State.LEFT && entry.state() != State.SUPERSEDED;
    }

    private static Optional<Type> type(Optional<BindingUpdateListEntry> before, BindingUpdateListEntry now) {
        Optional<State> last = before.map(BindingUpdateListEntry::state);
        boolean same = last.filter(state -> state == now.state()).isPresent();
        switch (now.state()) {
            case REGISTERING:
                return same ? Optional.empty() : Optional.of(Type.REGISTERING);
            case ACTIVE:
                return same ? inForce(before.get(), now) : Optional.of(before.filter(one -> one.replaces() != 0
                        || one.state() == State.SUPERSEDED).isPresent() ? Type.MOVED : Type.ATTACHED);
            case DENIED:
                return same ? Optional.empty() : Optional.of(Type.DENIED);
            case ENDING:
                return same ? Optional.empty() : Optional.of(Type.ENDING);
            case LEFT:
                return before.filter(UpdateListEvents::isTheNodes).map(one -> Type.LEFT);
            default:
                return Optional.empty();
        }
    }

    private static Optional<Type> inForce(BindingUpdateListEntry before, BindingUpdateListEntry now) {
        if (!before.attachment().samePlace(now.attachment())) {
            return Optional.of(Type.CHANGED_LINK);
        }
        return before.binding().equals(now.binding()) ? Optional.empty() : Optional.of(Type.EXTENDED);
    }
}
