// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.pmip.onos.lma.LmaService;

/** A command that asks the anchor. */
public abstract class LmaCommand extends PmipCommand {

    @Reference
    LmaService service;
}
