// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.onosproject.core.ApplicationId;
import org.onosproject.net.DeviceId;
import org.onosproject.net.meter.DefaultMeter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterCellId;
import org.onosproject.net.meter.MeterEvent;
import org.onosproject.net.meter.MeterFailReason;
import org.onosproject.net.meter.MeterFeatures;
import org.onosproject.net.meter.MeterId;
import org.onosproject.net.meter.MeterKey;
import org.onosproject.net.meter.MeterOperation;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterState;
import org.onosproject.net.meter.MeterStore;
import org.onosproject.net.meter.MeterStoreDelegate;
import org.onosproject.net.meter.MeterStoreResult;
import org.onosproject.net.meter.MeterTableKey;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.runtime.PiMeterCellId;
import org.onosproject.store.AbstractStore;

/**
 * The meters that applications asked for, with the rules of ONOS's store: a request is fulfilled when the meter was
 * seen on the device, a removal when it is seen there no longer; indices are either all chosen by applications or
 * all allocated here, the lowest free one first. Safe for use by many threads.
 */
public final class Meters extends AbstractStore<MeterEvent, MeterStoreDelegate> implements MeterStore {
    private final Map<MeterKey, DefaultMeter> meters = new ConcurrentHashMap<>();
    private final Map<MeterKey, CompletableFuture<MeterStoreResult>> waiting = new ConcurrentHashMap<>();
    private final Map<MeterTableKey, MeterFeatures> features = new ConcurrentHashMap<>();
    private final Map<MeterTableKey, TreeSet<Long>> allocated = new HashMap<>();
    private boolean userDefined;

    private static MeterKey key(Meter meter) {
        return MeterKey.key(meter.deviceId(), meter.meterCellId());
    }

    private static MeterTableKey table(DeviceId device, MeterCellId cell) {
        return MeterTableKey.key(device, cell instanceof PiMeterCellId pi
            ? MeterScope.of(pi.meterId().id()) : MeterScope.globalScope());
    }

    private static long index(MeterCellId cell) {
        return cell instanceof PiMeterCellId pi ? pi.index() : ((MeterId) cell).id();
    }

