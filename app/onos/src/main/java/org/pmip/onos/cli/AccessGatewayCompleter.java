// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.mag.MagService;

/** Completes names of the gateways that this application is. */
@Service
public class AccessGatewayCompleter extends ManyCompleter {

    @Reference
    MagService service;

    @Override
    Stream<String> candidates(String typed) {
        return StreamSupport.stream(service.gateways().spliterator(), false).map(one -> one.get("name").asText())
                .filter(name -> name.contains(typed));
    }
}
