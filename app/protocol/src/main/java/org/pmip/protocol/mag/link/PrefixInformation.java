// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag.link;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;

/** Prefix Information option (RFC 4861 section 4.6.2). Immutable. */
public final class PrefixInformation {

    static final int LENGTH = 32;
    private static final int ON_LINK = 0x80;
    private static final int AUTONOMOUS = 0x40;
    private static final long GREATEST = 0xffffffffL;

    private final Ip6Prefix prefix;
    private final boolean autonomous;
    private final long valid;
    private final long preferred;

    private PrefixInformation(Ip6Prefix prefix, boolean autonomous, long valid, long preferred) {
        this.prefix = Objects.requireNonNull(prefix, "prefix");
        this.autonomous = autonomous;
        this.valid = Math.max(0, Math.min(valid, GREATEST));
        this.preferred = Math.max(0, Math.min(preferred, this.valid));
    }

    /**
     * An on-link prefix.
     *
     * @param autonomous whether the node may make addresses of it itself
     * @param lifetime seconds for which it is valid and preferred; 0 withdraws it
     */
    public static PrefixInformation of(Ip6Prefix prefix, boolean autonomous, long lifetime) {
        return new PrefixInformation(prefix, autonomous, lifetime, lifetime);
    }

    static PrefixInformation read(ByteBuffer option) {
        int length = Math.min(option.get(2) & 0xff, Ip6Prefix.MAX_MASK_LENGTH);
        int flags = option.get(3) & 0xff;
        return new PrefixInformation(
                Ip6Prefix.valueOf(Ip6Address.valueOf(Arrays.copyOfRange(option.array(), 16, LENGTH)), length),
                (flags & AUTONOMOUS) != 0, option.getInt(4) & GREATEST, option.getInt(8) & GREATEST);
    }

    void write(ByteBuffer out) {
        out.put((byte) NeighborDiscoveryOptions.PREFIX_INFORMATION).put((byte) (LENGTH / 8))
                .put((byte) prefix.prefixLength()).put((byte) (ON_LINK | (autonomous ? AUTONOMOUS : 0)))
                .putInt((int) valid).putInt((int) preferred).putInt(0).put(prefix.address().toOctets());
    }

    /** The prefix. */
    public Ip6Prefix prefix() {
        return prefix;
    }

    /** Whether the node may make addresses of it itself. */
    public boolean autonomous() {
        return autonomous;
    }

    /** Seconds for which addresses of it may be used. */
    public long valid() {
        return valid;
    }

    /** Seconds for which addresses of it may begin new communication. */
    public long preferred() {
        return preferred;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PrefixInformation && prefix.equals(((PrefixInformation) other).prefix)
                && autonomous == ((PrefixInformation) other).autonomous && valid == ((PrefixInformation) other).valid
                && preferred == ((PrefixInformation) other).preferred;
    }

    @Override
    public int hashCode() {
        return Objects.hash(prefix, autonomous, valid, preferred);
    }

    @Override
    public String toString() {
        return prefix + (autonomous ? " autonomous " : " ") + valid + "s";
    }
}
