// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.pmip.onos.lma.LmaService;

/** Completes names of gateways. */
@Service
public class GatewayCompleter implements Completer {

    @Reference
    LmaService service;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        StringsCompleter strings = new StringsCompleter();
        service.gateways().forEach(one -> strings.getStrings().add(one.path("name").asText()));
        return strings.complete(session, line, candidates);
    }
}
