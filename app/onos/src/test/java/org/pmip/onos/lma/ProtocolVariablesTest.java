// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.cfg.ComponentConfigService;
import org.pmip.onos.config.VariablesContract;
import org.pmip.protocol.lma.LmaParameters;

/** The anchor's protocol variables as component properties. */
class ProtocolVariablesTest extends VariablesContract<LmaParameters> {

    private static final int COUNT = 13;

    private final ProtocolVariables variables = new ProtocolVariables();

    ProtocolVariablesTest() {
        super(ProtocolVariables.class, LmaParameters.DEFAULTS);
    }

    @Override
    protected void activate(ComponentConfigService properties) {
        variables.properties = properties;
        variables.activate(Map.of());
    }

    @Override
    protected void deactivate() {
        variables.deactivate();
    }

    @Override
    protected void modified(Map<String, Object> given) {
        variables.modified(given);
    }

    @Override
    protected LmaParameters values() {
        return variables.values();
    }

    @Override
    protected void follow(Runnable follower) {
        variables.follow(follower);
    }

    @Override
    protected void leave(Runnable follower) {
        variables.leave(follower);
    }

    @Override
    protected Map<String, Object> another() {
        return Map.of("uplinkKeyQuarantine", "5");
    }

    @ParameterizedTest
    @CsvSource({"minDelayBeforeBceDelete,1", "maxDelayBeforeNewBceAssign,2", "timestampValidityWindow,3",
        "timestampBasedApproachInUse,false", "mobileNodeGeneratedTimestampInUse,true", "lifetimeCap,4",
        "fixedMagLinkLocalAddressOnAllAccessLinks,fe80::5", "acceptForcedIpv4UdpEncapsulationRequest,true",
        "acceptTlvHeader,false", "dhcpSupportMode,relay", "natKeepalive,6", "uplinkKeyQuarantine,7",
        "assignmentMemory,8"})
    void eachTakesEffectAndIsKnownToOnos(String name, String value) throws Exception {
        takesEffectAndIsKnownToOnos(COUNT, name, value, value);
    }

    @ParameterizedTest
    @CsvSource({"minDelayBeforeBceDelete,-1", "maxDelayBeforeNewBceAssign,soon", "timestampValidityWindow,0",
        "timestampBasedApproachInUse,yes", "lifetimeCap,3", "natKeepalive,99999999999",
        "fixedMagLinkLocalAddressOnAllAccessLinks,2001:db8::1", "dhcpSupportMode,both"})
    void whatCannotBeLeavesTheFormerValue(String name, String value) {
        leavesTheFormerValue(Map.of("minDelayBeforeBceDelete", 77, "timestampValidityWindow", "78", "lifetimeCap", "80",
                "natKeepalive", "81"), name, value);
    }

    @Test
    void timestampsOfNobodyAreNotGeneratedByMobileNodes() {
        variables.modified(Map.of("mobileNodeGeneratedTimestampInUse", "true"));
        variables.modified(Map.of("mobileNodeGeneratedTimestampInUse", "true", "timestampBasedApproachInUse",
                "false"));
        assertThat(variables.values().timestampBasedApproachInUse()).isFalse();
        assertThat(variables.values().mobileNodeGeneratedTimestampInUse()).isFalse();
    }

    @Override
    protected String text(LmaParameters all) {
        return List.of(all.minDelayBeforeBceDelete(), all.maxDelayBeforeNewBceAssign(), all.timestampValidityWindow(),
                all.timestampBasedApproachInUse(), all.mobileNodeGeneratedTimestampInUse(), all.lifetimeCap(),
                all.fixedMagLinkLocalAddress(), all.acceptForcedIpv4UdpEncapsulationRequest(), all.acceptTlvHeader(),
                all.dhcpSupportMode().map(mode -> mode.server() ? "server" : "relay"), all.natKeepalive(),
                all.uplinkKeyQuarantine(), all.assignmentMemory()).toString();
    }
}
