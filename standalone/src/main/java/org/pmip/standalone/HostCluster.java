// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.nio.file.Path;
import org.onosproject.store.atomix.impl.AtomixManager;
import org.onosproject.store.service.StorageService;
import org.pmip.standalone.p4runtime.Targets;
import org.pmip.standalone.store.FlowRules;

/**
 * How several hosts become one controller: a store that they share, and a way to agree on who commands which device.
 * A host has none of it by itself; who wants several hosts to act as a cluster of ONOS does brings it along.
 */
interface HostCluster {

    /**
     * Starts the part of the shared store that is this host's.
     *
     * @param directory for its files
     * @return the store, which works
     * @throws InterruptedException when interrupted while starting
     */
    AtomixManager start(Path directory) throws InterruptedException;

    /** Who commands which device. */
    Targets.Candidacy candidacy();

    /** The way of flow rules to the host that commands their device. */
    FlowRules.Elsewhere elsewhere();

    /**
     * Begins to take part; called once.
     *
     * @param storage the store
     * @param targets the devices, to be renewed when it changes who commands them
     * @param rules take what other hosts have for devices that this one commands
     */
    void join(StorageService storage, Targets targets, FlowRules rules);

    /** Stops taking part, and the store. */
    void leave();
}
