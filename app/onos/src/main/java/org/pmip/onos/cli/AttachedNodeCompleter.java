// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.AttachmentFilter;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.mag.BindingUpdateList;

/** Completes identifiers of mobile nodes at the gateways. */
@Service
public class AttachedNodeCompleter extends ManyCompleter {

    @Reference
    MagService service;

    @Override
    Stream<String> candidates(String typed) {
        return AttachmentFilter.of(typed, null, null).all(service).stream().map(BindingUpdateList::key);
    }
}
