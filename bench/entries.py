#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Start, memory, inserts and reads a second of softswitch, and of bmv2 where simple_switch_grpc is on the PATH.

One client, in Python, drives both with the same requests, which are encoded beforehand. Rounds are interleaved, and the
best of each is told, because everything else on the machine can only make a switch slower. Needs gRPC for Python
(Debian: python3-grpcio); no root.
"""

import argparse
import pathlib
import shutil
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "mininet"))

import p4runtime  # noqa: E402
from p4runtime import INSERT, message  # noqa: E402
from processes import free_port, resident, start_switch, stop, switch_command, wait_for_switch  # noqa: E402

# Between two looks whether a switch is there, whose start is measured.
LOOK_SECONDS = 0.005
BATCH = 100
TABLE, ACTION = "downlink_sessions", "encapsulate_gre_key"


def per_second(switch, requests, entries):
    write = switch.channel.unary_unary("/p4.v1.P4Runtime/Write")
    began = time.perf_counter()
    for request in requests:
        write(request, timeout=p4runtime.ANSWER_SECONDS)
    return entries / (time.perf_counter() - began)


def reads(switch, entries):
    """Entries a second of a wildcard read, and how many came."""
    request = message((1, switch.device_id), (2, message((2, message((1, switch.program.tables[TABLE][0]))))))
    began, count = time.perf_counter(), 0
    for response in switch.channel.unary_stream("/p4.v1.P4Runtime/Read")(request, timeout=p4runtime.ANSWER_SECONDS):
        count += sum(1 for number, _ in p4runtime.fields(response) if number == 1)
    took = time.perf_counter() - began
    if count != entries:
        raise RuntimeError("%d entries were written and %d read" % (entries, count))
    return count / took


def measure(command, program, entries, passes, work):
    address, log = "127.0.0.1:%d" % free_port(), work / "switch.log"
    began = time.perf_counter()
    process = start_switch(command, 1, address, {}, log)
    try:
        wait_for_switch(process, address, log, pause=LOOK_SECONDS)
        figures = {"start, s": time.perf_counter() - began}
        switch = p4runtime.Switch(address, 1, program)
        switch.channel = p4runtime.grpc.insecure_channel(
            address, [("grpc.max_receive_message_length", -1)])

        def request(numbers):
            return message((1, 1), (3, switch.election), *((4, message((1, INSERT), (2, message((2, switch.entry(
                TABLE, {"session_id": number}, ACTION, [number % 255 + 1, number])))))) for number in numbers))

        singles = [request([number]) for number in range(1, entries // 4 + 1)]
        batches = [request(range(at, at + BATCH)) for at in range(entries // 4 + 1, entries + 1, BATCH)]
        for turn in range(passes):
            # A pipeline that is set anew is empty. A JVM is quick only when it has done the same before, with one
            # request at a time some 15,000 times.
            began = time.perf_counter()
            switch.install()
            took = {"pipeline, s": time.perf_counter() - began}
            if turn == 0:
                figures["empty, MB"] = resident(process)
            took["inserts one by one, /s"] = per_second(switch, singles, len(singles))
            took["inserts by 100, /s"] = per_second(switch, batches, len(batches) * BATCH)
            took["entries read, /s"] = reads(switch, len(singles) + len(batches) * BATCH)
            for what, number in took.items():
                figures.setdefault("first " + what, number)
                if turn > 0:
                    better = max if what.endswith("/s") else min
                    figures["then " + what] = better(number, figures.get("then " + what, number))
        figures["full, MB"] = resident(process)
        switch.close()
        return figures
    finally:
        stop(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=8000, help="how many are inserted (%(default)s)")
    parser.add_argument("--passes", type=int, default=12, help="how often in one switch (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is started (%(default)s)")
    options = parser.parse_args()
    build = ROOT / "p4src" / "build"
    program = p4runtime.Program((build / "pmip.p4info.txtpb").read_text(), (build / "pmip.json").read_bytes())
    switches = {"softswitch": switch_command("softswitch")}
    if shutil.which("simple_switch_grpc"):
        switches["bmv2"] = switch_command("bmv2")
    best = {name: {} for name in switches}
    with tempfile.TemporaryDirectory(prefix="pmip-entries-") as work:
        for _ in range(options.rounds):
            for name, command in switches.items():
                found = measure(command, program, options.entries, options.passes, pathlib.Path(work))
                for what, number in found.items():
                    better = max if what.endswith("/s") else min
                    best[name][what] = better(number, best[name].get(what, number))
    print("%-30s" % "%d entries" % options.entries + "".join("%14s" % name for name in switches))
    for what in best["softswitch"]:
        print("%-30s" % what + "".join("%14s" % format(best[name][what], ",.2f" if what.endswith(" s") else ",.0f")
                                       for name in switches))
    if "bmv2" not in switches:
        print("bmv2 is not measured: simple_switch_grpc is not on the PATH", file=sys.stderr)


if __name__ == "__main__":
    main()
