# SPDX-License-Identifier: Apache-2.0
"""A plain Python controller of the switch that runs lab.p4: client.py ADDRESS DESCRIPTORS CONFIG.

DESCRIPTORS is a FileDescriptorSet of P4Runtime, from which protobuf makes the messages, so that no generated stubs are
needed; CONFIG is a ForwardingPipelineConfig. Each step fails with an exception; in the end "all seen" is printed.
"""

import queue
import sys

import grpc
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

SECONDS = 30


class Messages:
    """The messages of P4Runtime by their names without package."""

    def __init__(self, octets):
        files = descriptor_pb2.FileDescriptorSet.FromString(octets)
        self.pool = descriptor_pool.DescriptorPool()
        for file in files.file:
            self.pool.Add(file)

    def __getattr__(self, name):
        return self.of("p4.v1." + name)

    def of(self, name):
        descriptor = self.pool.FindMessageTypeByName(name)
        if hasattr(message_factory, "GetMessageClass"):
            return message_factory.GetMessageClass(descriptor)
        return message_factory.MessageFactory(self.pool).GetPrototype(descriptor)


class Controller:
    """One stream with its election id, and the calls beside it."""

    def __init__(self, address, messages, election):
        self.messages, self.election = messages, election
        self.channel = grpc.insecure_channel(address)
        self.outgoing = queue.Queue()
        self.stream = self.channel.stream_stream(
            "/p4.v1.P4Runtime/StreamChannel", messages.StreamMessageRequest.SerializeToString,
            messages.StreamMessageResponse.FromString)(iter(self.outgoing.get, None), timeout=4 * SECONDS)
        request = messages.StreamMessageRequest()
        request.arbitration.device_id = 1
        request.arbitration.election_id.low = election
        self.outgoing.put(request)

    def next(self):
        return next(self.stream)

    def call(self, method, request, response, stream=False):
        make = self.channel.unary_stream if stream else self.channel.unary_unary
        return make("/p4.v1.P4Runtime/" + method, type(request).SerializeToString, response.FromString)(
            request, timeout=SECONDS)

    def update(self, request, kind):
        update = request.updates.add()
        update.type = kind
        return update.entity

    def request(self):
        request = self.messages.WriteRequest(device_id=1)
        request.election_id.low = self.election
        return request

    def write(self, request):
        self.call("Write", request, self.messages.WriteResponse)

    def read(self, entity):
        request = self.messages.ReadRequest(device_id=1)
        request.entities.add().CopyFrom(entity)
        return [one for response in self.call("Read", request, self.messages.ReadResponse, True)
                for one in response.entities]

    def close(self):
        self.outgoing.put(None)
        self.channel.close()


def station(entity, ids, mac, action, value):
    entry = entity.table_entry
    entry.table_id = ids["stations"]
    match = entry.match.add(field_id=1)
    match.exact.value = mac
    entry.action.action.action_id = ids[action]
    entry.action.action.params.add(param_id=1, value=value)


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def run(address, messages, config):
    ids = {one.preamble.alias: one.preamble.id for kind in (config.p4info.tables, config.p4info.actions)
           for one in kind}
    first = Controller(address, messages, 5)
    check(first.next().arbitration.status.code == 0, "the first controller is primary")
    second = Controller(address, messages, 4)
    check(second.next().arbitration.status.code == 6, "the second controller is backup")
    answer = first.call("Capabilities", messages.CapabilitiesRequest(), messages.CapabilitiesResponse)
    check(answer.p4runtime_api_version.startswith("1."), "a version")

    setting = messages.SetForwardingPipelineConfigRequest(device_id=1, action=3)
    setting.election_id.low = 5
    setting.config.CopyFrom(config)
    first.call("SetForwardingPipelineConfig", setting, messages.SetForwardingPipelineConfigResponse)
    got = first.call("GetForwardingPipelineConfig", messages.GetForwardingPipelineConfigRequest(device_id=1),
                     messages.GetForwardingPipelineConfigResponse)
    check(got.config == config, "the pipeline that was set")

    request = first.request()
    station(first.update(request, 1), ids, b"\xaa", "punt", b"\x07")
    station(first.update(request, 1), ids, b"\xbb", "forward", b"\x02")
    first.write(request)
    try:
        first.write(request)
    except grpc.RpcError as error:
        details = dict(error.trailing_metadata())["grpc-status-details-bin"]
        status = messages.of("google.rpc.Status").FromString(details)
        codes = [messages.Error.FromString(one.value).canonical_code for one in status.details]
        check(error.code() == grpc.StatusCode.UNKNOWN and codes == [6, 6], "errors one by one: %s" % codes)
    else:
        raise AssertionError("entries were inserted twice")

    request.election_id.low = 4
    try:
        second.write(request)
    except grpc.RpcError as error:
        check(error.code() == grpc.StatusCode.PERMISSION_DENIED, "the backup may not write: %s" % error.code())
    else:
        raise AssertionError("the backup has written")

    pattern = messages.Entity()
    pattern.table_entry.table_id = ids["stations"]
    pattern.table_entry.counter_data.SetInParent()
    check(len(first.read(pattern)) == 2, "two stations")

    out = messages.StreamMessageRequest()
    out.packet.payload = bytes.fromhex("0000000000aa0000000000bb88b60102")
    out.packet.metadata.add(metadata_id=1, value=b"\x00")
    out.packet.metadata.add(metadata_id=2, value=b"\x01")
    first.outgoing.put(out)
    packet = first.next().packet
    check(packet.payload == out.packet.payload, "the packet comes back: %s" % packet)
    counted = [one.table_entry.counter_data.packet_count for one in first.read(pattern)]
    check(sorted(counted) == [0, 1], "it was counted once: %s" % counted)

    first.close()
    check(second.next().arbitration.status.code == 5, "there is no primary any more")
    second.close()


def main():
    with open(sys.argv[2], "rb") as file:
        messages = Messages(file.read())
    with open(sys.argv[3], "rb") as file:
        config = messages.ForwardingPipelineConfig.FromString(file.read())
    run(sys.argv[1], messages, config)
    print("all seen")


main()
