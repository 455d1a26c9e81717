// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.NetworkConfigService;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.mag.MagParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network configuration under {@code apps/org.pmip}, key {@link #KEY}. Not thread-safe, as every Config. */
public class PmipAppConfig extends Config<ApplicationId> {

    /** The configuration key, under the application's name. */
    public static final String KEY = "pmip";

    private static final Logger LOG = LoggerFactory.getLogger(PmipAppConfig.class);

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

    /** Whether a switch has a part in the configuration by now; in one that is not valid, it may. */
    public static boolean uses(NetworkConfigService configurations, ApplicationId application, DeviceId device) {
        PmipAppConfig given = configurations.getConfig(application, PmipAppConfig.class);
        try {
            return given != null && given.read().uses(device);
        } catch (IllegalArgumentException e) {
            LOG.info("{} is left as it is, the configuration is not valid", device);
            return true;
        }
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
