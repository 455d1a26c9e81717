// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.config.Config;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.mag.MagParameters;

/** The network configuration under {@code apps/org.pmip}, key {@link #KEY}. Not thread-safe, as every Config. */
public class PmipAppConfig extends Config<ApplicationId> {

    /** The configuration key, under the application's name. */
    public static final String KEY = "pmip";

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException with every problem and its path, instead of a bare false
     */
    @Override
    public boolean isValid() {
        PmipConfigParser.parse(node());
        return true;
    }

    /** The configuration, read and checked, for those who do not ask for an anchor's protocol variables. */
    public PmipConfig read() {
        return read(LmaParameters.DEFAULTS);
    }

    /**
     * The configuration, read and checked.
     *
     * @param defaults protocol variables that it does not name
     */
    public PmipConfig read(LmaParameters defaults) {
        return PmipConfigParser.parse(node(), defaults, PmipConfigParser.GATEWAYS);
    }

    /**
     * The same for those who ask for gateways.
     *
     * @param defaults protocol variables of gateways that it does not name
     */
    public PmipConfig read(MagParameters defaults) {
        return PmipConfigParser.parse(node(), LmaParameters.DEFAULTS, defaults);
    }
}
