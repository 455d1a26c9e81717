// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.onosproject.app.ApplicationService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleService;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.packet.PacketService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pmip.onos.config.PmipAppConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.routing.RouteAnnouncer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes everything of the application out of the switches when an operator deactivates it. A mere stop, of ONOS or of
 * a bundle, is none: then traffic goes on by the entries that are there. Sessions stay in the stores either way, so
 * that an upgrade keeps them. Thread-safe.
 */
@Component(immediate = true, service = Deactivation.class)
public class Deactivation {

    private static final Logger LOG = LoggerFactory.getLogger(Deactivation.class);

    @Reference
    protected CoreService coreService;

    @Reference
    protected FlowRuleService flowRuleService;

    @Reference
    protected MeterService meterService;

    @Reference
    protected NetworkConfigRegistry configRegistry;

    @Reference
    protected PacketService packetService;

    private ApplicationService applications;
    private boolean active;

    /** ONOS's application management has come; alone, the application has none and is never deactivated. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected synchronized void bindApplications(ApplicationService one) {
        applications = one;
        register();
    }

    /** The hook goes with the service that holds it. */
    protected synchronized void unbindApplications(ApplicationService one) {
        if (applications == one) {
            applications = null;
        }
    }

    /** Everything is bound, which it need not be when application management comes. */
    @Activate
    protected synchronized void activate() {
        active = true;
        register();
    }

    private void register() {
        if (active && applications != null) {
            applications.registerDeactivateHook(coreService.registerApplication(LmaManager.APPLICATION), this::clear);
        }
    }

    private void clear() {
        ApplicationId application = coreService.registerApplication(LmaManager.APPLICATION);
        Set<DeviceId> devices = StreamSupport
                .stream(flowRuleService.getFlowEntriesById(application).spliterator(), false)
                .map(FlowRule::deviceId).collect(Collectors.toSet());
        withdrawRoutes(application);
        flowRuleService.removeFlowRulesById(application);
        devices.forEach(device -> meterService.purgeMeters(device, application));
        LOG.info("deactivated: rules and meters are taken out of {}", devices);
    }

    /** Routers would draw traffic here for minutes until they forget. Of all nodes, the switch hears its master. */
    private void withdrawRoutes(ApplicationId application) {
        PmipAppConfig given = configRegistry.getConfig(application, PmipAppConfig.class);
        if (given == null) {
            return;
        }
        try {
            PmipConfig config = given.read();
            config.lma().ifPresent(lma -> new RouteAnnouncer(packetService, lma.device(),
                    config.switches().get(lma.device()).interfaces()).withdraw(Optional.empty()));
        } catch (IllegalArgumentException e) {
            LOG.info("no routes are withdrawn, the configuration is not valid");
        }
    }
}
