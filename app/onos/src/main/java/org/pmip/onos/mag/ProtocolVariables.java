// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

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
import org.pmip.protocol.mag.MagParameters;

/**
 * The gateways' protocol variables as ONOS's component properties: what counts in the whole cluster where the network
 * configuration names no value. ONOS reads their names, types and defaults from the file {@code .cfgdef} beside this
 * class. Thread-safe.
 */
@Component(immediate = true, service = ProtocolVariables.class)
public class ProtocolVariables {

    /** What counts where neither properties nor configuration say anything: these gateways are the domain's. */
    static final MagParameters DEFAULTS = MagParameters.DEFAULTS.withContextCoversDomain(true);
    private static final long UNIT_SECONDS = 4;

    /** The first timeout comes before the greatest one, which must not be less. */
    private static final VariableSet<MagParameters> ALL = new VariableSet<MagParameters>()
            .with("lifetime", from -> from.lifetime() * UNIT_SECONDS,
                    (to, text) -> to.withLifetime(Integer.parseInt(text)))
            .with("extensionMargin", MagParameters::extensionMargin,
                    (to, text) -> to.withExtensionMargin(Long.parseLong(text)))
            .with("initialBindackTimeout", MagParameters::initialBindackTimeout,
                    (to, text) -> to.withInitialBindackTimeout(Long.parseLong(text)))
            .with("maxBindackTimeout", MagParameters::maxBindackTimeout,
                    (to, text) -> to.withMaxBindackTimeout(Long.parseLong(text)))
            .with("maxUpdateRate", MagParameters::maxUpdateRate,
                    (to, text) -> to.withMaxUpdateRate(Integer.parseInt(text)))
            .with("timestampBasedApproachInUse", MagParameters::timestampBasedApproachInUse,
                    (to, text) -> to.withTimestamps(ParameterWords.flag(text)))
            .with("fixedMagLinkLocalAddressOnAllAccessLinks", MagParameters::fixedLinkLocal,
                    (to, text) -> to.withFixedLinkLocal(ParameterWords.linkLocal(text)))
            .with("enableMagLocalRouting", MagParameters::enableMagLocalRouting,
                    (to, text) -> to.withEnableMagLocalRouting(ParameterWords.flag(text)))
            .with("gatewaysAreAll", MagParameters::contextCoversDomain,
                    (to, text) -> to.withContextCoversDomain(ParameterWords.flag(text)))
            .with("presenceTimeout", MagParameters::presenceTimeout,
                    (to, text) -> to.withPresenceTimeout(Long.parseLong(text)))
            .with("contextRetention", MagParameters::contextRetention,
                    (to, text) -> to.withContextRetention(Long.parseLong(text)));

    @Reference
    protected ComponentConfigService properties;

    private final LiveVariables<MagParameters> variables = new LiveVariables<>("gateways", ALL, DEFAULTS);

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
    public MagParameters values() {
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
