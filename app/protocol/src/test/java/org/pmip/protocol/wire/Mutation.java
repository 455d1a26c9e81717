// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.onlab.packet.Ip6Address;

/** Spoils octets the way that broken and hostile peers do; the same random numbers give the same octets. */
public final class Mutation {

    private static final int[] EDGES = {0, 1, 2, 6, 7, 8, 18, 127, 128, 254, 255};

    private final Random random;
    private final List<byte[]> material;

    /** Makes a source of spoilt octets out of good ones. */
    public Mutation(long seed, List<byte[]> material) {
        random = new Random(seed);
        this.material = material;
    }

    /** One of the good ones with one to eight things wrong. */
    public byte[] next() {
        byte[] octets = any().clone();
        for (int left = 1 + random.nextInt(8); left > 0 && octets.length > 0; left--) {
            octets = spoil(octets);
        }
        return octets;
    }

    /** Whether to do something that only half of the cases need. */
    public boolean half() {
        return random.nextBoolean();
    }

    private byte[] any() {
        return material.get(random.nextInt(material.size()));
    }

    private byte[] spoil(byte[] octets) {
        int at = random.nextInt(octets.length);
        switch (random.nextInt(7)) {
            case 0:
                octets[at] ^= (byte) (1 << random.nextInt(8));
                return octets;
            case 1:
                octets[at] = (byte) EDGES[random.nextInt(EDGES.length)];
                return octets;
            case 2:
                octets[at] = (byte) random.nextInt(256);
                return octets;
            case 3:
                return Arrays.copyOf(octets, at);
            case 4:
                return join(Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, random.nextInt(at + 1),
                        octets.length));
            case 5:
                return join(Arrays.copyOf(octets, at), Arrays.copyOfRange(octets,
                        Math.min(octets.length, at + 1 + random.nextInt(8)), octets.length));
            default:
                byte[] other = any();
                return join(Arrays.copyOf(octets, at), Arrays.copyOfRange(other, Math.min(at, other.length),
                        other.length));
        }
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] whole = Arrays.copyOf(head, Math.min(head.length + tail.length, 512));
        System.arraycopy(tail, 0, whole, head.length, whole.length - head.length);
        return whole;
    }

    /** Gives octets a Payload Proto, Header Len and checksum that fit, so that what lies behind is reached. */
    public static byte[] repair(byte[] octets, Ip6Address source, Ip6Address destination) {
        byte[] fitting = Arrays.copyOf(octets, Math.max(8, octets.length / 8 * 8));
        fitting[0] = 59;
        fitting[1] = (byte) (fitting.length / 8 - 1);
        fitting[4] = 0;
        fitting[5] = 0;
        int sum = MobilityHeaderCodec.checksum(fitting, 0, fitting.length, source, destination);
        fitting[4] = (byte) (sum >> 8);
        fitting[5] = (byte) sum;
        return fitting;
    }
}
