// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.signalling.IcmpFrames.octets;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.IpAddress;
import org.pmip.onos.dataplane.Paths.Verdict;
import org.pmip.onos.signalling.IcmpFrames;
import org.pmip.protocol.wire.packet.TunnelError;
import org.pmip.protocol.wire.packet.TunnelError.Kind;

/** Path MTUs as RFC 8201 section 4 and RFC 1191 sections 3, 6 and 7 want them. */
class PathsTest {

    private static final IpAddress ROUTER = IpAddress.valueOf("2001:db8:ff::1");
    private static final IpAddress NEAR = IpAddress.valueOf("2001:db8:0:1::1");
    private static final IpAddress FAR = IpAddress.valueOf("2001:db8:0:11::1");
    private static final IpAddress ROUTER_4 = IpAddress.valueOf("203.0.113.254");
    private static final IpAddress NEAR_4 = IpAddress.valueOf("198.51.100.1");
    private static final IpAddress FAR_4 = IpAddress.valueOf("203.0.113.11");
    private static final List<Object> ENDS = List.of("near", "far");
    private static final int GREATEST = 1_500;

    private final Paths paths = new Paths();
    private long now = 1_000_000;

    private static TunnelError error(boolean ipv6, int type, int code, long word, int length) throws Exception {
        byte[] gre = octets("2000 86dd 00000007");
        return TunnelError.decode(ipv6
                ? IcmpFrames.error(ROUTER, NEAR, type, code, word, IcmpFrames.packet(NEAR, FAR, 47, length, gre))
                : IcmpFrames.error(ROUTER_4, NEAR_4, type, code, word,
                        IcmpFrames.packet(NEAR_4, FAR_4, 47, length, gre)));
    }

    private Verdict tooBig(int mtu, int length) throws Exception {
        return paths.note(ENDS, error(true, 2, 0, mtu, length), GREATEST, now);
    }

    private Verdict tooBig4(int mtu, int length) throws Exception {
        return paths.note(ENDS, error(false, 3, 4, mtu, length), GREATEST, now);
    }

    private int mtu() {
        return paths.mtu(ENDS, GREATEST);
    }

