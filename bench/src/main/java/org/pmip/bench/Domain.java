// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GrePolicy;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.lma.LmaPolicy;
import org.pmip.protocol.lma.MobileNodeProfile;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.PrefixPool;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.lma.Supply;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.Timestamp;

/** The domain that is measured: one anchor, two gateways, one mobile node with GRE keys. */
final class Domain {

    static final Ip6Address LMAA = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Address MAG1 = Ip6Address.valueOf("2001:db8:0:11::1");
    static final Ip6Address MAG2 = Ip6Address.valueOf("2001:db8:0:12::1");
    static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");
    static final Ip6Prefix HOME_NETWORK = Ip6Prefix.valueOf("2001:db8:100::/64");
    static final int OPERATOR = 1;
    static final long UPLINK_KEY = 0x00010001L;
    static final long DOWNLINK_KEY = 0x0a000001L;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LIFETIME_UNITS = 900;

    private Domain() {
    }

    static LmaEngine engine() {
        LmaPolicy.MagPolicy gateway =
                new LmaPolicy.MagPolicy("mag", Optional.of(GrePolicy.KEYS), Optional.empty(), OPERATOR);
        MobileNodeProfile anybody =
                new MobileNodeProfile(true, List.of(), Optional.empty(), OptionalInt.empty(), OPERATOR);
        PrefixPool pool = new PrefixPool("home", Ip6Prefix.valueOf("2001:db8:100::/40"), 64, List.of());
        return new LmaEngine(new LmaPolicy(Map.of(MAG1, gateway, MAG2, gateway), Map.of(), Optional.of(anybody),
                GrePolicy.KEYS, List.of(pool)), LmaParameters.DEFAULTS);
    }

    /** What the engine is given for a new session. */
    static Supply supply() {
        return Supply.NOTHING.withSessionId(1).withUplinkKey(UPLINK_KEY).withAllocated(HOME_NETWORK);
    }

    /** Seconds after the start of the measured time. */
    static Moment after(int seconds) {
        return new Moment(seconds * 1000L, START.plusSeconds(seconds));
    }

    /** A Proxy Binding Update with all options that a gateway sends for a node with GRE keys. */
    static BindingUpdate update(int sequence, int handoff, int sentAfter) {
        return BindingUpdate.proxyBuilder().sequence(sequence).lifetime(LIFETIME_UNITS)
                .option(NODE)
                .option(HomeNetworkPrefix.allZero())
                .option(HandoffIndicator.of(handoff))
                .option(AccessTechnologyType.of(AccessTechnologyType.WLAN))
                .option(MobileNodeLinkLayerIdentifier.of(new byte[] {0, 0, 0x5e, 0, 0x53, 1}))
                .option(LinkLocalAddress.of(Ip6Address.ZERO))
                .option(Timestamp.of(START.plusSeconds(sentAfter)))
                .option(GreKey.of(DOWNLINK_KEY))
                .build();
    }

    static Request request(BindingUpdate update, Ip6Address gateway, int receivedAfter) {
        return new Request(update, gateway, LMAA, MobilityHeaderCodec.encode(update, gateway, LMAA),
                after(receivedAfter));
    }
}
