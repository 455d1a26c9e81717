// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Serializer;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Attempt;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

import static org.pmip.onos.store.RecordSerializer.readAddress;
import static org.pmip.onos.store.RecordSerializer.readHome;
import static org.pmip.onos.store.RecordSerializer.readIpAddress;
import static org.pmip.onos.store.RecordSerializer.readOctets;
import static org.pmip.onos.store.RecordSerializer.readPrefixes;
import static org.pmip.onos.store.RecordSerializer.writeHome;
import static org.pmip.onos.store.RecordSerializer.writeIpAddress;
import static org.pmip.onos.store.RecordSerializer.writeOctets;
import static org.pmip.onos.store.RecordSerializer.writePrefixes;

/**
 * The stored form of a mobile node's Binding Update List, field by field and with a format number in front, so that a
 * newer release can read what an older one wrote. Values of enumerations go by their place, which therefore never
 * changes. Stateless.
 */
public final class ListSerializer extends Serializer<BindingUpdateList> {

    private static final int FORMAT = 1;

    /** Makes a serializer. */
    public ListSerializer() {
        super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output output, BindingUpdateList list) {
        output.writeByte(FORMAT);
        output.writeByte(list.mobileNode().subtype());
        writeOctets(output, list.mobileNode().identifier());
        output.writeVarInt(list.sequence(), true);
        output.writeLong(list.timestamp());
        output.writeVarInt(list.entries().size(), true);
        list.entries().forEach(entry -> writeEntry(output, entry));
    }

    @Override
    public BindingUpdateList read(Kryo kryo, Input input, Class<BindingUpdateList> type) {
        int format = input.readByteUnsigned();
        if (format != FORMAT) {
            throw new KryoException("a Binding Update List of format " + format + ": this release reads format "
                    + FORMAT + ", install the release that wrote it or a newer one");
        }
        int subtype = input.readByteUnsigned();
        MobileNodeIdentifier node = MobileNodeIdentifier.of(subtype, readOctets(input));
        int sequence = input.readVarInt(true);
        long timestamp = input.readLong();
        List<BindingUpdateListEntry> entries = new ArrayList<>();
        for (int left = input.readVarInt(true); left > 0; left--) {
            entries.add(readEntry(input));
        }
        return new BindingUpdateList(node, sequence, timestamp, entries);
    }

    private static void writeEntry(Output output, BindingUpdateListEntry entry) {
        output.writeVarLong(entry.sessionId(), true);
        writeAttachment(output, entry.attachment());
        writeAnchor(output, entry.anchor());
        writeIpAddress(output, entry.careOf());
        output.writeByte(entry.state().ordinal());
        output.writeBoolean(entry.binding().isPresent());
        entry.binding().ifPresent(binding -> writeBinding(output, binding));
        output.writeBoolean(entry.forwards());
        output.writeBoolean(entry.registration().isPresent());
        entry.registration().ifPresent(registration -> writeRegistration(output, registration));
        output.writeByte(entry.waiting().ordinal());
        output.writeLong(entry.dueAt());
        writeKey(output, entry.downlinkKey());
        output.writeVarLong(entry.replaces(), true);
        output.writeBoolean(entry.restart());
        output.writeVarInt(entry.restrictions().size(), true);
        // In one order: the same list has the same octets on every node.
        entry.restrictions().stream().sorted().forEach(one -> output.writeByte(one.ordinal()));
        output.writeVarInt(entry.status(), true);
        output.writeVarInt(entry.sent().size(), true);
        entry.sent().forEach(output::writeLong);
    }

    private static BindingUpdateListEntry readEntry(Input input) {
        BindingUpdateListEntry.Builder entry = BindingUpdateListEntry.builder().sessionId(input.readVarLong(true))
                .attachment(readAttachment(input));
        Anchor anchor = readAnchor(input);
        entry.tunnel(anchor, readIpAddress(input)).state(value(BindingUpdateListEntry.State.values(), input));
        entry.binding(input.readBoolean() ? Optional.of(readBinding(input)) : Optional.empty());
        entry.forwards(input.readBoolean());
        entry.registration(input.readBoolean() ? Optional.of(readRegistration(input)) : Optional.empty());
        BindingUpdateListEntry.Waiting waiting = value(BindingUpdateListEntry.Waiting.values(), input);
        entry.waiting(waiting, input.readLong()).downlinkKey(readKey(input)).replaces(input.readVarLong(true))
                .restart(input.readBoolean());
        Set<BindingUpdateListEntry.Restriction> restrictions =
                EnumSet.noneOf(BindingUpdateListEntry.Restriction.class);
        for (int left = input.readVarInt(true); left > 0; left--) {
            restrictions.add(value(BindingUpdateListEntry.Restriction.values(), input));
        }
        entry.restrictions(restrictions).status(input.readVarInt(true));
        List<Long> sent = new ArrayList<>();
        for (int left = input.readVarInt(true); left > 0; left--) {
            sent.add(input.readLong());
        }
        return entry.sent(sent).build();
    }

    private static void writeAttachment(Output output, Attachment attachment) {
        output.writeString(attachment.gateway());
        output.writeString(attachment.link());
        writeOctets(output, attachment.linkLayerIdentifier());
        output.writeByte(attachment.accessTechnology());
        output.writeBytes(attachment.nodeLinkLocal().toOctets());
    }

    private static Attachment readAttachment(Input input) {
        String gateway = input.readString();
        String link = input.readString();
        byte[] identifier = readOctets(input);
        return Attachment.of(gateway, link, identifier, input.readByteUnsigned())
                .withNodeLinkLocal(readAddress(input));
    }

