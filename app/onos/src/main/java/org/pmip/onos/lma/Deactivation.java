// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.onosproject.app.ApplicationService;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleOperationsContext;
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
    private static final int GREATEST_LOOKS = 5;
    private static final long ANSWER_SECONDS = 15;

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

    private final List<Runnable> stops = new CopyOnWriteArrayList<>();
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

    /** What writes to switches stops before they are cleared: a change of mastership would fill them again. */
    public void first(Runnable stop) {
        stops.add(stop);
    }

    /** It has stopped by itself. */
    public void forget(Runnable stop) {
        stops.remove(stop);
    }

    private void clear() {
        ApplicationId application = coreService.registerApplication(LmaManager.APPLICATION);
        stops.forEach(Runnable::run);
        withdrawRoutes(application);
        Set<DeviceId> devices = new TreeSet<>(Comparator.comparing(DeviceId::toString));
        boolean over = false;
        // What was on its way to a switch may arrive after the first look.
        for (int look = 0; look < GREATEST_LOOKS && !over; look++) {
            List<FlowEntry> rules = StreamSupport
                    .stream(flowRuleService.getFlowEntriesById(application).spliterator(), false)
                    .filter(rule -> rule.state() != FlowEntry.FlowEntryState.PENDING_REMOVE
                            && rule.state() != FlowEntry.FlowEntryState.REMOVED).collect(Collectors.toList());
            rules.forEach(rule -> devices.add(rule.deviceId()));
            over = rules.isEmpty() || !remove(rules);
        }
        devices.forEach(device -> meterService.purgeMeters(device, application));
        LOG.info("deactivated: rules and meters are taken out of {}", devices);
    }

    /** Removes rules and waits for it, because the pipeline goes with the application; false if that did not work. */
    private boolean remove(List<FlowEntry> rules) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        FlowRuleOperations.Builder operations = FlowRuleOperations.builder();
        rules.forEach(operations::remove);
        flowRuleService.apply(operations.build(new FlowRuleOperationsContext() {
            @Override
            public void onSuccess(FlowRuleOperations all) {
                done.complete(true);
            }

            @Override
            public void onError(FlowRuleOperations failed) {
                done.complete(false);
            }
        }));
        if (!done.completeOnTimeout(false, ANSWER_SECONDS, TimeUnit.SECONDS).join()) {
            LOG.warn("some of {} rules could not be taken out", rules.size());
            return false;
        }
        return true;
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
