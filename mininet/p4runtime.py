# SPDX-License-Identifier: Apache-2.0
"""A small P4Runtime client: tables by their names, packets in and out, counters.

Needs gRPC for Python (Debian: python3-grpcio) and nothing else: the few messages are encoded here, after
p4runtime.proto and p4info.proto of P4Runtime 1.3.
"""

import ipaddress
import queue
import re
import threading

import grpc

from wire import Failure

INSERT, MODIFY, DELETE = 1, 2, 3
VERIFY_AND_COMMIT = 3
ANSWER_SECONDS = 60


# --- protocol buffers -------------------------------------------------------------------------------------------------

def varint(number):
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def message(*fields):
    """Encodes (number, value) pairs; a value is an int, str or bytes, and what is None is left out."""
    out = bytearray()
    for number, value in fields:
        if value is None:
            continue
        if isinstance(value, int):
            out += varint(number << 3) + varint(value)
        else:
            octets = value.encode() if isinstance(value, str) else value
            out += varint(number << 3 | 2) + varint(len(octets)) + octets
    return bytes(out)


def fields(octets):
    """Yields (number, value) of an encoded message; a value is an int or bytes."""
    at = 0

    def number():
        nonlocal at
        result = shift = 0
        while True:
            octet = octets[at]
            at += 1
            result |= (octet & 0x7F) << shift
            shift += 7
            if octet < 0x80:
                return result

    while at < len(octets):
        tag = number()
        if tag & 7 == 0:
            yield tag >> 3, number()
        elif tag & 7 == 2:
            size = number()
            yield tag >> 3, octets[at:at + size]
            at += size
        else:
            size = {1: 8, 5: 4}[tag & 7]
            yield tag >> 3, octets[at:at + size]
            at += size


def field(octets, number, default=None):
    return next((value for have, value in fields(octets) if have == number), default)


# --- P4Info -----------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r'\s*(?:#[^\n]*\n\s*)*([A-Za-z0-9_.+-]+|"(?:[^"\\]|\\.)*"|[{}:<>\[\]])')

# What a switch must know of the program: for each message, its fields' numbers and, for messages and enumerations, of
# what kind they are.
PREAMBLE = {"id": (1, None), "name": (2, None), "alias": (3, None), "annotations": (4, None)}
MATCH_TYPE = {"EXACT": 2, "LPM": 3, "TERNARY": 4, "RANGE": 5, "OPTIONAL": 6}
PARAMETER = {"id": (1, None), "name": (2, None), "annotations": (3, None), "bitwidth": (4, None)}
P4INFO = {
    "pkg_info": (1, {"name": (1, None), "version": (2, None), "arch": (5, None)}),
    "tables": (2, {
        "preamble": (1, PREAMBLE),
        "match_fields": (2, dict(PARAMETER, match_type=(5, MATCH_TYPE))),
        "action_refs": (3, {"id": (1, None), "annotations": (2, None),
                            "scope": (3, {"TABLE_AND_DEFAULT": 0, "TABLE_ONLY": 1, "DEFAULT_ONLY": 2})}),
        "const_default_action_id": (4, None), "direct_resource_ids": (7, None), "size": (8, None),
        "is_const_table": (10, None)}),
    "actions": (3, {"preamble": (1, PREAMBLE), "params": (2, PARAMETER)}),
    "direct_counters": (6, {"preamble": (1, PREAMBLE), "direct_table_id": (3, None),
                            "spec": (2, {"unit": (1, {"BYTES": 1, "PACKETS": 2, "BOTH": 3})})}),
    "meters": (7, {"preamble": (1, PREAMBLE), "size": (3, None),
                   "spec": (2, {"unit": (1, {"BYTES": 1, "PACKETS": 2})})}),
    "controller_packet_metadata": (9, {"preamble": (1, PREAMBLE), "metadata": (2, PARAMETER)}),
}


def parse_text(text):
    """The text form of a protocol buffer as a list of (name, value); values are lists again, ints or strings."""
    tokens = TOKEN.findall(text)
    at = 0

    def block():
        nonlocal at
        result = []
        while at < len(tokens) and tokens[at] != "}":
            name = tokens[at]
            at += 1
            if tokens[at] == ":":
                at += 1
            if tokens[at] == "{":
                at += 1
                result.append((name, block()))
                at += 1
            else:
                word = tokens[at]
                at += 1
                if word[0] == '"':
                    word = word[1:-1].encode().decode("unicode_escape")
                elif re.fullmatch(r"\d+", word):
                    word = int(word)
                elif word in ("true", "false"):
                    word = int(word == "true")
                result.append((name, word))
        return result

    return block()


