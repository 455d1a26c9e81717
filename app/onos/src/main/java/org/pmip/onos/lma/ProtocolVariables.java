// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Map;
import org.onosproject.cfg.ComponentConfigService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.config.LiveVariables;
import org.pmip.onos.config.ParameterWords;
import org.pmip.onos.config.VariableSet;
import org.pmip.protocol.lma.LmaParameters;

/**
 * The anchor's protocol variables as ONOS's component properties: what counts in the whole cluster where the network
 * configuration names no value. ONOS reads their names, types and defaults from the file {@code .cfgdef} beside this
 * class. Thread-safe.
 */
@Component(immediate = true, service = ProtocolVariables.class)
public class ProtocolVariables {

    /** In the order in which they are set. */
    private static final VariableSet<LmaParameters> ALL = new VariableSet<LmaParameters>()
            .with("minDelayBeforeBceDelete", LmaParameters::minDelayBeforeBceDelete,
                    (to, text) -> to.withMinDelayBeforeBceDelete(Long.parseLong(text)))
            .with("maxDelayBeforeNewBceAssign", LmaParameters::maxDelayBeforeNewBceAssign,
                    (to, text) -> to.withMaxDelayBeforeNewBceAssign(Long.parseLong(text)))
            .with("timestampValidityWindow", LmaParameters::timestampValidityWindow,
                    (to, text) -> to.withTimestampValidityWindow(Long.parseLong(text)))
            .with("timestampBasedApproachInUse", LmaParameters::timestampBasedApproachInUse,
                    (to, text) -> to.withTimestampBasedApproachInUse(ParameterWords.flag(text)))
            .with("mobileNodeGeneratedTimestampInUse", LmaParameters::mobileNodeGeneratedTimestampInUse,
                    (to, text) -> to.withMobileNodeGeneratedTimestampInUse(ParameterWords.flag(text)))
            .with("lifetimeCap", LmaParameters::lifetimeCap,
                    (to, text) -> to.withLifetimeCap(Integer.parseInt(text)))
            .with("fixedMagLinkLocalAddressOnAllAccessLinks", LmaParameters::fixedMagLinkLocalAddress,
                    (to, text) -> to.withFixedMagLinkLocalAddress(ParameterWords.linkLocal(text)))
            .with("acceptForcedIpv4UdpEncapsulationRequest", LmaParameters::acceptForcedIpv4UdpEncapsulationRequest,
                    (to, text) -> to.withAcceptForcedIpv4UdpEncapsulationRequest(ParameterWords.flag(text)))
            .with("acceptTlvHeader", LmaParameters::acceptTlvHeader,
                    (to, text) -> to.withAcceptTlvHeader(ParameterWords.flag(text)))
            .with("dhcpSupportMode", ProtocolVariables::dhcpWord,
                    (to, text) -> to.withDhcpSupportMode(ParameterWords.dhcpSupportMode(text)))
            .with("natKeepalive", LmaParameters::natKeepalive,
                    (to, text) -> to.withNatKeepalive(Integer.parseInt(text)))
            .with("uplinkKeyQuarantine", LmaParameters::uplinkKeyQuarantine,
                    (to, text) -> to.withUplinkKeyQuarantine(Long.parseLong(text)))
            .with("assignmentMemory", LmaParameters::assignmentMemory,
                    (to, text) -> to.withAssignmentMemory(Long.parseLong(text)));

    @Reference
    protected ComponentConfigService properties;

    private final LiveVariables<LmaParameters> variables = new LiveVariables<>("anchors", ALL, LmaParameters.DEFAULTS);

    private static String dhcpWord(LmaParameters parameters) {
        return parameters.dhcpSupportMode().map(mode -> mode.server() ? "server" : "relay").orElse("none");
    }

    /** Starts the component. */
    @Activate
    protected void activate(Map<String, Object> given) {
        properties.registerProperties(getClass());
        modified(given);
    }

    /** Stops the component. What was set stays set. */
    @Deactivate
    protected void deactivate() {
        properties.unregisterProperties(getClass(), false);
    }

    /** Somebody has set properties; a value that cannot be leaves the former one, and a line in the log. */
    @Modified
    protected void modified(Map<String, Object> given) {
        variables.set(given);
    }

    /** Their values now. */
    public LmaParameters values() {
        return variables.values();
    }

    /** Tells the follower whenever a value has become another. */
    void follow(Runnable follower) {
        variables.follow(follower);
    }

    /** Tells the follower no more. */
    void leave(Runnable follower) {
        variables.leave(follower);
    }
}
