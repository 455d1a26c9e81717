// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;

/** The entities of tunnels of whole frames. */
final class AnyLayer2 {
    private AnyLayer2() {
    }

    static Arbitrary<PipelineEntity> destinations() {
        Arbitrary<MacAddress> group = AnyEntity.mac().map(mac -> MacAddress.valueOf(mac.toLong() | 1L << 40));
        Arbitrary<PipelineEntity> toSession = Combinators.combine(AnyEntity.port(), AnyEntity.vlan(), AnyEntity.mac(),
                AnyEntity.id()).as((port, vlan, mac, session) -> Layer2Destination.builder().port(port).vlanId(vlan)
                        .mac(mac).sessionId(session).build());
        Arbitrary<PipelineEntity> toGroup = Combinators.combine(AnyEntity.port(), AnyEntity.vlan(), group,
                        Arbitraries.integers().between(1, 0xFFFF), Arbitraries.integers().between(1294, 0xFFFF))
                .as((port, vlan, mac, id, mtu) -> Layer2Destination.builder().port(port).vlanId(vlan).mac(mac)
                        .flood(id).mtu(mtu).build());
        return Arbitraries.oneOf(toSession, toGroup);
    }

    static Arbitrary<PipelineEntity> tunnels() {
        return Combinators.combine(AnyEntity.address(), AnyEntity.key(), AnyEntity.id(), AnyEntity.id(),
                        AnyEntity.port(), Arbitraries.of(true, false))
                .as((address, key, session, tunnel, port, check) -> Layer2Tunnel.builder().localAddress(address)
                        .key(key).sessionId(session).tunnelId(tunnel).port(port).checkStation(check).build());
    }

    static Arbitrary<PipelineEntity> stations() {
        return Combinators.combine(AnyEntity.id(), AnyEntity.mac())
                .as((session, mac) -> Layer2Station.builder().sessionId(session).mac(mac).build());
    }

    static Arbitrary<PipelineEntity> copies() {
        return Arbitraries.oneOf(copies(AnyEntity.ip6()), copies(AnyEntity.ip4()));
    }

    private static Arbitrary<PipelineEntity> copies(Arbitrary<IpAddress> addresses) {
        return Combinators.combine(Arbitraries.integers().between(1, 0xFFFF), AnyEntity.unicast(addresses),
                        AnyEntity.unicast(addresses), Arbitraries.integers().between(1, 255), AnyEntity.key(),
                        AnyEntity.vlan(), AnyEntity.mac(), AnyEntity.mac())
                .as((instance, source, destination, hopLimit, key, vlan, sourceMac, destinationMac) ->
                        Layer2Copy.builder().instance(instance).source(source).destination(destination)
                                .hopLimit(hopLimit).key(key).vlanId(vlan).sourceMac(sourceMac)
                                .destinationMac(destinationMac).build());
    }
}
