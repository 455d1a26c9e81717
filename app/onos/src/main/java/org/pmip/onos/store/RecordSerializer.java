// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Remnant;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The stored form of a mobile node's record, field by field and with a format number in front, so that a newer
 * release can read what an older one wrote. Stateless.
 */
public final class RecordSerializer extends Serializer<MobileNodeRecord> {

    /** Format 2 added the IPv4 part of a session, format 3 the IPv4 transport and what rests. */
    private static final int FORMAT = 3;
    private static final int OLDEST_FORMAT = 1;
    private static final int IPV4_OCTETS = 4;
    private static final int ADDRESS_OCTETS = 16;

    /** Makes a serializer. */
    public RecordSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, MobileNodeRecord record) {
        output.writeByte(FORMAT);
        output.writeByte(record.mobileNode().subtype());
        writeOctets(output, record.mobileNode().identifier());
        output.writeVarInt(record.entries().size(), true);
        for (BindingCacheEntry entry : record.entries()) {
            writeEntry(output, entry);
        }
        output.writeVarInt(record.remnants().size(), true);
        for (Remnant remnant : record.remnants()) {
            writeRemnant(output, remnant);
        }
    }

    @Override
    public MobileNodeRecord read(Kryo kryo, Input input, Class<MobileNodeRecord> type) {
        int format = input.readByteUnsigned();
        if (format < OLDEST_FORMAT || format > FORMAT) {
            throw new KryoException("a mobile node record of format " + format + ": this release reads formats "
                    + OLDEST_FORMAT + " to " + FORMAT + ", install the release that wrote it or a newer one");
        }
        int subtype = input.readByteUnsigned();
        MobileNodeIdentifier mobileNode = MobileNodeIdentifier.of(subtype, readOctets(input));
        int count = input.readVarInt(true);
        List<BindingCacheEntry> entries = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            entries.add(readEntry(input, format));
        }
        int resting = format > 2 ? input.readVarInt(true) : 0;
        List<Remnant> remnants = new ArrayList<>(resting);
        for (int i = 0; i < resting; i++) {
            remnants.add(readRemnant(input));
        }
        return new MobileNodeRecord(mobileNode, entries, remnants);
    }

    private static void writeEntry(Output output, BindingCacheEntry entry) {
        output.writeVarLong(entry.sessionId(), true);
        output.writeByte(entry.state() == BindingCacheEntry.State.ACTIVE ? 0 : 1);
        writeOctets(output, entry.linkLayerIdentifier());
        output.writeBytes(entry.linkLocalAddress().toOctets());
        writePrefixes(output, entry.prefixes());
        output.writeByte(entry.accessTechnology());
        output.writeLong(entry.timestamp());
        output.writeInt(entry.sequence());
        writeIpAddress(output, entry.proxyCoa());
        writeIpAddress(output, entry.lmaAddress());
        writeIpAddress(output, entry.peerAddress());
        output.writeVarInt(entry.peerPort(), true);
        output.writeVarInt(entry.operator(), true);
        output.writeByte(greCode(entry.gre()));
        output.writeInt((int) entry.downlinkKey());
        output.writeInt((int) entry.uplinkKey());
        output.writeBoolean(entry.tlvHeader());
        output.writeVarInt(entry.lifetime(), true);
        output.writeLong(entry.acceptedAt());
        output.writeLong(entry.deadline());
        writeOctets(output, entry.requestDigest());
        writeOctets(output, entry.answer());
        writeHome(output, entry.ipv4Home());
    }

    private static void writeRemnant(Output output, Remnant remnant) {
        output.writeBoolean(remnant.uplinkKey().isPresent());
        remnant.uplinkKey().ifPresent(key -> output.writeInt((int) key));
        writePrefixes(output, remnant.prefixes());
        writeHome(output, remnant.ipv4Home());
        output.writeVarInt(remnant.operator(), true);
        output.writeLong(remnant.until());
    }

    private static Remnant readRemnant(Input input) {
        OptionalLong key = input.readBoolean() ? OptionalLong.of(input.readInt() & 0xffff_ffffL)
                : OptionalLong.empty();
        List<Ip6Prefix> prefixes = readPrefixes(input);
        Optional<Ipv4Home> home = readHome(input);
        int operator = input.readVarInt(true);
        return new Remnant(key, prefixes, home, operator, input.readLong());
    }

    static void writePrefixes(Output output, List<Ip6Prefix> prefixes) {
        output.writeVarInt(prefixes.size(), true);
        for (Ip6Prefix prefix : prefixes) {
            output.writeBytes(prefix.address().toOctets());
            output.writeByte(prefix.prefixLength());
        }
    }

    static List<Ip6Prefix> readPrefixes(Input input) {
        int count = input.readVarInt(true);
        List<Ip6Prefix> prefixes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Ip6Address address = readAddress(input);
            prefixes.add(Ip6Prefix.valueOf(address, input.readByteUnsigned()));
        }
        return prefixes;
    }

    static void writeHome(Output output, Optional<Ipv4Home> home) {
        output.writeBoolean(home.isPresent());
        home.ifPresent(present -> {
            output.writeBytes(present.address().toOctets());
            output.writeByte(present.prefixLength());
            output.writeBytes(present.defaultRouter().toOctets());
        });
    }

    static Optional<Ipv4Home> readHome(Input input) {
        if (!input.readBoolean()) {
            return Optional.empty();
        }
        Ip4Address address = Ip4Address.valueOf(input.readBytes(IPV4_OCTETS));
        int length = input.readByteUnsigned();
        return Optional.of(new Ipv4Home(address, length, Ip4Address.valueOf(input.readBytes(IPV4_OCTETS))));
    }

    static void writeIpAddress(Output output, IpAddress address) {
        byte[] octets = address.toOctets();
        output.writeByte(octets.length);
        output.writeBytes(octets);
    }

    private static IpAddress readIpAddress(Input input, int format) {
        if (format < 3) {
            return readAddress(input);
        }
        return readIpAddress(input);
    }

    static IpAddress readIpAddress(Input input) {
        int length = input.readByteUnsigned();
        return length == IPV4_OCTETS ? Ip4Address.valueOf(input.readBytes(length)) : readAddress(input);
    }

    private static BindingCacheEntry readEntry(Input input, int format) {
        BindingCacheEntry.Builder entry = BindingCacheEntry.builder()
                .sessionId(input.readVarLong(true))
                .state(input.readByteUnsigned() == 0
                        ? BindingCacheEntry.State.ACTIVE : BindingCacheEntry.State.ENDING)
                .linkLayerIdentifier(readOctets(input))
                .linkLocalAddress(readAddress(input));
        entry.prefixes(readPrefixes(input)).accessTechnology(input.readByteUnsigned());
        long timestamp = input.readLong();
        entry.order(timestamp, input.readInt());
        IpAddress proxyCoa = readIpAddress(input, format);
        IpAddress lmaAddress = readIpAddress(input, format);
        IpAddress peer = format < 3 ? proxyCoa : readIpAddress(input, format);
        int port = format < 3 ? 0 : input.readVarInt(true);
        entry.tunnel(proxyCoa, lmaAddress, peer, port).operator(input.readVarInt(true));
        GreMode mode = greMode(input.readByteUnsigned());
        long downlink = input.readInt() & 0xffff_ffffL;
        entry.gre(mode, downlink, input.readInt() & 0xffff_ffffL)
                .tlvHeader(input.readBoolean())
                .lifetime(input.readVarInt(true));
        long accepted = input.readLong();
        entry.times(accepted, input.readLong());
        byte[] digest = readOctets(input);
        entry.exchange(digest, readOctets(input));
        if (format > 1) {
            entry.ipv4Home(readHome(input));
        }
        return entry.build();
    }

    static int greCode(GreMode mode) {
        switch (mode) {
            case KEYS:
                return 2;
            case MODE_ONLY:
                return 1;
            default:
                return 0;
        }
    }

    static GreMode greMode(int code) {
        switch (code) {
            case 0:
                return GreMode.NONE;
            case 1:
                return GreMode.MODE_ONLY;
            case 2:
                return GreMode.KEYS;
            default:
                throw new KryoException("no GRE mode has the code " + code);
        }
    }

    static Ip6Address readAddress(Input input) {
        return Ip6Address.valueOf(input.readBytes(ADDRESS_OCTETS));
    }

    static void writeOctets(Output output, byte[] octets) {
        output.writeVarInt(octets.length, true);
        output.writeBytes(octets);
    }

    static byte[] readOctets(Input input) {
        return input.readBytes(input.readVarInt(true));
    }
}
