// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.softswitch.p4runtime.Lab.entry;
import static org.pmip.softswitch.p4runtime.Lab.exact;
import static org.pmip.softswitch.p4runtime.Lab.hex;
import static org.pmip.softswitch.p4runtime.Lab.insert;
import static org.pmip.softswitch.p4runtime.Lab.update;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import org.junit.jupiter.api.Test;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4RuntimeOuterClass.DigestEntry;
import p4.v1.P4RuntimeOuterClass.DigestList;
import p4.v1.P4RuntimeOuterClass.DigestListAck;
import p4.v1.P4RuntimeOuterClass.Entity;
import p4.v1.P4RuntimeOuterClass.IdleTimeoutNotification;
import p4.v1.P4RuntimeOuterClass.PacketIn;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.StreamError;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;
import p4.v1.P4RuntimeOuterClass.TableEntry;
import p4.v1.P4RuntimeOuterClass.Update.Type;
import p4.v1.P4RuntimeOuterClass.Update;
import p4.v1.P4RuntimeOuterClass.ValueSetEntry;
import p4.v1.P4RuntimeOuterClass.ValueSetMember;

/** P4Runtime 1.3, section 16: packets, digests, idle timeouts and errors on the stream. */
class StreamTest extends LabSwitch {
    /** From station bb to station aa. */
    private static final ByteString FRAME = hex("0000000000aa0000000000bb88b60102");
    private static final long SECOND = 1_000_000_000L;

    private static PacketMetadata metadata(int id, String value) {
        return PacketMetadata.newBuilder().setMetadataId(id).setValue(hex(value)).build();
    }

    /** Sends the frame through the pipeline, as if it had come from the CPU port. */
    private void inject(ByteString frame, PacketMetadata... metadata) {
        PacketOut.Builder packet = PacketOut.newBuilder().setPayload(frame);
        for (PacketMetadata one : metadata) {
            packet.addMetadata(one);
        }
        stream.send(StreamMessageRequest.newBuilder().setPacket(packet).build());
    }

    private StreamError error() {
        StreamMessageResponse message = stream.next();
        assertThat(message.hasError()).as("%s", message).isTrue();
        return message.getError();
    }

    @Test
    void metadataBecomeHeaderAndBack() {
        client.write(Messages.stationPunted("0000000000aa", 0x1234));
        inject(FRAME, metadata(3, "00"), metadata(2, "01"), metadata(1, "0001"));
        PacketIn packet = stream.next().getPacket();
        assertThat(packet.getPayload()).isEqualTo(FRAME);
        assertThat(packet.getMetadataList())
                .containsExactly(metadata(1, "ff"), metadata(2, "00"), metadata(3, "1234"));
    }

    @Test
    void metadataLeftOutAreZero() {
        client.write(Messages.stationPunted("0000000000aa", 1));
        inject(FRAME, metadata(2, "01"));
        assertThat(stream.next().hasPacket()).isTrue();
    }

