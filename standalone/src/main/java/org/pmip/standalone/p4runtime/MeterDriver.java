// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.onosproject.net.driver.AbstractHandlerBehaviour;
import org.onosproject.net.meter.Band;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.DefaultMeterFeatures;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterProgrammable;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.pi.model.PiMeterModel;
import org.onosproject.net.pi.model.PiMeterType;
import org.onosproject.net.pi.runtime.PiMeterCellConfig;
import org.onosproject.net.pi.runtime.PiMeterCellHandle;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.net.pi.service.PiTranslationException;
import org.onosproject.net.pi.service.PiTranslationService;
import org.onosproject.p4runtime.ctl.codec.CodecException;
import org.onosproject.p4runtime.ctl.codec.Codecs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.Update;

/**
 * Indirect meters of a P4Runtime target: two rates, three colours. A meter's cell is always there; adding a meter
 * configures the cell, removing it makes the cell pass everything as green. Made anew by ONOS for each use; what
 * lasts is kept with the target.
 */
public final class MeterDriver extends AbstractHandlerBehaviour implements MeterProgrammable {
    private static final Logger LOG = LoggerFactory.getLogger(MeterDriver.class);
    private static final short BANDS = 2;
    private static final short COLOURS = 3;

    @Override
    public CompletableFuture<Boolean> performMeterOperation(MeterOperation operation) {
        Target target = target();
        P4RuntimeSession session = target == null ? null : target.session();
        if (session == null || !(operation.meter().meterCellId() instanceof PiMeterCellId)) {
            return CompletableFuture.completedFuture(false);
        }
        PiMeterCellId cell = (PiMeterCellId) operation.meter().meterCellId();
        boolean present = operation.type() != MeterOperation.Type.REMOVE;
        try {
            PiMeterCellConfig config = present
                ? handler().get(PiTranslationService.class).meterTranslator().translate(operation.meter(),
                    target.pipeconf())
                : PiMeterCellConfig.reset(cell);
            Entity entity = Codecs.CODECS.entity().encode(config, null, target.pipeconf());
            return session.write(List.of(Update.newBuilder().setType(Update.Type.MODIFY).setEntity(entity).build()))
                .thenApply(statuses -> settle(target, cell, present ? operation.meter() : null, statuses.get(0)));
        } catch (PiTranslationException | CodecException e) {
            LOG.warn("{} cannot take the meter {}: {}", target.device(), cell, e.getMessage());
            return CompletableFuture.completedFuture(false);
        }
    }

    private static boolean settle(Target target, PiMeterCellId cell, Meter meter, UpdateStatus status) {
        if (!status.ok()) {
            LOG.warn("{} refuses to configure the meter {}: {}", target.device(), cell, status);
        } else if (meter == null) {
            target.meters().remove(cell);
        } else {
            target.meters().put(cell, meter);
        }
        return status.ok();
    }

    @Override
    public CompletableFuture<Collection<Meter>> getMeters() {
        Target target = target();
        P4RuntimeSession session = target == null ? null : target.session();
        if (session == null) {
            return CompletableFuture.completedFuture(List.of());
        }
        Map<PiMeterCellId, Meter> configured = Map.copyOf(target.meters());
        List<Entity> patterns = new ArrayList<>();
        for (PiMeterCellId cell : configured.keySet()) {
            try {
                patterns.add(Codecs.CODECS.handle().encode(
                    PiMeterCellHandle.of(target.device(), cell), null,
                    target.pipeconf()));
            } catch (CodecException e) {
                LOG.warn("{} cannot be asked for the meter {}: {}", target.device(), cell, e.getMessage());
            }
        }
        return patterns.isEmpty() ? CompletableFuture.completedFuture(List.of())
            : session.read(patterns).thenApply(entities -> seen(target, configured, entities));
    }

    /** The meters whose cells have a configuration; a cell that lost it is configured again by ONOS. */
    private static Collection<Meter> seen(Target target, Map<PiMeterCellId, Meter> configured, List<Entity> entities) {
        List<Meter> meters = new ArrayList<>();
        for (Entity entity : entities) {
            try {
                PiMeterCellConfig config =
                    (PiMeterCellConfig) Codecs.CODECS.entity().decode(entity, null, target.pipeconf());
                Meter meter = configured.get(config.cellId());
                if (meter != null && !config.isDefaultConfig()) {
                    DefaultMeter seen = (DefaultMeter) DefaultMeter.builder().forDevice(target.device())
                        .withCellId(config.cellId()).withUnit(meter.unit()).withBands(meter.bands()).build();
                    seen.setState(MeterState.ADDED);
                    meters.add(seen);
                }
            } catch (CodecException e) {
                LOG.warn("{} has a meter that cannot be read: {}", target.device(), e.getMessage());
            }
        }
        return meters;
    }

    @Override
    public CompletableFuture<Collection<MeterFeatures>> getMeterFeatures() {
        Target target = target();
        return CompletableFuture.completedFuture(target == null ? List.of()
            : target.pipeconf().pipelineModel().meters().stream()
                .filter(meter -> meter.meterType() == PiMeterType.INDIRECT && meter.size() > 0)
                .map(meter -> features(target, meter)).collect(Collectors.toList()));
    }

    private static MeterFeatures features(Target target, PiMeterModel meter) {
        return DefaultMeterFeatures.builder()
            .forDevice(target.device())
            .withScope(MeterScope.of(meter.id().id()))
            .withStartIndex(0)
            .withEndIndex(meter.size() - 1)
            .withMaxBands(BANDS)
            .withMaxColors(COLOURS)
            .withBandTypes(EnumSet.of(Band.Type.MARK_YELLOW, Band.Type.MARK_RED))
            .withUnits(Set.of(meter.unit() == PiMeterModel.Unit.BYTES ? Meter.Unit.BYTES_PER_SEC
                : Meter.Unit.PKTS_PER_SEC))
            .hasBurst(true)
            .hasStats(false)
            .build();
    }

    private Target target() {
        return handler().get(Targets.class).get(handler().data().deviceId());
    }
}
