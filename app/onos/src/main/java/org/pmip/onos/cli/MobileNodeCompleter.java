// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.pmip.onos.lma.BindingFilter;
import org.pmip.onos.lma.LmaService;
import org.pmip.protocol.lma.MobileNodeRecord;

/** Completes identifiers of mobile nodes. */
@Service
public class MobileNodeCompleter extends ManyCompleter {

    @Reference
    LmaService service;

    @Override
    Stream<String> candidates(String typed) {
        return BindingFilter.ALL.mobileNode(typed).page(service, "", MOST).stream().map(MobileNodeRecord::key);
    }
}
