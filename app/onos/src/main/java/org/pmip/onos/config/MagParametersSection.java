// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import org.pmip.protocol.mag.MagParameters;

/** Reads the protocol variables of gateways. Stateless. */
final class MagParametersSection {

    private static final long HOUR = 3_600_000;
    private static final long LEAST_TIMEOUT = 100;
    private static final long UNIT_SECONDS = 4;

    private MagParametersSection() {
    }

    /**
     * Reads them.
     *
     * @param section the one that has a section {@code parameters}, or none
     * @param parameters the values of those that are not named there
     */
    static MagParameters read(JsonSection section, MagParameters parameters) {
        return section.object("parameters", false).map(one -> readFrom(one, parameters)).orElse(parameters);
    }

    private static MagParameters readFrom(JsonSection one, MagParameters defaults) {
        MagParameters parameters = defaults
                .withTimestamps(one.flag("timestampBasedApproachInUse")
                        .orElse(defaults.timestampBasedApproachInUse()))
                .withContextCoversDomain(one.flag("gatewaysAreAll").orElse(defaults.contextCoversDomain()))
                .withLifetime(one.number("lifetime", false, 4, 262_140)
                        .orElse(defaults.lifetime() * UNIT_SECONDS).intValue())
                .withPresenceTimeout(one.number("presenceTimeout", false, 1, HOUR)
                        .orElse(defaults.presenceTimeout()))
                .withContextRetention(one.number("contextRetention", false, 0, HOUR)
                        .orElse(defaults.contextRetention()))
                .withExtensionMargin(one.number("extensionMargin", false, 0, HOUR)
                        .orElse(defaults.extensionMargin()))
                .withMaxUpdateRate(one.number("maxUpdateRate", false, 1, 1_000).map(Long::intValue)
                        .orElse(defaults.maxUpdateRate()))
                .withInitialBindackTimeout(one.number("initialBindackTimeout", false, LEAST_TIMEOUT, HOUR)
                        .orElse(defaults.initialBindackTimeout()))
                .withFixedLinkLocal(one.parsed("fixedMagLinkLocalAddressOnAllAccessLinks", false,
                        "a link-local IPv6 address or ::", ParameterWords::linkLocal)
                        .orElse(defaults.fixedLinkLocal()));
        long greatest = one.number("maxBindackTimeout", false, LEAST_TIMEOUT, HOUR)
                .orElse(parameters.maxBindackTimeout());
        one.nothingElse();
        boolean both = one.has("initialBindackTimeout") && one.has("maxBindackTimeout");
        if (both && greatest < parameters.initialBindackTimeout()) {
            one.problem("maxBindackTimeout", greatest + " is less than initialBindackTimeout, "
                    + parameters.initialBindackTimeout());
            return parameters;
        }
        // Where the two only contradict each other by a default, the first one counts.
        return parameters.withMaxBindackTimeout(Math.max(greatest, parameters.initialBindackTimeout()));
    }
}
