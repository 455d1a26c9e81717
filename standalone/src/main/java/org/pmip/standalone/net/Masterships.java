// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.onosproject.cluster.NodeId;
import org.onosproject.cluster.RoleInfo;
import org.onosproject.event.EventDeliveryService;
import org.onosproject.event.ListenerRegistry;
import org.onosproject.mastership.MastershipEvent;
import org.onosproject.mastership.MastershipInfo;
import org.onosproject.mastership.MastershipListener;
import org.onosproject.mastership.MastershipService;
import org.onosproject.net.DeviceId;
import org.onosproject.net.MastershipRole;
import org.pmip.standalone.core.SingleNode;

/**
 * Who commands which device: the one node, for as long as the device has chosen it as its primary controller.
 *
 * <p>A master that loses its connection stays master, as in ONOS, where mastership and availability are told apart.
 * Safe for use by many threads.
 */
public final class Masterships implements MastershipService {
    private final Map<DeviceId, Long> terms = new ConcurrentHashMap<>();
    private final Set<DeviceId> mastered = ConcurrentHashMap.newKeySet();
    private final ListenerRegistry<MastershipEvent, MastershipListener> listeners = new ListenerRegistry<>();
    private final EventDeliveryService events;

    /**
     * Creates a service that commands nothing yet.
     *
     * @param events way of the events
     */
    public Masterships(EventDeliveryService events) {
        this.events = events;
        events.addSink(MastershipEvent.class, listeners);
    }

    /**
     * Notes that a device takes orders from this node.
     *
     * @param device identity
     */
    public void won(DeviceId device) {
        if (mastered.add(device)) {
            terms.merge(device, 1L, Long::sum);
            events.post(new MastershipEvent(MastershipEvent.Type.MASTER_CHANGED, device, getMastershipFor(device)));
        }
    }

    /**
     * Notes that a device takes orders from another controller, or is gone from the configuration.
     *
     * @param device identity
     */
    public void lost(DeviceId device) {
        if (mastered.remove(device)) {
            events.post(new MastershipEvent(MastershipEvent.Type.MASTER_CHANGED, device, getMastershipFor(device)));
        }
    }

    @Override
    public MastershipRole getLocalRole(DeviceId deviceId) {
        return mastered.contains(deviceId) ? MastershipRole.MASTER : MastershipRole.NONE;
    }

    @Override
    public CompletableFuture<MastershipRole> requestRoleFor(DeviceId deviceId) {
        return CompletableFuture.completedFuture(getLocalRole(deviceId));
    }

    @Override
    public CompletableFuture<Void> relinquishMastership(DeviceId deviceId) {
        // There is no other node that could take over.
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public NodeId getMasterFor(DeviceId deviceId) {
        return mastered.contains(deviceId) ? SingleNode.ID : null;
    }

    @Override
    public RoleInfo getNodesFor(DeviceId deviceId) {
        return new RoleInfo(getMasterFor(deviceId), List.of());
    }

    @Override
    public MastershipInfo getMastershipFor(DeviceId deviceId) {
        boolean master = mastered.contains(deviceId);
        return new MastershipInfo(terms.getOrDefault(deviceId, 0L), Optional.ofNullable(getMasterFor(deviceId)),
            master ? ImmutableMap.of(SingleNode.ID, MastershipRole.MASTER) : ImmutableMap.of());
    }

    @Override
    @Deprecated
    public Set<DeviceId> getDevicesOf(NodeId nodeId) {
        return SingleNode.ID.equals(nodeId) ? Set.copyOf(mastered) : Set.of();
    }

    @Override
    public void addListener(MastershipListener listener) {
        listeners.addListener(listener);
    }

    @Override
    public void removeListener(MastershipListener listener) {
        listeners.removeListener(listener);
    }
}
