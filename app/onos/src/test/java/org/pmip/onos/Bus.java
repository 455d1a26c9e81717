// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos;

import org.onosproject.event.DefaultEventSinkRegistry;
import org.onosproject.event.Event;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.EventSink;

/** ONOS's event bus, delivering at once and on the thread that posts. */
public final class Bus extends DefaultEventSinkRegistry implements EventDeliveryService {

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public void post(Event event) {
        EventSink sink = getSink(event.getClass());
        sink.process(event);
    }

    @Override
    public void setDispatchTimeLimit(long millis) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long getDispatchTimeLimit() {
        return 0;
    }
}
