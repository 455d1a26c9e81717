# SPDX-License-Identifier: Apache-2.0
"""The parts of the Mininet domain that need neither root nor a network."""

import contextlib
import io
import ipaddress
import pathlib
import signal
import struct
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import cells  # noqa: E402
import demo  # noqa: E402
import output  # noqa: E402
import p4runtime  # noqa: E402
import processes  # noqa: E402
import roam  # noqa: E402
import runner  # noqa: E402
import traffic  # noqa: E402
import wire  # noqa: E402

BUILD = pathlib.Path(__file__).resolve().parent.parent.parent / "p4src" / "build"


class ProtocolBuffers(unittest.TestCase):

    def test_numbers_and_octets_are_encoded_as_the_format_says(self):
        self.assertEqual(p4runtime.message((1, 150), (2, "testing")), bytes.fromhex("08960112") + b"\7testing")

    def test_what_is_absent_is_left_out(self):
        self.assertEqual(p4runtime.message((1, None), (3, b"")), bytes.fromhex("1a00"))

    def test_what_was_encoded_is_found_again(self):
        octets = p4runtime.message((1, 1 << 40), (2, b"one"), (2, b"two"))
        self.assertEqual(list(p4runtime.fields(octets)), [(1, 1 << 40), (2, b"one"), (2, b"two")])
        self.assertEqual(p4runtime.field(octets, 2), b"one")
        self.assertIsNone(p4runtime.field(octets, 9))

    def test_fields_of_fixed_width_are_passed_over(self):
        self.assertEqual(list(p4runtime.fields(bytes.fromhex("0d01020304") + b"\x10\1")), [(1, b"\1\2\3\4"), (2, 1)])

    def test_text_form(self):
        text = 'a { b: 7 c: "x\\001" } # remark\nd: WORD e: true'
        self.assertEqual(p4runtime.parse_text(text), [("a", [("b", 7), ("c", "x\1")]), ("d", "WORD"), ("e", 1)])

    def test_information_on_a_program(self):
        text = 'tables { preamble { id: 5 name: "t" } match_fields { id: 1 bitwidth: 9 match_type: LPM } size: 4 }'
        self.assertEqual(p4runtime.encode_info(p4runtime.parse_text(text)),
                         bytes.fromhex("12") + b"\x11" + bytes.fromhex("0a0508051201") + b"t"
                         + bytes.fromhex("1206080120092803") + bytes.fromhex("4004"))


