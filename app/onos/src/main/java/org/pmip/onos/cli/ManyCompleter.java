// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;

/** Completes what there may be very many of, by what is typed already. */
abstract class ManyCompleter implements Completer {

    /** More would fill the screen and help nobody. */
    static final int MOST = 100;

    /** What the typed text may become, in the order of the list. */
    abstract Stream<String> candidates(String typed);

    @Override
    public final int complete(Session session, CommandLine line, List<String> candidates) {
        String typed = line.getCursorArgument() == null ? ""
                : line.getCursorArgument().substring(0, line.getArgumentPosition());
        StringsCompleter strings = new StringsCompleter();
        candidates(typed).limit(MOST).forEach(strings.getStrings()::add);
        return strings.complete(session, line, candidates);
    }
}