    @Override
    public CompletableFuture<MeterStoreResult> addOrUpdateMeter(Meter meter) {
        MeterFeatures of = features.get(table(meter.deviceId(), meter.meterCellId()));
        long index = index(meter.meterCellId());
        if (of == null || index < of.startIndex() || index > of.endIndex()) {
            throw new IllegalArgumentException("Meter index " + index + " is not valid on " + meter.deviceId()
                + (of == null ? ", which has no such meter" : ": should be " + of.startIndex() + " to "
                    + of.endIndex()));
        }
        CompletableFuture<MeterStoreResult> done = new CompletableFuture<>();
        waiting.put(key(meter), done);
        meters.put(key(meter), (DefaultMeter) meter);
        notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADD_REQ, meter));
        return done;
    }

    @Override
    public CompletableFuture<MeterStoreResult> deleteMeter(Meter meter) {
        DefaultMeter known = meters.get(key(meter));
        if (known == null) {
            return CompletableFuture.completedFuture(MeterStoreResult.success());
        }
        CompletableFuture<MeterStoreResult> done = new CompletableFuture<>();
        waiting.put(key(meter), done);
        known.setState(MeterState.PENDING_REMOVE);
        notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REM_REQ, known));
        return done;
    }

    @Override
    public Meter updateMeterState(Meter meter) {
        DefaultMeter known = meters.get(key(meter));
        if (known == null) {
            return null;
        }
        known.setProcessedPackets(meter.packetsSeen());
        known.setProcessedBytes(meter.bytesSeen());
        known.setLife(meter.life());
        known.setReferenceCount(meter.referenceCount());
        if (known.state() == MeterState.PENDING_ADD && meter.state() == MeterState.ADDED) {
            known.setState(MeterState.ADDED);
            complete(known, MeterStoreResult.success());
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_ADDED, known));
        }
        return known;
    }

    @Override
    public void failedMeter(MeterOperation op, MeterFailReason reason) {
        complete(op.meter(), MeterStoreResult.fail(reason));
    }

    private void complete(Meter meter, MeterStoreResult result) {
        CompletableFuture<MeterStoreResult> done = waiting.remove(key(meter));
        if (done != null) {
            done.complete(result);
        }
    }

    @Override
    public void purgeMeter(Meter meter) {
        DefaultMeter removed = meters.remove(key(meter));
        if (removed != null) {
            free(table(meter.deviceId(), meter.meterCellId()), index(meter.meterCellId()));
            complete(removed, MeterStoreResult.success());
            notifyDelegate(new MeterEvent(MeterEvent.Type.METER_REMOVED, removed));
        }
    }

    @Override
    public void purgeMeters(DeviceId deviceId) {
        select(meter -> meter.deviceId().equals(deviceId)).forEach(this::purgeMeter);
    }

    @Override
    public void purgeMeters(DeviceId deviceId, ApplicationId appId) {
        select(meter -> meter.deviceId().equals(deviceId) && appId.equals(meter.appId())).forEach(this::purgeMeter);
    }

    @Override
    public Meter getMeter(MeterKey key) {
        return meters.get(key);
    }

    @Override
    public Collection<Meter> getAllMeters() {
        return select(meter -> true);
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId deviceId) {
        return select(meter -> meter.deviceId().equals(deviceId));
    }

    @Override
    public Collection<Meter> getAllMeters(DeviceId deviceId, MeterScope scope) {
        return select(meter -> table(meter.deviceId(), meter.meterCellId()).equals(MeterTableKey.key(deviceId, scope)));
    }

    private List<Meter> select(Predicate<Meter> which) {
        return meters.values().stream().filter(which).collect(Collectors.toList());
    }

    @Override
    public MeterStoreResult storeMeterFeatures(MeterFeatures of) {
        features.put(MeterTableKey.key(of.deviceId(), of.scope()), of);
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult storeMeterFeatures(Collection<MeterFeatures> of) {
        of.forEach(this::storeMeterFeatures);
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(DeviceId deviceId) {
        features.keySet().removeIf(key -> key.deviceId().equals(deviceId));
        return MeterStoreResult.success();
    }

    @Override
    public MeterStoreResult deleteMeterFeatures(Collection<MeterFeatures> of) {
        of.forEach(one -> features.remove(MeterTableKey.key(one.deviceId(), one.scope())));
        return MeterStoreResult.success();
    }

    @Override
    public MeterCellId allocateMeterId(DeviceId deviceId, MeterScope scope) {
        MeterTableKey key = MeterTableKey.key(deviceId, scope);
        MeterFeatures of = features.get(key);
        synchronized (allocated) {
            if (of == null || userDefined) {
                return null;
            }
            TreeSet<Long> taken = allocated.computeIfAbsent(key, unused -> new TreeSet<>());
            long index = of.startIndex();
            while (taken.contains(index)) {
                index++;
            }
            if (index > of.endIndex()) {
                return null;
            }
            taken.add(index);
            return scope.isGlobal() ? MeterId.meterId(index) : PiMeterCellId.ofIndirect(PiMeterId.of(scope.id()),
                index);
        }
    }

    @Override
    @Deprecated
    public void freeMeterId(DeviceId deviceId, MeterId meterId) {
        free(table(deviceId, meterId), meterId.id());
    }

    private void free(MeterTableKey key, long index) {
        synchronized (allocated) {
            TreeSet<Long> taken = allocated.get(key);
            if (taken != null) {
                taken.remove(index);
            }
        }
    }

    @Override
    public boolean userDefinedIndexMode(boolean enable) {
        synchronized (allocated) {
            // Once somebody has relied on the one mode, the other would give an index out twice.
            if (meters.isEmpty() && allocated.isEmpty()) {
                userDefined = enable;
            }
            return userDefined;
        }
    }
}