def encode_info(pairs, schema=None):
    """Encodes parsed P4Info; what the schema does not know, type names for example, no switch needs."""
    out = []
    for name, value in pairs:
        number, kind = (schema or P4INFO).get(name, (None, None))
        if number is None:
            continue
        if isinstance(value, list):
            value = encode_info(value, kind)
        elif kind is not None:
            value = kind[value]
        out.append((number, value))
    return message(*out)


def first(pairs, name, default=None):
    return next((value for have, value in pairs if have == name), default)


class Program:
    """What of a program is needed to write its tables: numbers and widths by name."""

    def __init__(self, p4info, json):
        self.json = json
        pairs = parse_text(p4info)
        self.info = encode_info(pairs)
        actions = {}
        for _, action in (pair for pair in pairs if pair[0] == "actions"):
            number = first(first(action, "preamble"), "id")
            actions[number] = (first(first(action, "preamble"), "name"), [
                (first(one, "name"), first(one, "id"), first(one, "bitwidth"))
                for name, one in action if name == "params"])
        self.tables = {}
        for _, table in (pair for pair in pairs if pair[0] == "tables"):
            keys = {first(one, "name"): (first(one, "id"), first(one, "bitwidth"), first(one, "match_type"))
                    for name, one in table if name == "match_fields"}
            own = {}
            for number in (first(one, "id") for name, one in table if name == "action_refs"):
                own[actions[number][0].rsplit(".", 1)[-1]] = (number, actions[number][1])
            preamble = first(table, "preamble")
            self.tables[first(preamble, "name")] = (first(preamble, "id"), keys, own)
        self.packets = {}
        for _, header in (pair for pair in pairs if pair[0] == "controller_packet_metadata"):
            self.packets[first(first(header, "preamble"), "name")] = {
                first(one, "name"): first(one, "id") for name, one in header if name == "metadata"}


def octets(value):
    """A number, address or MAC address in P4Runtime's canonical form: no leading zeros. IPv4 stays 32 bits wide."""
    if isinstance(value, str):
        value = value.replace(":", "") if re.fullmatch(r"([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}", value) \
            else "%x" % int(ipaddress.ip_address(value))
        value = int(value, 16)
    return value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big")


def mapped(address):
    """An address as the pipeline's 128 bits: IPv4 in its mapped form."""
    address = ipaddress.ip_address(address)
    return (0xFFFF << 32 | int(address)) if address.version == 4 else int(address)


class Reader:
    """A P4Runtime switch that somebody else controls."""

    def __init__(self, address, device_id, program):
        self.device_id, self.program = device_id, program
        self.channel = grpc.insecure_channel(address)

    def counters(self, table):
        """Packets counted by each entry of a table with a direct counter, by the value of the entry's only key."""
        entity = message((8, message((1, message((1, self.program.tables[table][0]))))))
        counts = {}
        for response in self.channel.unary_stream("/p4.v1.P4Runtime/Read")(
                message((1, self.device_id), (2, entity)), timeout=ANSWER_SECONDS):
            for one in (value for number, value in fields(response) if number == 1):
                counter = field(one, 8)
                key = field(field(field(field(counter, 1), 2, b""), 2, b""), 1, b"")
                counts[int.from_bytes(key, "big")] = field(field(counter, 2, b""), 2, 0)
        return counts

    def entries(self, table):
        """The entries of a table: keys by name (prefixes as (value, length)), action, parameters by name, packets."""
        number, keys, actions = self.program.tables[table]
        key_names = {shape[0]: name for name, shape in keys.items()}
        action_names = {shape[0]: (name, {one[1]: one[0] for one in shape[1]}) for name, shape in actions.items()}
        counted = message((1, number), (7, b""))
        found = []
        for response in self.channel.unary_stream("/p4.v1.P4Runtime/Read")(
                message((1, self.device_id), (2, message((2, counted)))), timeout=ANSWER_SECONDS):
            for entity in (value for have, value in fields(response) if have == 1):
                found.append(self.decoded(field(entity, 2), key_names, action_names))
        return found

    @staticmethod
    def decoded(entry, key_names, action_names):
        matched = {}
        for match in (value for have, value in fields(entry) if have == 2):
            name = key_names[field(match, 1)]
            exact, prefix = field(match, 2), field(match, 4)
            if exact is not None:
                matched[name] = int.from_bytes(field(exact, 1, b""), "big")
            elif prefix is not None:
                matched[name] = int.from_bytes(field(prefix, 1, b""), "big"), field(prefix, 2, 0)
        action = field(field(entry, 3, b""), 1, b"")
        name, parameters = action_names[field(action, 1)]
        values = {parameters[field(one, 2)]: int.from_bytes(field(one, 3, b""), "big")
                  for have, one in fields(action) if have == 4}
        return matched, name, values, field(field(entry, 7, b""), 2, 0)

    def close(self):
        self.channel.close()