    @Test
    void aMessageLowersThePathMtuAndNoneRaisesIt() throws Exception {
        assertThat(mtu()).isEqualTo(GREATEST);
        assertThat(tooBig(1_400, 1_500)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(tooBig(1_450, 1_500)).as("a packet that was under way").isEqualTo(Verdict.KNOWN);
        assertThat(mtu()).isEqualTo(1_400);
        assertThat(tooBig(1_280, 1_400)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(1_280);
        assertThat(paths.mtu(List.of("near", "another"), GREATEST)).isEqualTo(GREATEST);
    }

    @Test
    void whatCannotBeIsNotBelieved() throws Exception {
        assertThat(tooBig(1_279, 1_500)).as("below the minimum of IPv6").isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(tooBig(0, 1_500)).isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(tooBig(1_400, 1_400)).as("what was sent fits").isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(tooBig(1_400, 1_501)).as("nobody sends that much").isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(tooBig4(1_400, 1_400)).isEqualTo(Verdict.IMPLAUSIBLE);
        assertThat(mtu()).isEqualTo(GREATEST);
        assertThat(paths.state(ENDS, GREATEST, now).errors(Kind.TOO_BIG)).isZero();
    }

    @Test
    void ipv4HasALeastToo() throws Exception {
        assertThat(tooBig4(1_400, 1_500)).isEqualTo(Verdict.LOWERED);
        assertThat(tooBig4(68, 1_400)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(576);
    }

    @Test
    void aRouterThatTellsNoSizeMeansTheNextPlateau() throws Exception {
        assertThat(tooBig4(0, 1_500)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(1_492);
        assertThat(tooBig4(0, 1_492)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(1_006);
        assertThat(tooBig4(0, 1_006)).isEqualTo(Verdict.LOWERED);
        assertThat(mtu()).isEqualTo(576);
        assertThat(tooBig4(0, 570)).as("a packet that cannot be made smaller").isEqualTo(Verdict.KNOWN);
        assertThat(mtu()).isEqualTo(576);
    }

    @Test
    void thePathIsTriedAgainAfterTenMinutes() throws Exception {
        tooBig(1_400, 1_500);
        now += 300_000;
        tooBig(1_300, 1_400);
        now += Paths.AGE_MILLIS - 1;
        assertThat(paths.age(now)).isEmpty();
        assertThat(paths.state(ENDS, GREATEST, now).remaining()).isEqualTo(1);
        now++;
        assertThat(paths.age(now)).containsExactly(ENDS);
        assertThat(mtu()).isEqualTo(GREATEST);
        assertThat(paths.age(now)).isEmpty();
        assertThat(tooBig(1_400, 1_500)).isEqualTo(Verdict.LOWERED);
    }

    @Test
    void aSwitchThatStillSendsThatMuchHasLostIt() throws Exception {
        tooBig(1_400, 1_500);
        now += 999;
        assertThat(tooBig(1_400, 1_500)).as("under way").isEqualTo(Verdict.KNOWN);
        now++;
        assertThat(tooBig(1_400, 1_500)).isEqualTo(Verdict.FORGOTTEN);
        assertThat(tooBig(1_400, 1_500)).as("just told").isEqualTo(Verdict.KNOWN);
        now += 1_000;
        assertThat(tooBig(1_300, 1_400)).isEqualTo(Verdict.LOWERED);
    }

    @Test
    void aSmallerMtuOfTheConfigurationCounts() throws Exception {
        tooBig(1_400, 1_500);
        assertThat(paths.mtu(ENDS, 1_380)).isEqualTo(1_380);
        assertThat(paths.state(ENDS, 1_380, now).remaining()).as("not lowered by any message").isZero();
    }

    @Test
    void otherErrorsAreCountedAndChangeNothing() throws Exception {
        assertThat(paths.note(ENDS, error(true, 1, 3, 0, 100), GREATEST, now)).isEqualTo(Verdict.NOTED);
        assertThat(paths.note(ENDS, error(false, 11, 0, 0, 100), GREATEST, now)).isEqualTo(Verdict.NOTED);
        assertThat(paths.note(ENDS, error(false, 12, 0, 0, 100), GREATEST, now)).isEqualTo(Verdict.NOTED);
        assertThat(mtu()).isEqualTo(GREATEST);
        Paths.State state = paths.state(ENDS, GREATEST, now);
        assertThat(List.of(state.errors(Kind.UNREACHABLE), state.errors(Kind.TIME_EXCEEDED),
                state.errors(Kind.PARAMETER_PROBLEM), state.errors(Kind.TOO_BIG))).containsExactly(1L, 1L, 1L, 0L);
        assertThat(state.last()).contains("203.0.113.254: PARAMETER_PROBLEM");
    }

    @Test
    void tunnelsThatAreGoneAreForgottenWhenNothingLowersThem() throws Exception {
        tooBig(1_400, 1_500);
        paths.retain(Set.of());
        assertThat(mtu()).isEqualTo(1_400);
        paths.age(now + Paths.AGE_MILLIS);
        paths.retain(Set.of(ENDS));
        assertThat(paths.state(ENDS, GREATEST, now).errors(Kind.TOO_BIG)).isEqualTo(1);
        paths.retain(Set.of());
        assertThat(paths.state(ENDS, GREATEST, now).errors(Kind.TOO_BIG)).isZero();
    }

    private static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /** Whatever is said in whatever order: never more than is configured, never less than the least, never raised. */
    @ParameterizedTest
    @MethodSource("seeds")
    void withinItsBounds(long seed) throws Exception {
        Random random = new Random(seed);
        boolean ipv6 = seed % 2 == 0;
        int before = mtu();
        for (int i = 0; i < 30; i++) {
            now += random.nextInt(1_500);
            TunnelError error = ipv6 ? error(true, 2, 0, random.nextInt(2_000), 48 + random.nextInt(1_600))
                    : error(false, 3, 4, random.nextInt(2_000), 28 + random.nextInt(1_600));
            Verdict verdict = paths.note(ENDS, error, GREATEST, now);
            assertThat(mtu()).isBetween(ipv6 ? 1_280 : 576, before);
            assertThat(verdict == Verdict.LOWERED).isEqualTo(mtu() < before);
            before = mtu();
        }
        paths.age(now + Paths.AGE_MILLIS);
        assertThat(mtu()).isEqualTo(GREATEST);
    }
}