    @Test
    void wrongMetadataAreReported() {
        inject(FRAME, metadata(7, "01"));
        StreamError unknown = error();
        assertThat(unknown.getCanonicalCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(unknown.getMessage()).contains("no metadata 7");
        assertThat(unknown.getPacketOut().getPacketOut().getPayload()).isEqualTo(FRAME);
        inject(FRAME, metadata(1, "0200"));
        assertThat(error().getMessage()).contains("does not fit 9 bits");
        inject(FRAME, metadata(1, "01"), metadata(1, "01"));
        assertThat(error().getMessage()).contains("given twice");
        inject(FRAME, metadata(1, ""));
        assertThat(error().getMessage()).contains("empty");
        stream.send(StreamMessageRequest.getDefaultInstance());
        assertThat(error().getCanonicalCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
    }

    private static Entity.Builder known(String... types) {
        ValueSetEntry.Builder entry = ValueSetEntry.newBuilder()
                .setValueSetId(Lab.INFO.getValueSets(0).getPreamble().getId());
        for (String type : types) {
            entry.addMembers(ValueSetMember.newBuilder().addMatch(exact(1, type)));
        }
        return Entity.newBuilder().setValueSetEntry(entry);
    }

    @Test
    void theParserKnowsTheMembersOfItsValueSet() {
        client.write(update(Type.MODIFY, known("88b5", "88b6")));
        inject(FRAME, metadata(2, "01"));
        assertThat(stream.next().getPacket().getMetadata(2)).isEqualTo(metadata(3, "feed"));
        assertThat(client.read(known().build())).containsExactly(known("88b5", "88b6").build());
        assertThat(client.read(Entity.newBuilder().setValueSetEntry(ValueSetEntry.getDefaultInstance()).build()))
                .hasSize(1);
        refused(update(Type.MODIFY, known("88b5", "88b5")), Code.ALREADY_EXISTS_VALUE, "twice");
        refused(update(Type.MODIFY, known("01", "02", "03", "04")), Code.RESOURCE_EXHAUSTED_VALUE, "3");
        invalid(update(Type.INSERT, known("88b5")), "MODIFY it");
        invalid(update(Type.MODIFY, known("010000")), "does not fit 16 bits");
        invalid(update(Type.MODIFY, Entity.newBuilder().setValueSetEntry(
                ValueSetEntry.newBuilder().setValueSetId(4))), "no value set with id 4");
        client.write(update(Type.MODIFY, known()));
        assertThat(client.read(known().build())).containsExactly(known().build());
    }

    private void digest(Type type, int listSize, long maxTimeout, long ackTimeout) {
        client.write(update(type, Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder()
                .setDigestId(Lab.digest()).setConfig(DigestEntry.Config.newBuilder().setMaxListSize(listSize)
                        .setMaxTimeoutNs(maxTimeout).setAckTimeoutNs(ackTimeout)))));
    }

    private void learnFrom(String mac) {
        inject(hex("0000000000ff" + mac + "88b6"), metadata(2, "01"));
    }

    /** The pipeline is through with the packet on return: it is punted, and digests go before packets. */
    private void learnBeforeItIsAskedFor(String mac) {
        Update punted = Messages.stationPunted("0000000000ff", 1);
        client.write(punted);
        learnFrom(mac);
        assertThat(stream.next().hasPacket()).isTrue();
        client.write(punted.toBuilder().setType(Type.DELETE).build());
    }

    private static P4Data learned(String mac) {
        P4Data.Builder data = P4Data.newBuilder();
        data.getStructBuilder().addMembers(P4Data.newBuilder().setBitstring(hex(mac)))
                .addMembers(P4Data.newBuilder().setBitstring(hex("ff")));
        return data.build();
    }

    private void learning() {
        client.write(insert(entry("rules").setPriority(1).setAction(Lab.direct("learn"))));
    }

    @Test
    void digestsComeInListsWithoutDuplicates() {
        learning();
        learnBeforeItIsAskedFor("000000000001");
        digest(Type.INSERT, 2, 3600 * SECOND, 3600 * SECOND);
        learnFrom("000000000002");
        learnFrom("000000000002");
        learnFrom("000000000003");
        DigestList list = stream.next().getDigest();
        assertThat(list.getDigestId()).isEqualTo(Lab.digest());
        assertThat(list.getDataList()).containsExactly(learned("02"), learned("03"));
        assertThat(list.getTimestamp()).isPositive();
        learnFrom("000000000002");
        learnFrom("000000000004");
        learnFrom("000000000005");
        DigestList next = stream.next().getDigest();
        assertThat(next.getDataList()).containsExactly(learned("04"), learned("05"));
        assertThat(next.getListId()).isNotEqualTo(list.getListId());
        stream.send(StreamMessageRequest.newBuilder().setDigestAck(DigestListAck.newBuilder()
                .setDigestId(Lab.digest()).setListId(list.getListId())).build());
        learnFrom("000000000002");
        learnFrom("000000000006");
        assertThat(stream.next().getDigest().getDataList()).containsExactly(learned("02"), learned("06"));
    }

    @Test
    void digestsDoNotWaitLongerThanTheirTimeout() {
        learning();
        digest(Type.INSERT, 100, SECOND / 100, 0);
        learnFrom("000000000001");
        assertThat(stream.next().getDigest().getDataList()).containsExactly(learned("01"));
        learnFrom("000000000001");
        assertThat(stream.next().getDigest().getDataList()).containsExactly(learned("01"));
        digest(Type.MODIFY, 1, 3600 * SECOND, 0);
        learnFrom("000000000002");
        assertThat(stream.next().getDigest().getDataList()).containsExactly(learned("02"));
    }

    @Test
    void digestsAreSwitchedOnAndOff() {
        digest(Type.INSERT, 1, 0, 0);
        Entity.Builder any = Entity.newBuilder().setDigestEntry(DigestEntry.getDefaultInstance());
        assertThat(client.read(any.build())).hasSize(1);
        Entity.Builder known = Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder().setDigestId(Lab.digest()));
        refused(update(Type.INSERT, known), Code.ALREADY_EXISTS_VALUE, "learn_t");
        client.write(update(Type.DELETE, known));
        refused(update(Type.DELETE, known), Code.NOT_FOUND_VALUE, "learn_t");
        refused(update(Type.MODIFY, known), Code.NOT_FOUND_VALUE, "learn_t");
        invalid(update(Type.INSERT, Entity.newBuilder().setDigestEntry(DigestEntry.newBuilder().setDigestId(3))),
                "no digest with id 3");
        assertThat(client.read(any.build())).isEmpty();
        stream.send(StreamMessageRequest.newBuilder().setDigestAck(
                DigestListAck.newBuilder().setDigestId(3)).build());
        StreamError error = error();
        assertThat(error.getCanonicalCode()).isEqualTo(Code.INVALID_ARGUMENT_VALUE);
        assertThat(error.getDigestListAck().getDigestListAck().getDigestId()).isEqualTo(3);
    }

