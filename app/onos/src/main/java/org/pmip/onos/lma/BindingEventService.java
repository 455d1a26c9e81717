// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.onosproject.event.ListenerService;

/** Where other applications hear of registrations, handoffs and ends of sessions. Thread-safe. */
public interface BindingEventService extends ListenerService<BindingEvent, BindingListener> {
}
