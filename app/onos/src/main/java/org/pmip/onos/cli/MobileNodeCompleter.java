// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.List;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.pmip.onos.lma.BindingFilter;
import org.pmip.onos.lma.LmaService;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Completes identifiers of mobile nodes. */
@Service
public class MobileNodeCompleter implements Completer {

    /** More would fill the screen and help nobody. */
    private static final int MOST = 100;

    @Reference
    LmaService service;

    @Override
    public int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        StringsCompleter strings = new StringsCompleter();
        BindingFilter.ALL.mobileNode(typed).page(service, "", MOST).stream().map(MobileNodeRecord::key)
                .forEach(strings.getStrings()::add);
        return strings.complete(session, line, candidates);
    }
}