    @Test
    void idleEntriesAreReportedAgainAndAgain() {
        TableEntry.Builder idle = entry("recent", exact(1, "bb")).setAction(Lab.direct("nothing"))
                .setIdleTimeoutNs(SECOND / 100).setMetadata(hex("0009"));
        client.write(insert(idle), insert(entry("recent", exact(1, "cc")).setAction(Lab.direct("nothing"))
                .setIdleTimeoutNs(3600 * SECOND)));
        for (int i = 0; i < 2; i++) {
            IdleTimeoutNotification notification = stream.next().getIdleTimeoutNotification();
            assertThat(notification.getTimestamp()).isPositive();
            assertThat(notification.getTableEntryList()).containsExactly(idle.clone().clearAction().build());
        }
    }

    @Test
    void theTimeSinceTheLastHitIsReadWhereItIsAsked() {
        client.write(insert(entry("recent", exact(1, "bb")).setAction(Lab.direct("nothing"))));
        TableEntry.Builder asked = entry("recent", exact(1, "bb"))
                .setTimeSinceLastHit(TableEntry.IdleTimeout.getDefaultInstance());
        assertThat(only(asked).getTimeSinceLastHit().getElapsedNs()).isPositive();
        assertThat(only(entry("recent")).hasTimeSinceLastHit()).isFalse();
        invalid(insert(entry("recent", exact(1, "cc")).setAction(Lab.direct("nothing"))
                .setTimeSinceLastHit(TableEntry.IdleTimeout.getDefaultInstance())), "read only");
        invalid(insert(entry("recent", exact(1, "cc")).setAction(Lab.direct("nothing")).setIdleTimeoutNs(-5)),
                "must not be negative");
        invalid(insert(Lab.station("cc").setAction(Lab.direct("forward", "02")).setIdleTimeoutNs(5)),
                "does not support idle timeout");
    }
}
