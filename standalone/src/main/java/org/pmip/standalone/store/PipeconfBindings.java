// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.onosproject.net.DeviceId;
import org.onosproject.net.pi.model.PiPipeconfId;
import org.onosproject.net.pi.service.PiPipeconfDeviceMappingEvent;
import org.onosproject.net.pi.service.PiPipeconfMappingStore;
import org.onosproject.net.pi.service.PiPipeconfMappingStoreDelegate;
import org.onosproject.store.AbstractStore;

/**
 * Which device runs which pipeconf. Safe for use by many threads.
 */
public final class PipeconfBindings extends AbstractStore<PiPipeconfDeviceMappingEvent, PiPipeconfMappingStoreDelegate>
    implements PiPipeconfMappingStore {

    private final Map<DeviceId, PiPipeconfId> bindings = new ConcurrentHashMap<>();

    @Override
    public PiPipeconfId getPipeconfId(DeviceId deviceId) {
        return bindings.get(deviceId);
    }

    @Override
    public Set<DeviceId> getDevices(PiPipeconfId pipeconfId) {
        return bindings.entrySet().stream().filter(e -> e.getValue().equals(pipeconfId)).map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    }

    @Override
    public void createOrUpdateBinding(DeviceId deviceId, PiPipeconfId pipeconfId) {
        if (!pipeconfId.equals(bindings.put(deviceId, pipeconfId))) {
            notifyDelegate(new PiPipeconfDeviceMappingEvent(PiPipeconfDeviceMappingEvent.Type.CREATED, deviceId));
        }
    }

    @Override
    public void removeBinding(DeviceId deviceId) {
        if (bindings.remove(deviceId) != null) {
            notifyDelegate(new PiPipeconfDeviceMappingEvent(PiPipeconfDeviceMappingEvent.Type.REMOVED, deviceId));
        }
    }
}
