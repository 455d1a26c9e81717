// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.AlternateCareOfAddress;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4CareOfAddress;
import org.pmip.protocol.wire.option.Ipv4DefaultRouterAddress;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;
import org.pmip.protocol.wire.option.Ipv4HomeAddressRequest;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.NatDetection;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.option.UnknownOption;

/** What holds of any message and of any octets. */
class CodecPropertyTest {

    private static final int TRIES = 500;

    @Property(tries = TRIES)
    void requestComesBack(@ForAll("words") int sequence, @ForAll("requestFlags") int flags,
                          @ForAll("words") int lifetime, @ForAll("optionLists") List<MobilityOption> options)
            throws DecodeException {
        comesBack(BindingUpdate.builder().sequence(sequence).flags(flags).lifetime(lifetime).options(options)
                .build());
    }

    @Property(tries = TRIES)
    @Requirement("PMIP10-8.2-4")
    void answerComesBack(@ForAll("octets") int status, @ForAll("answerFlags") int flags,
                         @ForAll("words") int sequence, @ForAll("words") int lifetime,
                         @ForAll("optionLists") List<MobilityOption> options) throws DecodeException {
        comesBack(BindingAcknowledgement.builder().status(status).flags(flags).sequence(sequence)
                .lifetime(lifetime).options(options).build());
    }

    @Property(tries = TRIES)
    void errorComesBack(@ForAll("octets") int status, @ForAll("addresses") Ip6Address home) throws DecodeException {
        comesBack(BindingError.of(status, home));
    }

    private static void comesBack(MobilityMessage message) throws DecodeException {
        byte[] octets = MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA);
        assertThat(octets.length).isEqualTo(8 * (1 + (octets[1] & 0xff)));
        assertThat(MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA)).isEqualTo(message)
                .hasSameHashCodeAs(message).hasToString(message.toString());
        octets[4] = 0;
        octets[5] = 0;
        assertThat(MobilityHeaderCodec.encodeWithoutChecksum(message)).isEqualTo(octets);
        assertThat(MobilityHeaderCodec.decodeWithoutChecksum(octets)).isEqualTo(message);
    }

    /** Walks the octets without the codec and checks where each option begins. */
    @Property(tries = TRIES)
    @Requirement({"R5845-6.1-2", "PMIP10-8.3-1", "PMIP10-8.6-2", "PMIP10-8.7-1", "PMIP10-8.8-1", "RFC6275-6.2.2-1"})
    void optionsAreAligned(@ForAll("optionLists") List<MobilityOption> options) {
        byte[] octets = MobilityHeaderCodec.encodeWithoutChecksum(BindingUpdate.builder().options(options).build());
        int seen = 0;
        int at = 12;
        while (at < octets.length) {
            int type = octets[at] & 0xff;
            int size = type == 0 ? 1 : 2 + (octets[at + 1] & 0xff);
            if (type > 1) {
                assertThat(aligned(type, at, size)).as("option %d of %d octets at %d", type, size, at).isTrue();
                assertThat(type).isEqualTo(options.get(seen++).type());
            } else {
                assertThat(size).as("padding at %d", at).isBetween(1, 7);
                for (int i = 2; i < size; i++) {
                    assertThat(octets[at + i]).isZero();
                }
            }
            at += size;
        }
        assertThat(at).isEqualTo(octets.length);
        assertThat(seen).isEqualTo(options.size());
    }

    private static boolean aligned(int type, int at, int size) {
        switch (type) {
            case 3:
            case 26:
                return at % 8 == 6;
            case 22:
                return at % 8 == 4;
            case 27:
                return at % 8 == 2;
            case 25:
                int unit = (size - 4) % 8 == 0 ? 8 : (size - 4) % 4 == 0 ? 4 : (size - 4) % 2 == 0 ? 2 : 1;
                return size == 4 || (at + 4) % unit == 0;
            case 31:
            case 33:
            case 36:
            case 37:
            case 38:
                return at % 4 == 0;
            default:
                return true;
        }
    }

    @Property(tries = 4 * TRIES)
    void anyOctetsDecodeOrFailAsDeclared(@ForAll("strings") byte[] octets, @ForAll boolean repaired) {
        byte[] given = repaired ? Mutation.repair(octets, Octets.MAG, Octets.LMA) : octets;
        try {
            comesBack(MobilityHeaderCodec.decodeWithoutChecksum(given));
        } catch (DecodeException e) {
            assertThat(e.offset()).isBetween(0, given.length);
        }
    }

    @Property(tries = TRIES)
    void timestampOfItsInstantIsTheSame(@ForAll long value) {
        assertThat(Timestamp.of(Timestamp.ofValue(value).toInstant())).isEqualTo(Timestamp.ofValue(value));
    }

    @Provide
    Arbitrary<Integer> words() {
        return Arbitraries.integers().between(0, 0xffff);
    }

    @Provide
    Arbitrary<Integer> octets() {
        return Arbitraries.integers().between(0, 0xff);
    }

    @Provide
    Arbitrary<Integer> requestFlags() {
        return words().map(word -> word & BindingUpdate.ALL_FLAGS);
    }

    @Provide
    Arbitrary<Integer> answerFlags() {
        return octets().map(octet -> octet & BindingAcknowledgement.ALL_FLAGS);
    }

    @Provide
    Arbitrary<byte[]> strings() {
        return bytes(0, 400);
    }

    @Provide
    Arbitrary<Ip6Address> addresses() {
        return bytes(16, 16).map(Ip6Address::valueOf);
    }

    @Provide
    Arbitrary<List<MobilityOption>> optionLists() {
        Arbitrary<Long> keys = Arbitraries.longs().between(0, 0xffff_ffffL);
        Arbitrary<Ip4Address> addresses4 = bytes(4, 4).map(Ip4Address::valueOf);
        Arbitrary<Integer> lengths4 = Arbitraries.integers().between(0, 63);
        return Arbitraries.<MobilityOption>oneOf(List.of(
                Combinators.combine(octets(), bytes(0, 40)).as(MobileNodeIdentifier::of),
                Combinators.combine(addresses(), Arbitraries.integers().between(0, 128))
                        .as((address, length) -> HomeNetworkPrefix.of(Ip6Prefix.valueOf(address, length))),
                octets().map(HandoffIndicator::of),
                octets().map(AccessTechnologyType::of),
                bytes(0, 24).map(MobileNodeLinkLayerIdentifier::of),
                addresses().map(LinkLocalAddress::of),
                addresses().map(AlternateCareOfAddress::of),
                Arbitraries.longs().map(Timestamp::ofValue),
                keys.map(GreKey::of),
                Arbitraries.just(GreKey.modeOnly()),
                Combinators.combine(Arbitraries.of(true, false), keys).as(NatDetection::of),
                Combinators.combine(lengths4, addresses4).as(Ipv4HomeAddressRequest::of),
                Combinators.combine(octets(), lengths4, addresses4).as(Ipv4HomeAddressReply::of),
                addresses4.map(Ipv4DefaultRouterAddress::of), addresses4.map(Ipv4CareOfAddress::of),
                Arbitraries.of(true, false).map(Ipv4DhcpSupportMode::of),
                Combinators.combine(Arbitraries.integers().between(200, 255), bytes(0, 40)).as(UnknownOption::of)))
                .list().ofMaxSize(12);
    }

    private static Arbitrary<byte[]> bytes(int least, int greatest) {
        return Arbitraries.bytes().array(byte[].class).ofMinSize(least).ofMaxSize(greatest);
    }
}
