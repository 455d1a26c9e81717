// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.lma.LmaParameters;
import org.pmip.protocol.wire.option.Ipv4DhcpSupportMode;

import static org.assertj.core.api.Assertions.assertThat;

/** Protocol variables of the configuration over those of the cluster. */
class ParametersTest {

    private static final LmaParameters CLUSTER = LmaParameters.DEFAULTS.withMinDelayBeforeBceDelete(1)
            .withMaxDelayBeforeNewBceAssign(2).withTimestampValidityWindow(3).withLifetimeCap(40).withNatKeepalive(5)
            .withFixedMagLinkLocalAddress(Ip6Address.valueOf("fe80::5")).withAcceptTlvHeader(false)
            .withAcceptForcedIpv4UdpEncapsulationRequest(true).withUplinkKeyQuarantine(6).withAssignmentMemory(7)
            .withDhcpSupportMode(Optional.of(Ipv4DhcpSupportMode.of(true)));

    private static LmaParameters read(String parameters, LmaParameters defaults) throws Exception {
        String config = "{'lma': {'device': 'device:lma1', 'address': '2001:db8:0:1::1',"
                + (parameters == null ? "" : "'parameters': " + parameters + ",")
                + "'mags': [{'address': '2001:db8:0:11::1'}]}, 'switches': {'device:lma1': {'interfaces': [{'port': 1,"
                + "'role': 'transport', 'mac': '00:00:5e:00:53:01', 'addresses': ['2001:db8:0:1::1']}]}}}";
        return PmipConfigParser.parse(new ObjectMapper().readTree(config.replace('\'', '"')), defaults,
                PmipConfigParser.GATEWAYS).lma().orElseThrow().parameters();
    }

    @Test
    void whatIsNotNamedIsTheClusters() throws Exception {
        assertThat(read(null, CLUSTER)).usingRecursiveComparison().isEqualTo(CLUSTER);
        assertThat(read("{}", CLUSTER)).usingRecursiveComparison().isEqualTo(CLUSTER);
    }

    @Test
    void whatIsNamedCounts() throws Exception {
        assertThat(read("{'minDelayBeforeBceDelete': 10000, 'maxDelayBeforeNewBceAssign': 1500,"
                + "'timestampValidityWindow': 300, 'lifetimeCap': 3600, 'natKeepalive': 110,"
                + "'fixedMagLinkLocalAddressOnAllAccessLinks': '::', 'acceptTlvHeader': true,"
                + "'acceptForcedIpv4UdpEncapsulationRequest': false, 'uplinkKeyQuarantine': 10000,"
                + "'assignmentMemory': 0, 'dhcpSupportMode': 'none'}", CLUSTER))
                .usingRecursiveComparison().isEqualTo(LmaParameters.DEFAULTS);
    }

    /** No default makes a valid configuration invalid. */
    @ParameterizedTest
    @CsvSource({"false, false, {'mobileNodeGeneratedTimestampInUse': true}, true, true",
        "true, true, {'timestampBasedApproachInUse': false}, false, false",
        "false, false, {'timestampBasedApproachInUse': true}, true, false",
        "true, true, {'mobileNodeGeneratedTimestampInUse': false}, true, false",
        "true, true, {}, true, true", "false, false, {}, false, false"})
    void timestamps(boolean inUse, boolean byNodes, String given, boolean inUseThen, boolean byNodesThen)
            throws Exception {
        LmaParameters read = read(given, LmaParameters.DEFAULTS.withTimestampBasedApproachInUse(inUse)
                .withMobileNodeGeneratedTimestampInUse(byNodes));
        assertThat(read.timestampBasedApproachInUse()).isEqualTo(inUseThen);
        assertThat(read.mobileNodeGeneratedTimestampInUse()).isEqualTo(byNodesThen);
    }
}
