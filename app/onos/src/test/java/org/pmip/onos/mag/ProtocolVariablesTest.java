// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onosproject.cfg.ComponentConfigService;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.config.VariablesContract;
import org.pmip.protocol.mag.MagParameters;

/** The gateways' protocol variables as component properties. */
class ProtocolVariablesTest extends VariablesContract<MagParameters> {

    private static final int COUNT = 11;

    private final ProtocolVariables variables = new ProtocolVariables();

    ProtocolVariablesTest() {
        super(ProtocolVariables.class, ProtocolVariables.DEFAULTS);
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
    protected MagParameters values() {
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
        return Map.of("contextRetention", "5");
    }

    @Override
    protected String text(MagParameters all) {
        return all.toString();
    }

    @ParameterizedTest
    @CsvSource({"lifetime,4 ,lifetime 4 s", "extensionMargin,1,extensionMargin 1 ms",
        "initialBindackTimeout,200,initialBindackTimeout 200 ms", "maxBindackTimeout,2000,maxBindackTimeout 2000 ms",
        "maxUpdateRate,7,maxUpdateRate 7", "timestampBasedApproachInUse,false,timestampBasedApproachInUse false",
        "fixedMagLinkLocalAddressOnAllAccessLinks,fe80::5,AllAccessLinks fe80::5",
        "enableMagLocalRouting,true,enableMagLocalRouting true", "gatewaysAreAll,false,gatewaysAreAll false",
        "presenceTimeout,5,presenceTimeout 5 ms", "contextRetention,6,contextRetention 6 ms"})
    @Requirement({"R5213-9.3-1", "R5213-9.3-2"})
    void eachTakesEffectAndIsKnownToOnos(String name, String value, String shown) throws Exception {
        takesEffectAndIsKnownToOnos(COUNT, name, value, shown);
    }

    @ParameterizedTest
    @CsvSource({"lifetime,3", "extensionMargin,-1", "initialBindackTimeout,99", "maxBindackTimeout,500",
        "maxUpdateRate,0", "timestampBasedApproachInUse,yes", "enableMagLocalRouting,1", "presenceTimeout,soon",
        "fixedMagLinkLocalAddressOnAllAccessLinks,2001:db8::1"})
    void whatCannotBeLeavesTheFormerValue(String name, String value) {
        leavesTheFormerValue(Map.of("presenceTimeout", 77), name, value);
    }
}
