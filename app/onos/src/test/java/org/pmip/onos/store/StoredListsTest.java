// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.util.KryoNamespace;
import org.onosproject.store.serializers.KryoNamespaces;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Attempt;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.Registration;
import org.pmip.protocol.mag.Registration.Purpose;
import org.pmip.protocol.mag.TunnelFormat;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Binding Update Lists as releases have stored them, which every later one must read: an upgrade in place keeps the
 * attachments. There is a line for each value of each enumeration, by the value's name, so that a value which takes
 * another's place is seen. Lines are only ever added to the corpus.
 */
class StoredListsTest {

    private static final String CORPUS = "/stored-lists.txt";
    private static final String PRESENT = "1-";
    private static final KryoNamespace KRYO = StoredTypes.lists();

    private static BindingUpdateListEntry.Builder entry(long id) {
        return BindingUpdateListEntry.builder().sessionId(id)
                .attachment(Attachment.of("mag1", "2/60", new byte[] {2, 0, 0, 0, 0, 9}, 4))
                .tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8::1")), Ip6Address.valueOf("2001:db8::2"))
                .state(State.REGISTERING).waiting(Waiting.NOTHING, 0);
    }

    private static Binding.Builder binding() {
        return Binding.builder()
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:1::/64"), Ip6Prefix.valueOf("2001:db8:2::/56")))
                .ipv4(Optional.of(new Ipv4Home(Ip4Address.valueOf("10.1.0.200"), 24, Ip4Address.valueOf("10.1.0.1"))),
                        true)
                .linkLocal(Ip6Address.valueOf("fe80::1")).tunnel(TunnelFormat.GRE_IPV4_UDP_TLV)
                .gre(GreMode.KEYS, 0xffff_ffffL, 0x8000_0001L).lifetime(65_535, 1_700_000_000_000L);
    }

    private static Registration.Builder request(Purpose purpose) {
        return Registration.builder(purpose, 5)
                .prefixes(Optional.of(List.of(Ip6Prefix.valueOf("2001:db8:1::/64"))))
                .ipv4(Optional.of(Ip4Address.valueOf("10.1.0.200"))).linkLocal(Optional.of(Ip6Address.ZERO))
                .gre(GreMode.MODE_ONLY, true).forceUdp(true).lifetime(900)
                .progress(3, 32_000, List.of(new Attempt(65_535, 0xfedc_ba98_7654_3210L, 1_700_000_000_000L),
                        new Attempt(1, 2, 3)));
    }

    private static BindingUpdateList list(BindingUpdateListEntry.Builder... entries) {
        BindingUpdateList list = new BindingUpdateList(MobileNodeIdentifier.ofNai("mn1@example.net"), 4_711,
                0x0123_4567_89ab_cdefL, List.of());
        for (BindingUpdateListEntry.Builder one : entries) {
            list = list.with(one.build());
        }
        return list;
    }

    /** What the lines of the corpus stand for, by their names. */
    private static Map<String, BindingUpdateList> meanings() {
        Map<String, BindingUpdateList> meanings = new LinkedHashMap<>();
        meanings.put("1-bare", list(entry(1)));
        meanings.put("1-full", list(entry(0xffff_ffffL)
                .attachment(Attachment.of("mag2", "3", new byte[0], 200)
                        .withNodeLinkLocal(Ip6Address.valueOf("fe80::9")))
                .tunnel(Anchor.overIpv4("lma4", Ip4Address.valueOf("198.51.100.1"), true, true)
                        .withGre(GreWish.KEYS_ONLY), Ip4Address.valueOf("198.51.100.11"))
                .state(State.ACTIVE).binding(Optional.of(binding().build())).forwards(true)
                .registration(Optional.of(request(Purpose.EXTENSION).build()))
                .waiting(Waiting.REPLY, 1_700_000_001_000L).downlinkKey(OptionalLong.of(0xffff_ffffL)).replaces(41)
                .restart(true).status(155).sent(List.of(1_700_000_000_000L, 2L))));
        meanings.put("1-two", list(entry(1).state(State.SUPERSEDED), entry(2).replaces(1)));
        meanings.put("1-restrictions", list(entry(1).restriction(Restriction.NO_EXTENSION)
                .restriction(Restriction.NO_NAMED_PREFIX).restriction(Restriction.KEYS)));
        meanings.put("1-other-identifier", new BindingUpdateList(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}),
                65_535, 0, List.of(entry(8).build())));
        for (State one : State.values()) {
            meanings.put("1-state-" + one, list(entry(1).state(one)));
        }
        for (Waiting one : Waiting.values()) {
            meanings.put("1-waiting-" + one, list(entry(1).waiting(one, 5)));
        }
        for (Restriction one : Restriction.values()) {
            meanings.put("1-restriction-" + one, list(entry(1).restriction(one)));
        }
        for (Purpose one : Purpose.values()) {
            meanings.put("1-purpose-" + one, list(entry(1).registration(Optional.of(request(one).build()))));
        }
        for (TunnelFormat one : TunnelFormat.values()) {
            meanings.put("1-tunnel-" + one, list(entry(1).binding(Optional.of(binding().tunnel(one).build()))));
        }
        for (GreMode one : GreMode.values()) {
            boolean keys = one == GreMode.KEYS;
            meanings.put("1-gre-" + one, list(entry(1).binding(Optional.of(binding()
                    .gre(one, keys ? 7 : 0, keys ? 8 : 0).build()))));
        }
        for (GreWish one : GreWish.values()) {
            meanings.put("1-wish-" + one, list(entry(1).tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8::1"))
                    .withGre(one), Ip6Address.valueOf("2001:db8::2"))));
        }
        return meanings;
    }

    @Test
    void whatWasEverStoredIsRead() throws IOException {
        Map<String, BindingUpdateList> meanings = meanings();
        Map<String, String> corpus = StoredOctets.corpus(CORPUS);
        corpus.forEach((name, stored) -> assertThat(KRYO.<BindingUpdateList>deserialize(StoredOctets.of(stored)))
                .as(name).isEqualTo(meanings.get(name)));
        assertThat(corpus.keySet()).containsAll(meanings.keySet());
    }

    @Test
    void thePresentFormatIsTheCorpuss() throws IOException {
        Map<String, String> corpus = StoredOctets.corpus(CORPUS);
        StringBuilder missing = new StringBuilder();
        meanings().forEach((name, list) -> {
            String stored = StoredOctets.hex(KRYO.serialize(list));
            if (name.startsWith(PRESENT) && !stored.equals(corpus.get(name))) {
                missing.append('\n').append(name).append(' ').append(stored);
            }
        });
        if (missing.length() > 0) {
            fail("the stored form has changed: give it a new format number, keep reading the old one, and add "
                    + "these lines to %s (a new value of an enumeration, at its end, needs its line alone): %s", CORPUS,
                    missing);
        }
    }

    @Test
    void numbersOfTypesAreTheSameForEver() {
        assertThat(StoredTypes.LIST).isEqualTo(KryoNamespaces.BEGIN_USER_CUSTOM_ID).isEqualTo(500);
    }
}