    private static void writeAnchor(Output output, Anchor anchor) {
        output.writeString(anchor.name());
        writeIpAddress(output, anchor.address());
        output.writeBoolean(anchor.forceUdp());
        output.writeBoolean(anchor.nat());
        output.writeByte(anchor.gre().map(wish -> wish.ordinal() + 1).orElse(0));
    }

    private static Anchor readAnchor(Input input) {
        String name = input.readString();
        IpAddress address = readIpAddress(input);
        boolean forceUdp = input.readBoolean();
        boolean nat = input.readBoolean();
        Anchor anchor = address.isIp4() ? Anchor.overIpv4(name, address.getIp4Address(), forceUdp, nat)
                : Anchor.overIpv6(name, address.getIp6Address());
        int wish = input.readByteUnsigned();
        return wish == 0 ? anchor : anchor.withGre(at(GreWish.values(), wish - 1));
    }

    private static void writeBinding(Output output, Binding binding) {
        writePrefixes(output, binding.prefixes());
        writeHome(output, binding.ipv4Home());
        output.writeBoolean(binding.dhcpServer());
        output.writeBytes(binding.linkLocal().toOctets());
        output.writeByte(binding.format().ordinal());
        output.writeByte(RecordSerializer.greCode(binding.gre()));
        output.writeInt((int) binding.downlinkKey());
        output.writeInt((int) binding.uplinkKey());
        output.writeVarInt(binding.lifetime(), true);
        output.writeLong(binding.sentAt());
    }

    private static Binding readBinding(Input input) {
        Binding.Builder binding = Binding.builder().prefixes(readPrefixes(input));
        Optional<Ipv4Home> home = readHome(input);
        binding.ipv4(home, input.readBoolean()).linkLocal(readAddress(input))
                .tunnel(value(TunnelFormat.values(), input));
        GreMode mode = RecordSerializer.greMode(input.readByteUnsigned());
        long downlink = input.readInt() & 0xffff_ffffL;
        binding.gre(mode, downlink, input.readInt() & 0xffff_ffffL);
        int lifetime = input.readVarInt(true);
        return binding.lifetime(lifetime, input.readLong()).build();
    }

    private static void writeRegistration(Output output, Registration registration) {
        output.writeByte(registration.purpose().ordinal());
        output.writeByte(registration.handoffIndicator());
        output.writeBoolean(registration.prefixes().isPresent());
        registration.prefixes().ifPresent(prefixes -> writePrefixes(output, prefixes));
        output.writeBoolean(registration.ipv4().isPresent());
        registration.ipv4().ifPresent(address -> writeIpAddress(output, address));
        output.writeBoolean(registration.linkLocal().isPresent());
        registration.linkLocal().ifPresent(address -> output.writeBytes(address.toOctets()));
        output.writeByte(RecordSerializer.greCode(registration.gre()));
        output.writeBoolean(registration.tlvHeader());
        output.writeBoolean(registration.forceUdp());
        output.writeVarInt(registration.lifetime(), true);
        output.writeVarInt(registration.rejections(), true);
        output.writeLong(registration.timeout());
        output.writeVarInt(registration.attempts().size(), true);
        for (Attempt attempt : registration.attempts()) {
            output.writeVarInt(attempt.sequence(), true);
            output.writeLong(attempt.timestamp());
            output.writeLong(attempt.sentAt());
        }
    }

    private static Registration readRegistration(Input input) {
        Registration.Purpose purpose = value(Registration.Purpose.values(), input);
        Registration.Builder registration = Registration.builder(purpose, input.readByteUnsigned());
        Optional<List<Ip6Prefix>> prefixes = input.readBoolean() ? Optional.of(readPrefixes(input))
                : Optional.empty();
        Optional<Ip4Address> ipv4 = input.readBoolean() ? Optional.of(readIpAddress(input).getIp4Address())
                : Optional.empty();
        Optional<Ip6Address> linkLocal = input.readBoolean() ? Optional.of(readAddress(input)) : Optional.empty();
        GreMode mode = RecordSerializer.greMode(input.readByteUnsigned());
        registration.prefixes(prefixes).ipv4(ipv4).linkLocal(linkLocal).gre(mode, input.readBoolean())
                .forceUdp(input.readBoolean()).lifetime(input.readVarInt(true));
        int rejections = input.readVarInt(true);
        long timeout = input.readLong();
        List<Attempt> attempts = new ArrayList<>();
        for (int left = input.readVarInt(true); left > 0; left--) {
            int sequence = input.readVarInt(true);
            long timestamp = input.readLong();
            attempts.add(new Attempt(sequence, timestamp, input.readLong()));
        }
        return registration.progress(rejections, timeout, attempts).build();
    }

    private static void writeKey(Output output, OptionalLong key) {
        output.writeBoolean(key.isPresent());
        key.ifPresent(value -> output.writeInt((int) value));
    }

    private static OptionalLong readKey(Input input) {
        return input.readBoolean() ? OptionalLong.of(input.readInt() & 0xffff_ffffL) : OptionalLong.empty();
    }

    private static <E> E value(E[] values, Input input) {
        return at(values, input.readByteUnsigned());
    }

    private static <E> E at(E[] values, int place) {
        if (place >= values.length) {
            throw new KryoException("no value has the place " + place + " among " + values.length
                    + ": install the release that wrote it or a newer one");
        }
        return values[place];
    }
}
