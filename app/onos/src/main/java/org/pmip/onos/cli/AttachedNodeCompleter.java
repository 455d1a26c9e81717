// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.pmip.onos.mag.AttachmentFilter;
import org.pmip.onos.mag.MagService;

/** Completes identifiers of mobile nodes at the gateways. */
@Service
public class AttachedNodeCompleter implements Completer {

    /** More would fill the screen and help nobody. */
    private static final int MOST = 100;

    @Reference
    MagService service;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        StringsCompleter strings = new StringsCompleter();
        AttachmentFilter.of(typed, null, null).all(service).stream().limit(MOST)
                .forEach(list -> strings.getStrings().add(list.key()));
        return strings.complete(session, line, candidates);
    }
}
