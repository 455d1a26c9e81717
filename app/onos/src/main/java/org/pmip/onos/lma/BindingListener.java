// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.onosproject.event.EventListener;

/** Hears of changes of the binding cache, on ONOS's event thread: what takes long belongs elsewhere. */
public interface BindingListener extends EventListener<BindingEvent> {
}
