// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.pmip.onos.config.Interface;
import org.pmip.onos.config.MagConfig;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.link.AccessLink;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Gateway;

/** The access ports of all gateways, found by what names them. Immutable. */
final class AccessPorts {

    private final MagConfig mag;
    private final Map<ConnectPoint, Interface> ports = new HashMap<>();
    private final Map<ConnectPoint, String> gateways = new HashMap<>();

    /** Finds the ports of a configuration with gateways. */
    AccessPorts(PmipConfig config) {
        mag = config.mag().orElseThrow(() -> new IllegalArgumentException("no gateway"));
        for (Gateway gateway : mag.gateways()) {
            DeviceId device = mag.device(gateway.name());
            for (Interface one : config.switches().get(device).interfaces()) {
                if (one.role() == Interface.Role.ACCESS) {
                    ConnectPoint port = new ConnectPoint(device, PortNumber.portNumber(one.port()));
                    ports.put(port, one);
                    gateways.put(port, gateway.name());
                }
            }
        }
    }

    /** Where an attachment is in its switch; empty if its gateway, port or VLAN is not configured any more. */
    Optional<AccessEntities.Attached> place(Attachment attachment, boolean localRouting) {
        DeviceId device = mag.device(attachment.gateway());
        String[] name = attachment.link().split("/", 2);
        byte[] identifier = attachment.linkLayerIdentifier();
        if (device == null || identifier.length != MacAddress.MAC_ADDRESS_LENGTH) {
            return Optional.empty();
        }
        try {
            int vlan = name.length == 2 ? Integer.parseInt(name[1]) : 0;
            ConnectPoint port = new ConnectPoint(device, PortNumber.portNumber(name[0]));
            return Optional.ofNullable(ports.get(port)).filter(own -> own.vlans().contains(vlan))
                    .map(own -> new AccessEntities.Attached(own.port(), vlan, MacAddress.valueOf(identifier),
                            own.mac(), own.domain(), localRouting));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The access link that a port and a VLAN, 0 for none, are.
     *
     * @throws IllegalArgumentException if they are none
     */
    AccessLink link(ConnectPoint port, int vlan) {
        Interface own = ports.get(port);
        if (own == null || !own.vlans().contains(vlan)) {
            throw new IllegalArgumentException(port + (vlan == 0 ? "" : " VLAN " + vlan) + " is no access link");
        }
        return new AccessLink(gateways.get(port), port, vlan);
    }
}