class Switch(Reader):
    """A P4Runtime switch of which this process is the primary controller. Use from any thread."""

    def __init__(self, address, device_id, program, packet_in=lambda payload, metadata: None):
        """packet_in is called with each packet and its metadata by name, on the stream's own thread."""
        super().__init__(address, device_id, program)
        self.packet_in = packet_in
        self.election = message((2, 1))
        self.outgoing = queue.Queue()
        self.primary = threading.Event()
        self.incoming = self.channel.stream_stream("/p4.v1.P4Runtime/StreamChannel")(iter(self.outgoing.get, None))
        self.outgoing.put(message((1, message((1, device_id), (3, self.election)))))
        threading.Thread(target=self.receive, daemon=True).start()
        if not self.primary.wait(ANSWER_SECONDS):
            raise Failure("%s did not make us its primary controller" % address)

    def receive(self):
        names = {number: name for name, number in self.program.packets["packet_in"].items()}
        try:
            for response in self.incoming:
                for number, value in fields(response):
                    if number == 1:
                        self.primary.set()
                    elif number == 2:
                        metadata = {names[field(one, 1)]: int.from_bytes(field(one, 2, b""), "big")
                                    for have, one in fields(value) if have == 2}
                        self.packet_in(field(value, 1, b""), metadata)
        except grpc.RpcError:
            # The switch has ended, or close() was called; either way there is nothing more to come.
            return

    def call(self, method, request):
        return self.channel.unary_unary("/p4.v1.P4Runtime/" + method)(request, timeout=ANSWER_SECONDS)

    def install(self):
        """Makes the switch run the program."""
        config = message((1, self.program.info), (2, self.program.json))
        self.call("SetForwardingPipelineConfig", message((1, self.device_id), (3, self.election),
                                                         (4, VERIFY_AND_COMMIT), (5, config)))

    def entry(self, table, keys, action=None, parameters=(), priority=0):
        """A table entry: exact keys are values, prefixes pairs of value and length, ternary ones pairs with a mask."""
        table_id, shapes, actions = self.program.tables[table]
        parts = [(1, table_id)]
        for name, value in keys.items():
            number, width, kind = shapes[name]
            if kind == "EXACT":
                match = (2, message((1, octets(value))))
            elif kind == "LPM":
                match = (4, message((1, octets(value[0])), (2, value[1])))
                if value[1] == 0:
                    continue
            else:
                match = (3, message((1, octets(value)), (2, octets((1 << width) - 1))))
            parts.append((2, message((1, number), match)))
        if action is not None:
            number, shapes = actions[action]
            parameters = [(4, message((2, shape[1]), (3, octets(value)))) for shape, value in zip(shapes, parameters,
                                                                                             strict=True)]
            parts.append((3, message((1, message((1, number), *parameters)))))
        if priority:
            parts.append((4, priority))
        return message(*parts)

    def write(self, *updates):
        """Writes (INSERT | MODIFY | DELETE, entry) pairs in one batch; raises grpc.RpcError if any is refused."""
        self.call("Write", message((1, self.device_id), (3, self.election), *(
            (4, message((1, kind), (2, message((2, entry))))) for kind, entry in updates)))

    def insert(self, table, keys, action, *parameters, priority=0):
        self.write((INSERT, self.entry(table, keys, action, parameters, priority)))

    def send(self, port, payload):
        """Sends a frame out of a port."""
        ids = self.program.packets["packet_out"]
        values = {"egress_port": port}
        self.outgoing.put(message((2, message((1, payload), *(
            (2, message((1, number), (2, octets(values.get(name, 0))))) for name, number in ids.items())))))

    def close(self):
        self.outgoing.put(None)
        super().close()
