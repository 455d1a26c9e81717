// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.pmip.onos.mag.MagService;

/** A command that asks the mobile access gateways. */
public abstract class MagCommand extends PmipCommand {

    @Reference
    MagService service;
}
