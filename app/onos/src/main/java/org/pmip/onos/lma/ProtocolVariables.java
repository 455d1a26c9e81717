// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.onosproject.cfg.ComponentConfigService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.config.ParameterWords;
import org.pmip.protocol.lma.LmaParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The anchor's protocol variables as ONOS's component properties: what counts in the whole cluster where the network
 * configuration names no value. ONOS reads their names, types and defaults from the file {@code .cfgdef} beside this
 * class. Thread-safe.
 */
@Component(immediate = true, service = ProtocolVariables.class)
public class ProtocolVariables {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolVariables.class);

    /** One of them. */
    private static final class Variable {
        private final String name;
        private final Function<LmaParameters, String> reader;
        private final BiFunction<LmaParameters, String, LmaParameters> writer;

        private Variable(String name, Function<LmaParameters, String> reader,
                         BiFunction<LmaParameters, String, LmaParameters> writer) {
            this.name = name;
            this.reader = reader;
            this.writer = writer;
        }
    }

    /** In the order in which they are set: what means nothing without another comes after it. */
    private static final List<Variable> ALL = List.of(
            new Variable("minDelayBeforeBceDelete", to -> "" + to.minDelayBeforeBceDelete(),
                    (to, text) -> to.withMinDelayBeforeBceDelete(Long.parseLong(text))),
            new Variable("maxDelayBeforeNewBceAssign", to -> "" + to.maxDelayBeforeNewBceAssign(),
                    (to, text) -> to.withMaxDelayBeforeNewBceAssign(Long.parseLong(text))),
            new Variable("timestampValidityWindow", to -> "" + to.timestampValidityWindow(),
                    (to, text) -> to.withTimestampValidityWindow(Long.parseLong(text))),
            new Variable("timestampBasedApproachInUse", to -> "" + to.timestampBasedApproachInUse(),
                    (to, text) -> to.withTimestampBasedApproachInUse(ParameterWords.flag(text))),
            new Variable("mobileNodeGeneratedTimestampInUse", to -> "" + to.mobileNodeGeneratedTimestampInUse(),
                    (to, text) -> to.withMobileNodeGeneratedTimestampInUse(ParameterWords.flag(text))),
            new Variable("lifetimeCap", to -> "" + to.lifetimeCap(),
                    (to, text) -> to.withLifetimeCap(Integer.parseInt(text))),
            new Variable("fixedMagLinkLocalAddressOnAllAccessLinks", to -> to.fixedMagLinkLocalAddress().toString(),
                    (to, text) -> to.withFixedMagLinkLocalAddress(ParameterWords.linkLocal(text))),
            new Variable("acceptForcedIpv4UdpEncapsulationRequest",
                    to -> "" + to.acceptForcedIpv4UdpEncapsulationRequest(),
                    (to, text) -> to.withAcceptForcedIpv4UdpEncapsulationRequest(ParameterWords.flag(text))),
            new Variable("acceptTlvHeader", to -> "" + to.acceptTlvHeader(),
                    (to, text) -> to.withAcceptTlvHeader(ParameterWords.flag(text))),
            new Variable("dhcpSupportMode", ProtocolVariables::dhcpWord,
                    (to, text) -> to.withDhcpSupportMode(ParameterWords.dhcpSupportMode(text))),
            new Variable("natKeepalive", to -> "" + to.natKeepalive(),
                    (to, text) -> to.withNatKeepalive(Integer.parseInt(text))),
            new Variable("uplinkKeyQuarantine", to -> "" + to.uplinkKeyQuarantine(),
                    (to, text) -> to.withUplinkKeyQuarantine(Long.parseLong(text))),
            new Variable("assignmentMemory", to -> "" + to.assignmentMemory(),
                    (to, text) -> to.withAssignmentMemory(Long.parseLong(text))));

    @Reference
    protected ComponentConfigService properties;

    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    private volatile LmaParameters values = LmaParameters.DEFAULTS;

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
    protected synchronized void modified(Map<String, Object> given) {
        LmaParameters former = values;
        LmaParameters next = LmaParameters.DEFAULTS;
        for (Variable one : ALL) {
            String text = Objects.toString(given.get(one.name), "").trim();
            next = text.isEmpty() ? next : set(next, one, text, former);
        }
        LmaParameters now = next;
        if (ALL.stream().anyMatch(one -> !one.reader.apply(now).equals(one.reader.apply(former)))) {
            values = next;
            LOG.info("defaults for anchors: {}", next);
            followers.forEach(Runnable::run);
        }
    }

    private static LmaParameters set(LmaParameters to, Variable one, String text, LmaParameters former) {
        try {
            return one.writer.apply(to, text);
        } catch (IllegalArgumentException e) {
            LOG.warn("{}: '{}' cannot be its value, it stays {}: {}", one.name, text, one.reader.apply(former),
                    e.getMessage());
        }
        try {
            return one.writer.apply(to, one.reader.apply(former));
        } catch (IllegalArgumentException e) {
            // The former value does not fit what another variable has become.
            return to;
        }
    }

    /** Their values now. */
    public LmaParameters values() {
        return values;
    }

    /** Tells the follower whenever a value has become another. */
    void follow(Runnable follower) {
        followers.add(follower);
    }

    /** Tells the follower no more. */
    void leave(Runnable follower) {
        followers.remove(follower);
    }
}
