// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultBand;
import org.onosproject.net.meter.DefaultMeterRequest;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterService;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.generated.P4;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits how many packets of each class the switch may send up, so that a flood at the switch does not drown the
 * controller. Thread-safe.
 *
 * <p>ONOS either lets applications choose the cell of a meter or hands cells out in order, for all applications alike;
 * the same limit for every class works with both.
 */
public final class PuntMeters {

    private static final Logger LOG = LoggerFactory.getLogger(PuntMeters.class);
    private static final MeterScope SCOPE = MeterScope.of(P4.Meters.PUNT_METER.id());

    private final MeterService meters;
    private final ApplicationId application;

    /** Makes a limiter. */
    public PuntMeters(MeterService meters, ApplicationId application) {
        this.meters = meters;
        this.application = application;
    }

    /**
     * Has every class of a switch limited.
     *
     * @param perSecond packets a second of each class, 1 or more
     */
    public synchronized void limit(DeviceId device, int perSecond) {
        Set<Long> missing = new HashSet<>();
        Arrays.stream(PuntClass.values()).forEach(one -> missing.add((long) one.code()));
        boolean another = false;
        for (Meter meter : meters.getMeters(device, SCOPE)) {
            if (application.equals(meter.appId()) && rate(meter) == perSecond) {
                missing.remove(index(meter.meterCellId()));
            } else {
                another |= application.equals(meter.appId());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        if (chosen(device, perSecond, missing) || handedOut(device, perSecond, missing, another)) {
            LOG.info("{} sends up at most {} packets a second of each class", device, perSecond);
        } else {
            LOG.warn("{} has no free meter cell for the classes {}: these are not limited", device, missing);
        }
    }

    private boolean chosen(DeviceId device, int perSecond, Set<Long> indexes) {
        try {
            for (long index : indexes) {
                meters.submit(request(device, perSecond).withIndex(index).add());
            }
            return true;
        } catch (IllegalArgumentException e) {
            LOG.debug("cells cannot be chosen: {}", e.getMessage());
            return false;
        }
    }

    private boolean handedOut(DeviceId device, int perSecond, Set<Long> missing, boolean another) {
        if (another) {
            // ONOS gives no cell out twice, and changes no meter. In the switch the former limit counts until the new
            // one is written over it.
            meters.purgeMeters(device, application);
            Arrays.stream(PuntClass.values()).forEach(one -> missing.add((long) one.code()));
        }
        for (long tries = 0; tries < P4.Meters.PUNT_METER_SIZE && !missing.isEmpty(); tries++) {
            Meter meter;
            try {
                meter = meters.submit(request(device, perSecond).add());
            } catch (IllegalArgumentException | NullPointerException e) {
                // With no cell left ONOS fails on the identifier that it did not get.
                LOG.debug("no cell was handed out: {}", e.toString());
                return false;
            }
            missing.remove(index(meter.meterCellId()));
        }
        return missing.isEmpty();
    }

    private MeterRequest.Builder request(DeviceId device, int perSecond) {
        return DefaultMeterRequest.builder().forDevice(device).fromApp(application).withScope(SCOPE).burst()
                .withUnit(Meter.Unit.PKTS_PER_SEC)
                .withBands(List.of(band(Band.Type.MARK_YELLOW, perSecond), band(Band.Type.MARK_RED, perSecond)));
    }

    private static Band band(Band.Type type, int perSecond) {
        return DefaultBand.builder().ofType(type).withRate(perSecond).burstSize(Math.max(1, perSecond / 10)).build();
    }

    private static long rate(Meter meter) {
        return meter.bands().stream().filter(band -> band.type() == Band.Type.MARK_RED).mapToLong(Band::rate)
                .findFirst().orElse(-1);
    }

    private static long index(MeterCellId cell) {
        return cell instanceof PiMeterCellId ? ((PiMeterCellId) cell).index() : -1;
    }
}
