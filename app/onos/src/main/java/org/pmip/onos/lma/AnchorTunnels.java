// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.DefaultTrafficTreatment;
import org.onosproject.net.packet.DefaultOutboundPacket;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.dataplane.DataPlane;
import org.pmip.onos.dataplane.Paths;
import org.pmip.onos.signalling.RateLimit;
import org.pmip.onos.signalling.TunnelErrors;
import org.pmip.onos.store.AddressClaims;
import org.pmip.onos.store.BindingStore;
import org.pmip.onos.store.PrefixClaims;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.Ipv4Pool;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.OperatorAddress;
import org.pmip.protocol.wire.packet.TunnelError;

/** The anchor's end of its tunnels: whose packet it is that the transport network complains of. Thread-safe. */
final class AnchorTunnels implements TunnelErrors.Ends {

    /** A search through all sessions takes a while where there are many. */
    private static final int SEARCHES_PER_SECOND = 1;
    private static final int LONGEST_PREFIX = 64;

    private final PmipConfig config;
    private final DataPlane dataPlane;
    private final BindingStore bindings;
    private final PrefixClaims prefixes;
    private final AddressClaims addresses;
    private final LongSupplier millis;
    private final RateLimit searches;

    AnchorTunnels(PmipConfig config, DataPlane dataPlane, BindingStore bindings, PrefixClaims prefixes,
                  AddressClaims addresses, LongSupplier millis) {
        this.config = config;
        this.dataPlane = dataPlane;
        this.bindings = bindings;
        this.prefixes = prefixes;
        this.addresses = addresses;
        this.millis = millis;
        this.searches = new RateLimit(SEARCHES_PER_SECOND, SEARCHES_PER_SECOND, millis);
    }

    @Override
    public Optional<TunnelErrors.Heard> heard(DeviceId device, TunnelError error) {
        return session(error).map(session -> {
            long now = millis.getAsLong();
            Paths.Verdict verdict = dataPlane.heard(session, error, now);
            return new TunnelErrors.Heard(verdict, dataPlane.path(session, now).mtu(),
                    own(device, session.operator(), IpAddress.Version.INET6).map(IpAddress::getIp6Address),
                    own(device, session.operator(), IpAddress.Version.INET).map(IpAddress::getIp4Address),
                    message -> new DefaultOutboundPacket(device, DefaultTrafficTreatment.builder()
                            .writeMetadata(session.operator(), -1L).setOutput(PortNumber.TABLE).build(),
                            ByteBuffer.wrap(message)));
        });
    }

    /** The switch's address in an operator's network, from which it speaks to correspondents. */
    private Optional<IpAddress> own(DeviceId device, int domain, IpAddress.Version version) {
        return config.switches().get(device).interfaces().stream().filter(one -> one.domain() == domain)
                .flatMap(one -> one.addresses().stream()).filter(one -> one.version() == version).findFirst();
    }

    private Optional<BindingCacheEntry> session(TunnelError error) {
        Optional<byte[]> inner = error.inner();
        if (inner.isPresent()) {
            return holders(inner.get()).flatMap(holder -> bindings.find(holder).stream())
                    .map(MobileNodeRecord::entries).flatMap(List::stream)
                    .filter(entry -> DataPlane.sent(entry, error)).findFirst();
        }
        // So little is quoted by old IPv4 routers alone (RFC 792).
        return searches.allows() ? bindings.sessions().values().stream().filter(entry -> DataPlane.sent(entry, error))
                .findFirst() : Optional.empty();
    }

    /** Whose home network the inner packet goes to; operators may use the same IPv4 addresses. */
    private Stream<String> holders(byte[] inner) {
        if ((inner[0] & 0xf0) == 0x60) {
            Ip6Address home = Ip6Address.valueOf(Arrays.copyOfRange(inner, 24, 40));
            return IntStream.rangeClosed(1, LONGEST_PREFIX).mapToObj(length -> Ip6Prefix.valueOf(home, length))
                    .flatMap(prefix -> prefixes.holder(prefix).stream());
        }
        Ip4Address home = Ip4Address.valueOf(Arrays.copyOfRange(inner, 16, 20));
        return config.lma().stream().flatMap(lma -> lma.policy().ipv4Pools().stream()).map(Ipv4Pool::operator)
                .distinct().flatMap(operator -> addresses.holder(new OperatorAddress(operator, home)).stream());
    }
}
