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
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * The stored form of a mobile node's record, field by field and with a format number in front, so that a newer
 * release can read what an older one wrote. Stateless.
 */
public final class RecordSerializer extends Serializer<MobileNodeRecord> {

    /** Format 2 added the IPv4 part of a session. */
    private static final int FORMAT = 2;
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
        return new MobileNodeRecord(mobileNode, entries);
    }

    private static void writeEntry(Output output, BindingCacheEntry entry) {
        output.writeVarLong(entry.sessionId(), true);
        output.writeByte(entry.state() == BindingCacheEntry.State.ACTIVE ? 0 : 1);
        writeOctets(output, entry.linkLayerIdentifier());
        output.writeBytes(entry.linkLocalAddress().toOctets());
        output.writeVarInt(entry.prefixes().size(), true);
        for (Ip6Prefix prefix : entry.prefixes()) {
            output.writeBytes(prefix.address().toOctets());
            output.writeByte(prefix.prefixLength());
        }
        output.writeByte(entry.accessTechnology());
        output.writeLong(entry.timestamp());
        output.writeInt(entry.sequence());
        output.writeBytes(entry.proxyCoa().toOctets());
        output.writeBytes(entry.lmaAddress().toOctets());
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
        output.writeBoolean(entry.ipv4Home().isPresent());
        entry.ipv4Home().ifPresent(home -> {
            output.writeBytes(home.address().toOctets());
            output.writeByte(home.prefixLength());
            output.writeBytes(home.defaultRouter().toOctets());
        });
    }

    private static BindingCacheEntry readEntry(Input input, int format) {
        BindingCacheEntry.Builder entry = BindingCacheEntry.builder()
                .sessionId(input.readVarLong(true))
                .state(input.readByteUnsigned() == 0
                        ? BindingCacheEntry.State.ACTIVE : BindingCacheEntry.State.ENDING)
                .linkLayerIdentifier(readOctets(input))
                .linkLocalAddress(readAddress(input));
        int count = input.readVarInt(true);
        List<Ip6Prefix> prefixes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            Ip6Address address = readAddress(input);
            prefixes.add(Ip6Prefix.valueOf(address, input.readByteUnsigned()));
        }
        entry.prefixes(prefixes).accessTechnology(input.readByteUnsigned());
        long timestamp = input.readLong();
        entry.order(timestamp, input.readInt());
        Ip6Address proxyCoa = readAddress(input);
        entry.tunnel(proxyCoa, readAddress(input)).operator(input.readVarInt(true));
        GreMode mode = greMode(input.readByteUnsigned());
        long downlink = input.readInt() & 0xffff_ffffL;
        entry.gre(mode, downlink, input.readInt() & 0xffff_ffffL)
                .tlvHeader(input.readBoolean())
                .lifetime(input.readVarInt(true));
        long accepted = input.readLong();
        entry.times(accepted, input.readLong());
        byte[] digest = readOctets(input);
        entry.exchange(digest, readOctets(input));
        if (format > 1 && input.readBoolean()) {
            Ip4Address home = Ip4Address.valueOf(input.readBytes(IPV4_OCTETS));
            int length = input.readByteUnsigned();
            entry.ipv4Home(Optional.of(new Ipv4Home(home, length,
                    Ip4Address.valueOf(input.readBytes(IPV4_OCTETS)))));
        }
        return entry.build();
    }

    private static int greCode(GreMode mode) {
        switch (mode) {
            case KEYS:
                return 2;
            case MODE_ONLY:
                return 1;
            default:
                return 0;
        }
    }

    private static GreMode greMode(int code) {
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

    private static Ip6Address readAddress(Input input) {
        return Ip6Address.valueOf(input.readBytes(ADDRESS_OCTETS));
    }

    private static void writeOctets(Output output, byte[] octets) {
        output.writeVarInt(octets.length, true);
        output.writeBytes(octets);
    }

    private static byte[] readOctets(Input input) {
        return input.readBytes(input.readVarInt(true));
    }
}
