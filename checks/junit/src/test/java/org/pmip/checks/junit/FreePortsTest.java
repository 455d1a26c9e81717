// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    @Test
    void eachPortIsGivenOnceAndIsFree() throws Exception {
        Set<Integer> given = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            int port = i % 2 == 0 ? FreePorts.udp() : FreePorts.tcp();
            assertThat(given.add(port)).isTrue();
            assertThat(port).isBetween(20_000, 31_999);
        }
    }

    @Test
    void whatIsInUseIsNotGiven() throws Exception {
        try (DatagramSocket one = new DatagramSocket(FreePorts.udp(), InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 12_100; i++) {
                assertThat(FreePorts.udp()).isNotEqualTo(one.getLocalPort());
            }
        }
    }
}
