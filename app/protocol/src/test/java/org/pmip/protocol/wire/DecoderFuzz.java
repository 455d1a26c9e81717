// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.option.MalformedOption;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.UnknownOption;
import org.pmip.protocol.wire.packet.Ipv4SignallingPacket;
import org.pmip.protocol.wire.packet.SignallingPacket;

/**
 * Spoils good messages for as long as it is told, guided by what comes out: octets whose outcome was not seen before
 * are spoilt further. What it leaves is one short sample of each outcome, which {@code DecoderCorpusTest} decodes
 * again in every build. Run by hand: {@code java -cp ... org.pmip.protocol.wire.DecoderFuzz SECONDS FILE}.
 */
public final class DecoderFuzz {

    /** What a sample is given to. */
    enum Target {
        MESSAGE, MESSAGE_WITHOUT_CHECKSUM, IPV6_FRAME, IPV4_FRAME
    }

    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:0a");
    private static final Ip4Address FROM = Ip4Address.valueOf("198.51.100.11");
    private static final Ip4Address TO = Ip4Address.valueOf("198.51.100.1");
    private static final int GREATEST_QUEUE = 20_000;
    private static final int BATCH = 256;

    private DecoderFuzz() {
    }

    /** Fuzzes; arguments are the seconds and the file that gets the samples. */
    public static void main(String[] arguments) throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(arguments[0]));
        Map<String, byte[]> samples = new LinkedHashMap<>();
        List<List<byte[]>> queues = new ArrayList<>();
        for (Target target : Target.values()) {
            queues.add(new ArrayList<>(seeds(target)));
            queues.get(target.ordinal()).forEach(octets -> note(samples, target, octets));
        }
        long runs = 0;
        for (long round = 0; System.nanoTime() < end; round++) {
            Target target = Target.values()[(int) (round % Target.values().length)];
            List<byte[]> queue = queues.get(target.ordinal());
            Mutation mutation = new Mutation(round, queue);
            for (int i = 0; i < BATCH; i++, runs++) {
                byte[] octets = mutation.next();
                if (target == Target.MESSAGE && mutation.half()) {
                    octets = Mutation.repair(octets, Octets.MAG, Octets.LMA);
                }
                if (note(samples, target, octets) && queue.size() < GREATEST_QUEUE) {
                    queue.add(octets);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("# SPDX-License-Identifier: Apache-2.0");
        lines.add("# One sample of each outcome that DecoderFuzz met: outcome, octets.");
        samples.forEach((outcome, octets) -> lines.add(outcome + "\t" + Octets.hex(octets)));
        Files.write(Path.of(arguments[1]), lines, StandardCharsets.UTF_8);
        System.out.println(runs + " runs, " + samples.size() + " outcomes");
    }

    /** Keeps the shortest octets of an outcome; true if the outcome is a new one. */
    private static boolean note(Map<String, byte[]> samples, Target target, byte[] octets) {
        String outcome = target + " " + outcome(target, octets);
        byte[] known = samples.get(outcome);
        if (known == null || octets.length < known.length) {
            samples.put(outcome, octets.clone());
        }
        return known == null;
    }

    /**
     * What becomes of octets, in a few words.
     *
     * @throws RuntimeException or an AssertionError when the decoder breaks its promise
     */
    static String outcome(Target target, byte[] octets) {
        try {
            switch (target) {
                case MESSAGE:
                    return words(MobilityHeaderCodec.decode(octets, Octets.MAG, Octets.LMA));
                case MESSAGE_WITHOUT_CHECKSUM:
                    return words(MobilityHeaderCodec.decodeWithoutChecksum(octets));
                case IPV6_FRAME:
                    SignallingPacket packet = SignallingPacket.decode(octets);
                    return "packet" + (packet.homeAddress().isPresent() ? " with home address" : "");
                default:
                    boolean empty = Ipv4SignallingPacket.decode(octets).mobilityHeader().length == 0;
                    return empty ? "packet without a message" : "packet";
            }
        } catch (DecodeException e) {
            if (e.offset() < 0 || e.offset() > octets.length) {
                throw new AssertionError("offset " + e.offset() + " of " + octets.length, e);
            }
            return e.reason() + " " + e.getMessage().replaceAll("0x[0-9a-f]+|[0-9]+", "N");
        }
    }

    private static String words(MobilityMessage message) throws DecodeException {
        byte[] once = MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA);
        if (!MobilityHeaderCodec.decode(once, Octets.MAG, Octets.LMA).equals(message)) {
            throw new AssertionError("not the same after encoding: " + message);
        }
        MobilityOption last = null;
        for (MobilityOption option : message.options()) {
            last = option;
        }
        return message.getClass().getSimpleName() + (last == null ? "" : " ... " + words(last));
    }

    private static String words(MobilityOption option) {
        if (option instanceof MalformedOption) {
            return "malformed option " + option.type();
        }
        return option instanceof UnknownOption ? "UnknownOption" : option.getClass().getSimpleName();
    }

    private static List<byte[]> seeds(Target target) {
        List<byte[]> seeds = new ArrayList<>();
        List<MobilityMessage> messages = new ArrayList<>(Specimens.all());
        messages.add(Samples.everyOption());
        for (MobilityMessage message : messages) {
            byte[] octets = MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA);
            switch (target) {
                case IPV6_FRAME:
                    seeds.add(SignallingPacket.encode(MAC, MAC, Octets.MAG, Octets.LMA, octets));
                    seeds.add(Octets.of("02000000000f 02000000000a 8100 0064 86dd 60000000",
                            String.format("%04x", octets.length + 24), "3c 40", Octets.hex(Octets.MAG.toOctets()),
                            Octets.hex(Octets.LMA.toOctets()), "87 02 0102 0000 c910",
                            "20010db8000100020000000000000005", Octets.hex(octets)));
                    break;
                case IPV4_FRAME:
                    byte[] frame = Ipv4SignallingPacket.encode(MAC, MAC, FROM, 40_000, TO, Ipv4SignallingPacket.PORT,
                            octets);
                    seeds.add(frame);
                    byte[] unprotected = frame.clone();
                    unprotected[40] = 0;
                    unprotected[41] = 0;
                    seeds.add(unprotected);
                    break;
                default:
                    seeds.add(octets);
                    break;
            }
        }
        return seeds;
    }
}
