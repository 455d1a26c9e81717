// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.onosproject.core.CoreService;
import org.onosproject.store.service.StorageException;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.onlab.util.Tools.groupedThreads;

/** The clock of both roles as an ONOS component, whose scale of deadlines is that of the cluster. Thread-safe. */
@Component(immediate = true, service = CommonTime.class)
public class CommonTime {

    private static final Logger LOG = LoggerFactory.getLogger(CommonTime.class);
    /** The roles begin with the cluster's scale if it is heard within that time, else they change to it later. */
    private static final long PATIENCE_MILLIS = 2_000;
    private static final long FAREWELL_MILLIS = 2_000;

    @Reference
    protected CoreService coreService;

    @Reference
    protected StorageService storageService;

    private final SteadyClock clock = SteadyClock.ofSystem();
    private ScheduledExecutorService timer;
    private ScaleAgreement agreement;
    private boolean troubled;

    /** Starts the component. */
    @Activate
    protected void activate() {
        timer = Executors.newSingleThreadScheduledExecutor(groupedThreads("pmip/time", "timer", LOG));
        agreement = new ScaleAgreement(storageService, coreService.registerApplication(LmaManager.APPLICATION), clock,
                timer);
        timer.scheduleWithFixedDelay(this::tick, 0, ScaleAgreement.TICK_MILLIS, TimeUnit.MILLISECONDS);
        try {
            agreement.settled().get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.info("no other controller has said its time yet; no session ends for want of time until then");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops the component. */
    @Deactivate
    protected void deactivate() {
        timer.execute(agreement::close);
        timer.shutdown();
        try {
            // The others forget this one in time anyway.
            if (!timer.awaitTermination(FAREWELL_MILLIS, TimeUnit.MILLISECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void tick() {
        try {
            agreement.tick();
            troubled = false;
        } catch (StorageException e) {
            if (!troubled) {
                LOG.warn("the store does not answer, the scale of deadlines is told when it does: {}", e.toString());
            }
            troubled = true;
        } catch (RuntimeException e) {
            // An exception would end the repeated task for good.
            LOG.error("the scale of deadlines could not be told", e);
        }
    }

    /** The clock. */
    public SteadyClock clock() {
        return clock;
    }
}
