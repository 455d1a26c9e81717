// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketEvent;
import org.onosproject.net.packet.PacketRequest;
import org.onosproject.net.packet.PacketStore;
import org.onosproject.net.packet.PacketStoreDelegate;
import org.onosproject.store.AbstractStore;

/**
 * The packets that applications asked to see, and the way of a packet to the one node that is there. Safe for use
 * by many threads.
 */
public final class Packets extends AbstractStore<PacketEvent, PacketStoreDelegate> implements PacketStore {
    private final Map<PacketRequest, PacketRequest> requests = new LinkedHashMap<>();

    @Override
    public void emit(OutboundPacket packet) {
        notifyDelegate(new PacketEvent(PacketEvent.Type.EMIT, Objects.requireNonNull(packet)));
    }

    @Override
    public void requestPackets(PacketRequest request) {
        synchronized (requests) {
            if (requests.putIfAbsent(request, request) != null) {
                return;
            }
        }
        if (delegate != null) {
            delegate.requestPackets(request);
        }
    }

    @Override
    public void cancelPackets(PacketRequest request) {
        synchronized (requests) {
            if (requests.remove(request) == null) {
                return;
            }
        }
        if (delegate != null) {
            delegate.cancelPackets(request);
        }
    }

    @Override
    public List<PacketRequest> existingRequests() {
        synchronized (requests) {
            return List.copyOf(requests.keySet());
        }
    }
}
