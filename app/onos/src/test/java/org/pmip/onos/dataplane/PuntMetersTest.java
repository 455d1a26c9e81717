// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.pmip.pipeconf.PuntClass;
import org.pmip.pipeconf.generated.P4;

class PuntMetersTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private static final ApplicationId OWN = new DefaultApplicationId(1, "org.pmip");
    private static final ApplicationId OTHER = new DefaultApplicationId(2, "org.other");

    /** Meters as ONOS keeps them: cells are all chosen, or all handed out, the lowest free one first. */
    private static final class Meters extends MeterServiceAdapter {
        private final boolean chosen;
        private final Map<Long, Meter> cells = new TreeMap<>();
        /** What was last written to each cell of the switch. */
        private final Map<Long, Long> written = new TreeMap<>();
        private int requests;

        Meters(boolean chosen) {
            this.chosen = chosen;
        }

        @Override
        public Meter submit(MeterRequest request) {
            requests++;
            if (chosen != request.index().isPresent()) {
                throw new IllegalArgumentException("the index is chosen: " + chosen);
            }
            long index = request.index().orElseGet(() -> {
                long free = 0;
                while (cells.containsKey(free)) {
                    free++;
                }
                return free;
            });
            if (index >= P4.Meters.PUNT_METER_SIZE) {
                throw new NullPointerException("no cell is left");
            }
            Meter meter = DefaultMeter.builder().forDevice(request.deviceId()).fromApp(request.appId())
                    .withCellId(PiMeterCellId.ofIndirect(PiMeterId.of(P4.Meters.PUNT_METER.id()), index))
                    .withUnit(request.unit()).withBands(request.bands()).build();
            cells.put(index, meter);
            written.put(index, red(meter));
            return meter;
        }

        private static long red(Meter meter) {
            return meter.bands().stream().filter(band -> band.type() == Band.Type.MARK_RED).mapToLong(Band::rate)
                    .sum();
        }

        @Override
        public Collection<Meter> getMeters(DeviceId device, MeterScope scope) {
            return List.copyOf(cells.values());
        }

        @Override
        public void purgeMeters(DeviceId device, ApplicationId application) {
            cells.values().removeIf(meter -> meter.appId().equals(application));
        }

        List<Long> limits() {
            return Arrays.stream(PuntClass.values()).map(one -> written.get((long) one.code())).distinct()
                    .collect(Collectors.toList());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangedLimitIsWrittenOverTheFormerOne(boolean chosen) {
        Meters meters = new Meters(chosen);
        PuntMeters limiter = new PuntMeters(meters, OWN);
        limiter.limit(DEVICE, 100);
        assertThat(meters.limits()).containsExactly(100L);
        int cells = meters.cells.size();
        int requests = meters.requests;
        limiter.limit(DEVICE, 100);
        assertThat(meters.requests).as("nothing to change").isEqualTo(requests);
        for (long next : List.of(200L, 50L, 100L, 7L)) {
            limiter.limit(DEVICE, (int) next);
            assertThat(meters.limits()).containsExactly(next);
            assertThat(meters.cells).hasSize(cells);
            int by = meters.requests;
            limiter.limit(DEVICE, (int) next);
            assertThat(meters.requests).as("asked once").isEqualTo(by);
        }
    }

    @Test
    void cellsOfOtherApplicationsStayTheirs() {
        Meters meters = new Meters(false);
        PuntMeters others = new PuntMeters(meters, OTHER);
        others.limit(DEVICE, 5);
        Map<Long, Meter> theirs = Map.copyOf(meters.cells);
        new PuntMeters(meters, OWN).limit(DEVICE, 100);
        assertThat(meters.cells).containsAllEntriesOf(theirs);
        assertThat(meters.limits()).containsExactly(5L);
    }
}
