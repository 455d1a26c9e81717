// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortSpecTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "1@veth0", "0@eth0.100", "510@lo", "7@udp:127.0.0.1:5001/127.0.0.1:6001", "7@udp:127.0.0.1:0/127.0.0.1:1",
        "7@pcap:in.pcap,out.pcap", "7@pcap:in.pcap,", "7@pcap:,out.pcap"})
    void readsWhatItWrites(String text) {
        PortSpec.Numbered port = PortSpec.parse(text);
        assertThat(port).hasToString(text);
        assertThat(port.port()).hasToString(text);
    }

    @Test
    void knowsIpv6AndLocalhost() {
        assertThat(PortSpec.parse("1@udp:[::1]:5001/[::1]:6001")).hasToString(
                "1@udp:[0:0:0:0:0:0:0:1]:5001/[0:0:0:0:0:0:0:1]:6001");
        assertThat(PortSpec.parse("1@udp:localhost:5001/127.9.9.9:6001").spec()).hasToString(
                "udp:127.0.0.1:5001/127.9.9.9:6001");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "veth0                              | is not PORT@SPEC",
        "@veth0                             | is not PORT@SPEC",
        "1@                                 | is not PORT@SPEC",
        "one@veth0                          | is not a port number",
        "-1@veth0                           | is not from 0 to 510",
        "511@veth0                          | is not from 0 to 510",
        "1@an interface                     | is not the name of an interface",
        "1@muchtoolonganame                 | is not the name of an interface",
        "1@tcp:127.0.0.1:1                  | is not the name of an interface",
        "1@udp:127.0.0.1:5001               | is not udp:LOCALHOST:PORT/REMOTEHOST:PORT",
        "1@udp:127.0.0.1:5001/1/2           | is not udp:LOCALHOST:PORT/REMOTEHOST:PORT",
        "1@udp:127.0.0.1/127.0.0.1:1        | is not HOST:PORT",
        "1@udp:127.0.0.1:x/127.0.0.1:1      | is not HOST:PORT",
        "1@udp:127.0.0.1:65536/127.0.0.1:1  | is not a UDP port",
        "1@udp:127.0.0.1:1/127.0.0.1:0      | is not a UDP port",
        "1@udp:192.0.2.1:1/127.0.0.1:1      | is not a loopback address",
        "1@udp:127.0.0.1:1/192.0.2.1:1      | is not a loopback address",
        "1@udp:127.0.0.1:1/[2001:db8::1]:1  | is not a loopback address",
        "1@udp:127.0.0.1:1/example.net:1    | is not a loopback address",
        "1@pcap:in.pcap                     | is not pcap:IN.pcap,OUT.pcap",
        "1@pcap:,                           | is not pcap:IN.pcap,OUT.pcap"})
    void saysWhatIsWrong(String text, String reason) {
        assertThatIllegalArgumentException().isThrownBy(() -> PortSpec.parse(text)).withMessageContaining(reason)
                .withMessageContaining(text.trim());
    }

    @Test
    void otherAddressesThanLoopbackAreRefusedInTheApiToo() {
        InetSocketAddress here = new InetSocketAddress("127.0.0.1", 1);
        InetSocketAddress there = new InetSocketAddress("192.0.2.1", 1);
        assertThatIllegalArgumentException().isThrownBy(() -> new UdpPort(1, here, there))
                .withMessageContaining("is not a loopback address");
        assertThatIllegalArgumentException().isThrownBy(() -> new UdpPort(1, there, here))
                .withMessageContaining("is not a loopback address");
    }
}
