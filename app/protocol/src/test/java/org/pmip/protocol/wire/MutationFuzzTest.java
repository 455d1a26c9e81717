// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.DecodeException.Reason;
import org.pmip.protocol.wire.option.MalformedOption;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.UnknownOption;
import org.pmip.protocol.wire.packet.SignallingPacket;

/**
 * Good messages, spoilt at random from a fixed seed: what decodes encodes to the same for ever, and what does not fails
 * in the one declared way. The counts at the end show that the mutations reach every branch they are for.
 */
class MutationFuzzTest {

    private static final int MESSAGES = 60_000;
    private static final int FRAMES = 60_000;
    private static final long SEED = 5213_5845L;
    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:0a");

    private final Map<Reason, Integer> failures = new EnumMap<>(Reason.class);
    private int decoded;
    private int unknownOptions;
    private int malformedOptions;
    private int unknownMessages;

    @Test
    void messages() {
        Mutation mutation = new Mutation(SEED, Specimens.all().stream()
                .map(message -> MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA))
                .collect(Collectors.toList()));
        for (int i = 0; i < MESSAGES; i++) {
            byte[] octets = mutation.next();
            if (mutation.half()) {
                octets = Mutation.repair(octets, Octets.MAG, Octets.LMA);
            }
            message(octets, mutation.half());
        }
        assertThat(failures).containsOnlyKeys(Reason.TRUNCATED, Reason.PAYLOAD_PROTO, Reason.HEADER_LENGTH,
                Reason.CHECKSUM, Reason.OPTION_LENGTH);
        assertThat(List.of(decoded, unknownOptions, malformedOptions, unknownMessages))
                .allMatch(count -> count > MESSAGES / 1000);
    }

    private void message(byte[] octets, boolean withChecksum) {
        byte[] before = octets.clone();
        try {
            MobilityMessage message = withChecksum ? MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA)
                    : MobilityHeaderCodec.decodeWithoutChecksum(octets);
            count(message);
            stable(message);
        } catch (DecodeException e) {
            failed(e, octets);
        }
        assertThat(octets).as("the octets that were decoded").isEqualTo(before);
    }

    private static void stable(MobilityMessage message) throws DecodeException {
        byte[] once = MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA);
        MobilityMessage again = MobilityHeaderCodec.decode(once, Octets.MAG, Octets.LMA);
        assertThat(again).isEqualTo(message).hasSameHashCodeAs(message).hasToString(message.toString());
        assertThat(MobilityHeaderCodec.encode(again, Octets.MAG, Octets.LMA)).isEqualTo(once);
        assertThat(once.length % 8).isZero();
    }

    private void count(MobilityMessage message) {
        decoded++;
        unknownMessages += message instanceof UnknownMobilityMessage ? 1 : 0;
        for (MobilityOption option : message.options()) {
            unknownOptions += option instanceof UnknownOption ? 1 : 0;
            malformedOptions += option instanceof MalformedOption ? 1 : 0;
        }
    }

    private void failed(DecodeException e, byte[] octets) {
        failures.merge(e.reason(), 1, Integer::sum);
        assertThat(e.offset()).as(e.getMessage()).isBetween(0, octets.length);
        assertThat(e.getMessage()).contains(e.reason().name(), "octet " + e.offset());
    }

    @Test
    void frames() {
        Mutation mutation = new Mutation(SEED, goodFrames());
        int withHomeAddress = 0;
        for (int i = 0; i < FRAMES; i++) {
            byte[] frame = mutation.next();
            try {
                SignallingPacket packet = SignallingPacket.decode(frame);
                decoded++;
                withHomeAddress += packet.homeAddress().isPresent() ? 1 : 0;
                SignallingPacket again = SignallingPacket.decode(SignallingPacket.encode(MAC, MAC, packet.source(),
                        packet.destination(), packet.mobilityHeader()));
                assertThat(again.source()).isEqualTo(packet.source());
                assertThat(again.destination()).isEqualTo(packet.destination());
                assertThat(again.mobilityHeader()).isEqualTo(packet.mobilityHeader());
                assertThat(packet.toString()).isNotBlank();
                message(packet.mobilityHeader(), false);
            } catch (DecodeException e) {
                failed(e, frame);
            }
        }
        assertThat(failures).containsKeys(Reason.TRUNCATED, Reason.PACKET, Reason.OPTION_LENGTH);
        assertThat(List.of(decoded, withHomeAddress)).allMatch(count -> count > FRAMES / 100);
    }

    /** Frames plain, tagged, and with a Destination Options header that holds a Home Address option. */
    private static List<byte[]> goodFrames() {
        List<byte[]> frames = new ArrayList<>();
        for (MobilityMessage message : Specimens.all()) {
            String mobility = Octets.hex(MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA));
            String addresses = Octets.hex(Octets.MAG.toOctets()) + Octets.hex(Octets.LMA.toOctets());
            String macs = "02000000000f 02000000000a";
            String home = "87 02 0102 0000 c910 20010db8000100020000000000000005";
            frames.add(SignallingPacket.encode(MAC, MAC, Octets.MAG, Octets.LMA, Octets.of(mobility)));
            frames.add(Octets.of(macs, "8100 0064 86dd 60000000", String.format("%04x", mobility.length() / 2),
                    "87 40", addresses, mobility));
            frames.add(Octets.of(macs, "86dd 60000000", String.format("%04x", mobility.length() / 2 + 24),
                    "3c 40", addresses, home, mobility));
        }
        return frames;
    }
}
