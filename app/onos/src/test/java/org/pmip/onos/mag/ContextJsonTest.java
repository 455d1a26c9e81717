// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.HandoffContext;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** What clusters hand to each other of a session, and what becomes of something else. */
class ContextJsonTest {

    private static final MacAddress MAC = MacAddress.valueOf("02:00:00:00:00:01");

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static BindingUpdateList list(BindingUpdateListEntry entry) {
        return new BindingUpdateList(MobileNodeIdentifier.ofNai("anna@example.net"), 65_535, 1, List.of(entry));
    }

    @Test
    void whatIsWrittenIsRead() {
        BindingUpdateListEntry session = FakeMag.session(1).build();
        BindingUpdateListEntry entry = session.toBuilder()
                .attachment(session.attachment().withNodeLinkLocal(Ip6Address.valueOf("fe80::41")))
                .binding(Optional.of(session.binding().orElseThrow().toBuilder()
                        .linkLocal(Ip6Address.valueOf("fe80::200:5eff:fe00:5213"))
                        .ipv4(Optional.of(new Ipv4Home(Ip4Address.valueOf("10.1.0.5"), 16,
                                Ip4Address.valueOf("10.1.0.1"))), true).build())).build();
        BindingUpdateList list = list(entry);
        ObjectNode out = new ObjectMapper().createObjectNode();
        ContextJson.write(out, list, entry);
        assertThat(json(out.get("context").toString())).isEqualTo(json("{'interface': '02:00:00:00:00:01',"
                + " 'lmaAddress': '2001:db8:f::1', 'prefixes': ['2001:db8:0:1::/64'], 'ipv4HomeAddress': '10.1.0.5',"
                + " 'linkLocal': 'fe80::200:5eff:fe00:5213', 'nodeLinkLocal': 'fe80::41', 'downlinkKey': 101,"
                + " 'sequence': 65535}"));
        assertThat(ContextJson.read(null, out.get("context"), MAC))
                .isEqualTo(Handoff.of(3, HandoffContext.of(list, entry).orElseThrow()));
    }

    @Test
    void beforeTheAnchorHasAcceptedThereIsNothingToTell() {
        BindingUpdateListEntry entry = FakeMag.session(1).binding(Optional.empty()).build();
        ObjectNode out = new ObjectMapper().createObjectNode();
        ContextJson.write(out, list(entry), entry);
        assertThat(out).isEmpty();
        assertThat(ContextJson.read(null, out.path("context"), MAC)).isEqualTo(Handoff.of(4));
        assertThat(ContextJson.read(2, null, MAC)).isEqualTo(Handoff.of(2));
    }

    @Test
    void nothingIsNeeded() {
        assertThat(ContextJson.read(null, json("{}"), MAC)).isEqualTo(Handoff.of(3, HandoffContext.builder().build()));
        assertThat(ContextJson.read(null, json("{'interface': null, 'lmaAddress': null, 'prefixes': null,"
                + " 'ipv4HomeAddress': null, 'linkLocal': null, 'downlinkKey': null, 'sequence': null}"), MAC))
                .isEqualTo(Handoff.of(3, HandoffContext.builder().build()));
        assertThat(ContextJson.read(4, json("{'downlinkKey': 4294967295}"), MAC).previous())
                .map(HandoffContext::downlinkKey).contains(OptionalLong.of(0xffff_ffffL));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[]                               | context: an object is expected, as GET /attachments shows it, not []",
        "{'lma': 1}                       | context/lma: unknown; known are interface, lmaAddress, prefixes,"
            + " ipv4HomeAddress, linkLocal, nodeLinkLocal, downlinkKey, sequence",
        "{'interface': 'x'}               | context/interface: 'x' is not a MAC address such as 00:00:5e:00:53:41",
        "{'interface': 7}                 | context/interface: a MAC address such as 00:00:5e:00:53:41 is expected,"
            + " not 7",
        "{'lmaAddress': 'lma'}            | context/lmaAddress: 'lma' is not an IP address such as 2001:db8:0:1::1",
        "{'prefixes': '2001:db8::/64'}    | context/prefixes: a list of at most 32 IPv6 prefixes is expected, not"
            + " \"2001:db8::/64\"",
        "{'prefixes': ['2001:db8::/129']} | context/prefixes: '2001:db8::/129' is not an IPv6 prefix such as"
            + " 2001:db8:100::/64",
        "{'prefixes': [64]}               | context/prefixes: an IPv6 prefix such as 2001:db8:100::/64 is expected,"
            + " not 64",
        "{'prefixes': ['::/0']}           | context/prefixes: ::/0 is no home network prefix",
        "{'prefixes': ['fe80::/64']}      | context/prefixes: fe80::/64 is no home network prefix",
        "{'prefixes': ['ff05::/64']}      | context/prefixes: ff05::/64 is no home network prefix",
        "{'ipv4HomeAddress': '10.1.0.5/16'} | context/ipv4HomeAddress: '10.1.0.5/16' is not an IPv4 address such as"
            + " 10.1.0.5",
        "{'linkLocal': '2001:db8::1'}     | context/linkLocal: '2001:db8::1' is not a link-local IPv6 address such as"
            + " fe80::200:5eff:fe00:5213",
        "{'nodeLinkLocal': 'fe80'}        | context/nodeLinkLocal: 'fe80' is not a link-local IPv6 address such as"
            + " fe80::200:5eff:fe00:5213",
        "{'downlinkKey': 4294967296}      | context/downlinkKey: a whole number from 0 to 4294967295 is expected, not"
            + " 4294967296",
        "{'downlinkKey': '7'}             | context/downlinkKey: a whole number from 0 to 4294967295 is expected, not"
            + " \"7\"",
        "{'sequence': -1}                 | context/sequence: a whole number from 0 to 65535 is expected, not -1",
        "{'sequence': 1.5}                | context/sequence: a whole number from 0 to 65535 is expected, not 1.5"})
    void whatCannotBeIsNamed(String given, String message) {
        assertThatThrownBy(() -> ContextJson.read(null, json(given), MAC))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void whatContradictsIsNamed() {
        assertThatThrownBy(() -> ContextJson.read(1, json("{}"), MAC)).hasMessage(
                "handoff: 1 says that there was no session before, of which context tells; leave one of both out");
        assertThatThrownBy(() -> ContextJson.read(5, null, MAC)).hasMessage("handoff: 5 is not from 1 to 4");
        assertThatThrownBy(() -> ContextJson.read(0, json("{}"), MAC)).hasMessage("handoff: 0 is not from 1 to 4");
    }
}
