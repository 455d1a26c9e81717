// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import org.onosproject.drivers.p4runtime.P4RuntimePacketProgrammable;
import org.onosproject.net.driver.DriverHandler;
import org.pmip.pipeconf.PmipPipeconf;

/** Packets to switches with this pipeline, without asking the cluster for each of them which pipeline that is. */
public class PmipPackets extends P4RuntimePacketProgrammable {

    @Override
    public void setHandler(DriverHandler handler) {
        super.setHandler(new KnownPipeconf(handler, PmipPipeconf.ID));
    }
}
