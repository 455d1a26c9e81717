// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import org.onosproject.event.EventListener;

/** Hears of changes of Binding Update Lists, on ONOS's event thread: what takes long belongs elsewhere. */
public interface UpdateListListener extends EventListener<UpdateListEvent> {
}
