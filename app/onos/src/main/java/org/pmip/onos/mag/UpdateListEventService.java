// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import org.onosproject.event.ListenerService;

/** Where other applications hear of nodes that come to gateways, move and leave. Thread-safe. */
public interface UpdateListEventService extends ListenerService<UpdateListEvent, UpdateListListener> {
}
