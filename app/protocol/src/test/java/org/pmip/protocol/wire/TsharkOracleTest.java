// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.wire.packet.SignallingPacket;

/**
 * What is encoded here, read by a dissector that others wrote. Statuses are compared as numbers, since tshark 4.0 does
 * not know the names of all of them. No rows of requirements are named: the vectors meet them, and a machine without
 * tshark, which skips these tests, must not open them again.
 */
class TsharkOracleTest {

    private static final MacAddress MAG_MAC = MacAddress.valueOf("02:00:00:00:00:0a");
    private static final MacAddress LMA_MAC = MacAddress.valueOf("02:00:00:00:00:0f");

    private Tshark tshark;

    @BeforeEach
    void find(@TempDir Path folder) {
        tshark = new Tshark(folder);
    }

    @Test
    void nothingIsMalformed() throws Exception {
        List<MobilityMessage> understood = new ArrayList<>(Specimens.all());
        understood.remove(Specimens.withUnknownOption());
        assertThat(tshark.run(frames(understood), "-V")).contains("Mobile IPv6", "Binding Error")
                .doesNotContain("alformed").doesNotContain("[Expert Info");
        assertThat(fields(understood, "mip6.proto", "mip6.mhtype", "mip6.hlen", "_ws.malformed",
                "_ws.expert.message", "mip6.bogus_header_length", "mip6.opt.len.invalid"))
                .containsExactly("59|5|13||||", "59|6|13||||", "59|5|12||||", "59|6|12||||", "59|6|6||||",
                        "59|7|2||||");
    }

    @Test
    void unknownOptionIsSkippedByOthersToo() throws Exception {
        assertThat(fields(List.of(Specimens.withUnknownOption()), "_ws.malformed", "_ws.expert.message",
                "mip6.opt.len.invalid", "mip6.mnid.identifier"))
                .containsExactly("|IE data not dissected yet||mn3@example.net");
    }

    @Test
    void requestFields() throws Exception {
        String[] names = {"mip6.bu.seqnr", "mip6.bu.a_flag", "mip6.bu.h_flag", "mip6.bu.l_flag", "mip6.bu.k_flag",
            "mip6.bu.m_flag", "mip6.bu.p_flag", "mip6.bu.f_flag", "mip6.bu.t_flag", "mip6.bu.lifetime"};
        assertThat(fields(List.of(Specimens.keyedRequest(), Specimens.dualStackRequest()), names))
                .containsExactly("4660|1|1|0|0|0|1|0|0|900", "1|1|1|0|0|0|1|1|1|450");
    }

    @Test
    void answerFields() throws Exception {
        String[] names = {"mip6.ba.status", "mip6.ba.k_flag", "mip6.ba.p_flag", "mip6.ba.t_flag", "mip6.ba.seqnr",
            "mip6.ba.lifetime"};
        MobilityMessage tlv = BindingAcknowledgement.builder().status(3)
                .flags(BindingAcknowledgement.P | BindingAcknowledgement.T).build();
        MobilityMessage own = BindingAcknowledgement.builder().flags(BindingAcknowledgement.K).build();
        assertThat(fields(List.of(Specimens.keyedAnswer(), Specimens.rejection(), tlv, own), names))
                .containsExactly("0|0|1|0|4660|900", "163|0|1|0|65535|0", "3|0|1|1|0|0", "0|1|0|0|0|0");
    }

    @Test
    void options() throws Exception {
        assertThat(fields(List.of(Specimens.keyedRequest()), "mip6.mnid.subtype", "mip6.mnid.identifier", "mip6.hi",
                "mip6.att", "mip6.gre_key", "mip6.mnlli.lli", "mip6.lila_lla", "mip6.nemo.mnp.mnp",
                "mip6.nemo.mnp.pfl"))
                .containsExactly("1|mn1@example.net|1|4|3405643777|02005e100001|fe80::1|2001:db8:1:2::|64");
        assertThat(fields(List.of(Specimens.dualStackRequest()), "mip6.acoa.acoa", "mip6.ipv4ha.preflen",
                "mip6.ipv4ha.ha", "mip6.gre_key")).containsExactly("2001:db8:a::99|24|10.1.2.3|");
        assertThat(fields(List.of(Specimens.dualStackAnswer()), "mip6.ipv4aa.sts", "mip6.ipv4dra.dra",
                "mip6.ipv4dsm.s_flag", "mip6.natd.f_flag", "mip6.natd.refresh_t"))
                .containsExactly("0|10.1.2.1|1|1|110");
        assertThat(tshark.run(frames(List.of(Specimens.keyedRequest())), "-V"))
                .contains("Timestamp: Nov 22, 2024 03:57:52.250000000 UTC");
    }

    @Test
    void errorFields() throws Exception {
        assertThat(fields(List.of(Specimens.error()), "mip6.be.status", "mip6.be.haddr"))
                .containsExactly("2|2001:db8:1:2::5");
    }

    private static List<byte[]> frames(List<? extends MobilityMessage> messages) {
        return messages.stream().map(message -> SignallingPacket.encode(MAG_MAC, LMA_MAC, Octets.MAG, Octets.LMA,
                MobilityHeaderCodec.encode(message, Octets.MAG, Octets.LMA))).collect(Collectors.toList());
    }

    private List<String> fields(List<? extends MobilityMessage> messages, String... names) throws Exception {
        return tshark.fields(frames(messages), names);
    }
}
