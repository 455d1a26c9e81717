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
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Remnant;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/**
 * Octets as releases have stored them, which every later one must read: an upgrade in place keeps the sessions. Lines
 * are only ever added to the corpus; a changed format adds new ones beside the old.
 */
class StoredCorpusTest {

    private static final String CORPUS = "/stored-records.txt";
    private static final KryoNamespace KRYO = StoredTypes.records();

    private static BindingCacheEntry.Builder entry(long id) {
        return BindingCacheEntry.builder().sessionId(id).state(BindingCacheEntry.State.ACTIVE)
                .linkLayerIdentifier(new byte[] {2, 0, 0, 0, 0, 9})
                .linkLocalAddress(Ip6Address.valueOf("fe80::200:5eff:fe00:5213"))
                .prefixes(List.of(Ip6Prefix.valueOf("2001:db8:1::/64")))
                .accessTechnology(4).order(0x0123_4567_89ab_cdefL, 4_711)
                .tunnel(Ip6Address.valueOf("2001:db8:0:11::1"), Ip6Address.valueOf("2001:db8:0:1::1")).operator(1)
                .gre(GreMode.NONE, 0, 0).lifetime(150).times(1_700_000_000_000L, 1_700_000_600_000L)
                .exchange(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, new byte[] {6, 1, 0});
    }

    private static MobileNodeRecord record(String name, List<BindingCacheEntry> entries, Remnant... remnants) {
        return new MobileNodeRecord(MobileNodeIdentifier.ofNai(name), entries, List.of(remnants));
    }

    /** What the lines of the corpus stand for, by their names. */
    private static Map<String, MobileNodeRecord> meanings() {
        Ipv4Home home = new Ipv4Home(Ip4Address.valueOf("10.1.0.200"), 24, Ip4Address.valueOf("10.1.0.1"));
        Map<String, MobileNodeRecord> meanings = new LinkedHashMap<>();
        meanings.put("3-plain", record("mn1@example.net", List.of(entry(1).build())));
        meanings.put("3-keys", record("mn2@example.net", List.of(entry(2).gre(GreMode.KEYS, 0xffff_ffffL, 0x8000_0001L)
                .build())));
        meanings.put("3-mode", record("mn3@example.net", List.of(entry(0xffff_ffffL).gre(GreMode.MODE_ONLY, 0, 0)
                .build())));
        meanings.put("3-ending", record("mn4@example.net", List.of(entry(4).state(BindingCacheEntry.State.ENDING)
                .build())));
        meanings.put("3-dual", record("mn5@example.net", List.of(entry(5).ipv4Home(Optional.of(home)).build(),
                entry(6).prefixes(List.of(Ip6Prefix.valueOf("2001:db8:2::/64"),
                        Ip6Prefix.valueOf("2001:db8:3::/56"))).accessTechnology(5).build())));
        meanings.put("3-translated", record("mn6@example.net", List.of(entry(7)
                .tunnel(Ip4Address.valueOf("192.168.1.2"), Ip4Address.valueOf("198.51.100.1"),
                        Ip4Address.valueOf("203.0.113.5"), 40_000).operator(65_535)
                .gre(GreMode.KEYS, 7, 8).tlvHeader(true).ipv4Home(Optional.of(home)).prefixes(List.of()).build())));
        meanings.put("3-resting", record("mn7@example.net", List.of(),
                new Remnant(OptionalLong.of(0xffff_fff0L), List.of(), Optional.empty(), 1, 1_700_000_010_000L),
                new Remnant(OptionalLong.empty(), List.of(Ip6Prefix.valueOf("2001:db8:4::/64")), Optional.of(home), 2,
                        1_700_000_020_000L)));
        meanings.put("3-other-identifier", new MobileNodeRecord(MobileNodeIdentifier.of(9, new byte[] {1, 2, 3}),
                List.of(entry(8).build())));
        return meanings;
    }

    @Test
    void whatWasEverStoredIsRead() throws IOException {
        Map<String, MobileNodeRecord> meanings = meanings();
        Map<String, String> corpus = StoredOctets.corpus(CORPUS);
        corpus.forEach((name, stored) -> assertThat(KRYO.<MobileNodeRecord>deserialize(StoredOctets.of(stored)))
                .as(name).isEqualTo(meanings.get(name)));
        assertThat(corpus.keySet()).containsAll(meanings.keySet());
    }

    @Test
    void thePresentFormatIsTheCorpuss() throws IOException {
        Map<String, String> corpus = StoredOctets.corpus(CORPUS);
        meanings().forEach((name, record) -> {
            if (name.startsWith("3-") && !StoredOctets.hex(KRYO.serialize(record)).equals(corpus.get(name))) {
                fail("the stored form has changed: give it a new format number, keep reading the old one, and add "
                        + "this line to %s: %s %s", CORPUS, name, StoredOctets.hex(KRYO.serialize(record)));
            }
        });
    }

    @Test
    void numbersOfTypesAreTheSameForEver() {
        assertThat(StoredTypes.RECORD).isEqualTo(KryoNamespaces.BEGIN_USER_CUSTOM_ID).isEqualTo(500);
    }
}