class Program(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        cls.program = p4runtime.Program((BUILD / "pmip.p4info.txtpb").read_text(), b"{}")

    def test_tables_have_their_keys_and_actions(self):
        _, keys, actions = self.program.tables["access_destinations"]
        self.assertEqual([(name, shape[1], shape[2]) for name, shape in keys.items()],
                         [("domain", 16, "EXACT"), ("ip_version", 4, "EXACT"), ("destination", 128, "LPM")])
        self.assertEqual([name for name, _, _ in actions["expect"][1]],
                         ["session_id", "tunnel_id", "encapsulation", "key"])

    def test_packets_have_their_metadata(self):
        self.assertIn("reason", self.program.packets["packet_in"])
        self.assertIn("egress_port", self.program.packets["packet_out"])

    def test_an_entry(self):
        switch = p4runtime.Switch.__new__(p4runtime.Switch)
        switch.program = self.program
        table, keys, actions = self.program.tables["access_sources"]
        entry = switch.entry("access_sources", {"session_id": 300, "ip_version": 6, "source": (1 << 127, 1)}, "permit")
        self.assertEqual(p4runtime.field(entry, 1), table)
        matches = [value for number, value in p4runtime.fields(entry) if number == 2]
        self.assertEqual(p4runtime.field(p4runtime.field(matches[0], 2), 1), b"\1\x2c")
        self.assertEqual(list(p4runtime.fields(p4runtime.field(matches[2], 4))), [(1, b"\x80" + bytes(15)), (2, 1)])
        action = p4runtime.field(p4runtime.field(entry, 3), 1)
        self.assertEqual(list(p4runtime.fields(action)), [(1, actions["permit"][0])])

    def test_an_entry_is_read_as_it_was_written(self):
        switch = p4runtime.Switch.__new__(p4runtime.Switch)
        switch.program = self.program
        entry = switch.entry("home_networks", {"domain": 1, "ip_version": 6, "destination": (0x2001 << 112, 64)},
                             "to_session", (300,))
        entry += p4runtime.message((7, p4runtime.message((1, 1400), (2, 14))))
        _, keys, actions = self.program.tables["home_networks"]
        self.assertEqual(p4runtime.Reader.decoded(
            entry, {shape[0]: name for name, shape in keys.items()},
            {shape[0]: (name, {one[1]: one[0] for one in shape[1]}) for name, shape in actions.items()}),
            ({"domain": 1, "ip_version": 6, "destination": (0x2001 << 112, 64)}, "to_session", {"session_id": 300}, 14))

    def test_a_prefix_of_no_length_matches_everything(self):
        switch = p4runtime.Switch.__new__(p4runtime.Switch)
        switch.program = self.program
        entry = switch.entry("routes", {"domain": 0, "ip_version": 6, "destination": (0, 0)}, "forward", (1,))
        self.assertEqual(len([1 for number, _ in p4runtime.fields(entry) if number == 2]), 2)

    def test_parameters_must_be_complete(self):
        switch = p4runtime.Switch.__new__(p4runtime.Switch)
        switch.program = self.program
        with self.assertRaises(ValueError):
            switch.entry("next_hops", {"next_hop_id": 1}, "transmit", (1, 0))

    def test_values_are_in_canonical_form(self):
        for value, expected in ((0, "00"), (256, "0100"), ("00:00:5e:00:53:01", "5e005301"), ("::1", "01"),
                                ("192.0.2.1", "c0000201")):
            self.assertEqual(p4runtime.octets(value).hex(), expected)
        self.assertEqual(p4runtime.mapped("192.0.2.1"), int(ipaddress.IPv6Address("::ffff:192.0.2.1")))


class Wire(unittest.TestCase):

    def test_checksums_of_what_is_made_fit(self):
        for packet in (wire.router_advertisement(ipaddress.ip_network("2001:db8:1::/64"), 3600, 1452),
                       wire.neighbour_advertisement("fe80::1", "fe80::2", wire.ROUTER_MAC, True, True)):
            parsed = wire.Packet(packet)
            self.assertEqual(parsed.hop_limit, 255)
            self.assertEqual(wire.checksum(parsed.source, parsed.destination, parsed.next_header, parsed.payload), 0)

    def test_a_router_advertisement_has_link_layer_address_mtu_and_prefix(self):
        body = wire.Packet(wire.router_advertisement(ipaddress.ip_network("2001:db8:1::/64"), 3600, 1452)).payload
        self.assertEqual((body[0], body[16:24].hex(), body[24:32].hex()),
                         (134, "010100005e005213", "05010000000005ac"))
        self.assertEqual(body[32:36].hex() + body[48:64].hex(), "03044040" + "20010db80001" + "00" * 10)

    def test_a_binding_update_is_whole(self):
        message = wire.binding_update("2001:db8::1", "2001:db8::2", 7, 3600, "mn@example.net", 1, 0x01020304,
                                      "02:00:00:00:00:09", now=1.5)
        self.assertEqual(len(message), (message[1] + 1) * 8)
        self.assertEqual(wire.checksum("2001:db8::1", "2001:db8::2", wire.MOBILITY, message), 0)
        self.assertEqual(struct.unpack("!HHH", message[6:12]), (7, 0xC200, 900))
        self.assertIn(bytes([33, 6, 0, 0, 1, 2, 3, 4]), message)
        self.assertIn(bytes([25, 8, 0, 0, 2, 0, 0, 0, 0, 9]), message)
        self.assertIn(bytes([27, 8]) + struct.pack("!Q", 3 << 15), message)

    def test_each_tunnel_is_taken_off_again(self):
        for key in (None, "mode", 0, 0xFFFFFFFF):
            packet = wire.Packet(wire.tunnel("2001:db8::1", "2001:db8::2", key, b"inner"))
            self.assertEqual(wire.untunnel(packet), (key, b"inner"))

    def test_an_ipv4_packet_is_taken_apart_as_it_was_put_together(self):
        packet = wire.Packet(wire.udp4("192.0.2.1", "198.51.100.2", 5436, 5437, b"payload"))
        self.assertEqual((packet.source, packet.destination, packet.next_header, packet.hop_limit, packet.payload),
                         ("192.0.2.1", "198.51.100.2", wire.UDP, 64, bytes.fromhex("153c153d000f0000") + b"payload"))

    def test_an_ipv4_header_sums_up(self):
        self.assertEqual(wire.internet_checksum(wire.ipv4("192.0.2.1", "198.51.100.2", 17, b"x")[:20]), 0)

    def test_what_is_cut_off_is_no_packet(self):
        for whole in (wire.ipv4("192.0.2.1", "198.51.100.2", 17, b"x"), wire.ipv6("::1", "::2", 59, b"x")):
            for length in range(len(whole)):
                with self.assertRaises(ValueError):
                    wire.Packet(whole[:length])

    def test_the_tlv_header_has_the_length_of_what_follows_it(self):
        inner = wire.ipv6("2001:db8::1", "2001:db8::2", 59, b"")
        packet = wire.Packet(wire.tunnel_udp("192.0.2.1", "198.51.100.2", 7, inner))
        self.assertEqual(packet.payload[8:20].hex(), "002f0030" + "200086dd" + "00000007")
        self.assertEqual(packet.payload[20:], inner)

    def test_between_ipv4_addresses_a_binding_update_tells_its_own_and_asks_for_the_tlv_header(self):
        message = wire.binding_update("192.0.2.1", "198.51.100.2", 7, 300, "mn", 1, 1, "02:00:00:00:00:09", home4=True)
        self.assertEqual(struct.unpack("!H", message[8:10])[0], 0xC280)
        self.assertIn(bytes([32, 6, 0, 0, 192, 0, 2, 1]), message)
        self.assertIn(bytes([36, 6]) + bytes(6), message)

    def test_an_acknowledgement_names_the_ipv4_home_address(self):
        message = bytes.fromhex("3b030600 00000000 0007004b 25060060 0a010005 26060000 0a010001")
        packet = wire.Packet(wire.udp4("198.51.100.2", "192.0.2.1", 5436, 5436, message))
        answer = wire.BindingAcknowledgement(packet)
        self.assertEqual((answer.status, answer.sequence, answer.lifetime), (0, 7, 300))
        self.assertEqual([str(part) for part in answer.home4], ["10.1.0.5/24", "10.1.0.1"])

    def test_arp(self):
        request = bytes.fromhex("ffffffffffff 00005e005341 0806 0001 0800 06 04 0001 00005e005341 0a010005 000000000000"
                                " 0a010001")
        self.assertEqual(wire.arp_target(request), "10.1.0.1")
        reply = wire.arp_reply(request, wire.ROUTER_MAC)
        self.assertEqual(reply.hex(), "00005e005341" "00005e005213" "0806" "0001" "0800" "06" "04" "0002"
                         "00005e005213" "0a010001" "00005e005341" "0a010005")
        self.assertIsNone(wire.arp_target(reply))
        self.assertIsNone(wire.arp_target(request[:41]))


class Figures(unittest.TestCase):

    def test_losses_and_gap_of_a_stream(self):
        arrivals = [(number, number / 1000) for number in range(1000) if not 500 <= number < 520]
        result = traffic.evaluate(arrivals, 1000, 1000)
        self.assertEqual((result["lost"], round(result["gap"], 3), result["resumed"]), (20, 20, True))

    def test_a_stream_that_never_comes_back(self):
        self.assertFalse(traffic.evaluate([(0, 0.0), (1, 0.001)], 1000, 1000)["resumed"])
        self.assertEqual(traffic.evaluate([], 1000, 1000)["lost"], 1000)

    def test_a_datagram_that_comes_twice_counts_once(self):
        self.assertEqual(traffic.evaluate([(0, 0.0), (0, 0.1), (1, 0.2)], 3, 10)["lost"], 1)

    def test_what_ping_prints(self):
        output = "\n".join("[%.6f] 64 bytes from 2001:db8::1: icmp_seq=%d ttl=62 time=%d.0 ms" % (10 + n / 10, n, n)
                           for n in (1, 2, 5, 6)) + "\n6 packets transmitted, 4 received, 33% packet loss, time 5ms\n"
        result = traffic.parse_ping(output, 0.1)
        self.assertEqual((result["sent"], result["lost"], result["median"], round(result["gap"]), result["resumed"]),
                         (6, 2, 3.5, 200, True))

    def test_a_ping_that_did_not_run(self):
        with self.assertRaises(wire.Failure):
            traffic.parse_ping("ping: unknown host", 0.1)

    def test_a_failure_on_another_thread_is_not_lost(self):
        def fail():
            raise ValueError("as planned")
        with self.assertRaisesRegex(ValueError, "as planned"):
            traffic.Later(0, fail).result()

    def test_a_tool_that_does_not_end_is_explained_by_what_failed_meanwhile(self):
        def fail():
            raise ValueError("as planned")

        def wait():
            raise subprocess.TimeoutExpired(["tool"], 5)
        with self.assertRaisesRegex(ValueError, "as planned"):
            traffic.Later(0, fail).while_waiting(wait)
        with self.assertRaisesRegex(wire.Failure, "tool has not ended after 5 s"):
            traffic.Later(0, lambda: None).while_waiting(wait)


class Runs(unittest.TestCase):

    def test_both_demonstrations_take_the_same_options_in_common(self):
        given = ["--switch", "softswitch", "--seconds", "3", "--pcap", "captures", "--cli", "--onos", "http://192.0.2.1"]
        for parse in (demo.parse, roam.parse):
            options = parse(given)
            self.assertEqual((options.switch, options.seconds, options.pcap, options.cli, options.onos),
                             ("softswitch", 3, pathlib.Path("captures"), True, "http://192.0.2.1"))

    def test_a_transfer_has_a_length(self):
        for text in ("0", "-1", "3601", "long"):
            said = io.StringIO()
            with contextlib.redirect_stderr(said), self.assertRaises(SystemExit) as ended:
                demo.parse(["--seconds", text])
            self.assertEqual(ended.exception.code, 2)
            self.assertIn("--seconds", said.getvalue())

    def test_the_formats_that_are_offered_are_those_that_are_known(self):
        self.assertEqual(roam.FORMATS, tuple(cells.FORMATS))

    def test_each_controller_is_told_of_its_own_switches(self):
        whole = {"devices": {"device:" + name: {} for name in ("lma1", "mag1", "mag2", "mag3")},
                 "apps": {"org.pmip": {"pmip": {
                     "lma": {"device": "device:lma1"}, "switches": {"device:" + name: {} for name in
                                                                    ("lma1", "mag1", "mag2", "mag3")},
                     "mag": {"gateways": [{"device": "device:mag%d" % number} for number in (1, 2, 3)]}}}}}
        first, second = (cells.part(whole, names) for names in cells.CLUSTERS)
        self.assertEqual(sorted(first["devices"]), ["device:lma1", "device:mag1", "device:mag3"])
        self.assertEqual(sorted(second["devices"]), ["device:mag2"])
        one, two = (config["apps"]["org.pmip"]["pmip"] for config in (first, second))
        self.assertEqual(sorted(two), ["mag", "switches"])
        self.assertEqual(one["lma"], {"device": "device:lma1"})
        self.assertEqual(two["mag"], {"gateways": [{"device": "device:mag2"}], "parameters": {"gatewaysAreAll": False},
                                      "downlinkKeys": {"first": 1000001, "last": 2000000}})
        self.assertEqual(len(whole["devices"]), 4)
        with contextlib.redirect_stderr(io.StringIO()) as said, self.assertRaises(SystemExit):
            roam.parse(["--clusters", "2", "--onos", "http://192.0.2.1"])
        self.assertIn("leave out --onos", said.getvalue())

    def test_what_is_missing_is_said_with_the_package(self):
        problems = runner.missing("mininet/demo.py", ["softswitch"], programs=[("no-such-program", "its-package")])
        self.assertIn("no-such-program is missing (Debian: apt-get install its-package)", problems)

    def test_what_takes_too_long_says_where_it_stands(self):
        before = signal.getsignal(signal.SIGALRM)
        try:
            runner.limit(1000)
            with self.assertRaisesRegex(wire.Failure, "not done after 1000 s; at test_parts.py:"):
                signal.raise_signal(signal.SIGALRM)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)

    def test_a_switch_is_told_its_ports_and_one_that_ends_is_not_waited_for(self):
        with tempfile.TemporaryDirectory() as work:
            for name, thrift in (("simple_switch_grpc", True), ("softswitch", False)):
                log = pathlib.Path(work, name)
                process = processes.start_switch(["sh", "-c", 'echo "$@"', name], 7, "127.0.0.1:1", {1: "a", 2: "b"}, log)
                with self.assertRaisesRegex(wire.Failure, "127.0.0.1:1; the switch's log is " + str(log)):
                    processes.wait_for_switch(process, "127.0.0.1:1", log)
                self.assertIsNotNone(process.poll())
                said = log.read_text()
                self.assertTrue(said.startswith("--no-p4 --device-id 7 -i 1@a -i 2@b "), said)
                self.assertTrue(said.endswith("-- --grpc-server-addr 127.0.0.1:1 --cpu-port 255\n"), said)
                self.assertEqual("--thrift-port" in said, thrift)


class Output(unittest.TestCase):

    def test_a_table_has_numbers_to_the_right_and_dashes_for_nothing(self):
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            output.table("Title", ("name", "value"), [("a", 1.25), ("bcd", None), ("e", 100)])
        self.assertEqual(said.getvalue().splitlines(),
                         ["", "Title", "  name  value", "  ----  -----", "  a       1.2", "  bcd       -", "  e       100"])


if __name__ == "__main__":
    unittest.main()
