// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.util.Optional;
import org.pmip.protocol.lma.LmaParameters;

/** Reads the protocol variables of an anchor. Stateless. */
final class ParametersSection {

    private ParametersSection() {
    }

    /**
     * Reads them.
     *
     * @param section the one that has a section {@code parameters}, or none
     * @param parameters the values of those that are not named there
     */
    static LmaParameters read(JsonSection section, LmaParameters parameters) {
        return section.object("parameters", false).map(one -> readFrom(one, parameters)).orElse(parameters);
    }

    private static LmaParameters readFrom(JsonSection one, LmaParameters defaults) {
        long day = 86_400_000L;
        LmaParameters parameters = defaults
                .withMinDelayBeforeBceDelete(one.number("minDelayBeforeBceDelete", false, 0, day)
                        .orElse(defaults.minDelayBeforeBceDelete()))
                .withMaxDelayBeforeNewBceAssign(one.number("maxDelayBeforeNewBceAssign", false, 0, day)
                        .orElse(defaults.maxDelayBeforeNewBceAssign()))
                .withTimestampValidityWindow(one.number("timestampValidityWindow", false, 1, day)
                        .orElse(defaults.timestampValidityWindow()))
                .withFixedMagLinkLocalAddress(one.parsed("fixedMagLinkLocalAddressOnAllAccessLinks", false,
                        "a link-local IPv6 address or ::", ParameterWords::linkLocal)
                        .orElse(defaults.fixedMagLinkLocalAddress()))
                .withAcceptForcedIpv4UdpEncapsulationRequest(one.flag("acceptForcedIpv4UdpEncapsulationRequest")
                        .orElse(defaults.acceptForcedIpv4UdpEncapsulationRequest()))
                .withAcceptTlvHeader(one.flag("acceptTlvHeader").orElse(defaults.acceptTlvHeader()))
                .withNatKeepalive(one.number("natKeepalive", false, 1, 86_400).map(Long::intValue)
                        .orElse(defaults.natKeepalive()))
                .withUplinkKeyQuarantine(one.number("uplinkKeyQuarantine", false, 0, day)
                        .orElse(defaults.uplinkKeyQuarantine()))
                .withDhcpSupportMode(one.parsed("dhcpSupportMode", false, "server, relay or none",
                        ParameterWords::dhcpSupportMode).orElse(defaults.dhcpSupportMode()))
                .withAssignmentMemory(one.number("assignmentMemory", false, 0, day)
                        .orElse(defaults.assignmentMemory()))
                .withLifetimeCap(one.number("lifetimeCap", false, 4, 262_140).map(Long::intValue)
                        .orElse(defaults.lifetimeCap()));
        Optional<Boolean> inUse = one.flag("timestampBasedApproachInUse");
        Optional<Boolean> byNodes = one.flag("mobileNodeGeneratedTimestampInUse");
        if (byNodes.orElse(false) && !inUse.orElse(true)) {
            one.problem("mobileNodeGeneratedTimestampInUse", "means nothing without timestampBasedApproachInUse");
        } else {
            // Where the two only contradict each other by a default, what is named here counts.
            parameters = parameters.withMobileNodeGeneratedTimestampInUse(false)
                    .withTimestampBasedApproachInUse(
                            inUse.orElse(defaults.timestampBasedApproachInUse() || byNodes.orElse(false)));
            parameters = parameters.withMobileNodeGeneratedTimestampInUse(parameters.timestampBasedApproachInUse()
                    && byNodes.orElse(defaults.mobileNodeGeneratedTimestampInUse()));
        }
        one.nothingElse();
        return parameters;
    }
}
