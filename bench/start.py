#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""From the start of a switch's process to a program that runs: softswitch, and bmv2 where it is on the PATH.

Two ways: the program on the command line, until the switch serves P4Runtime; and a controller in Python that is there
from the beginning and sets the program, until the switch has said that it runs. Softswitch is measured as it is and,
after "./pmip prepare", with the classes that this has kept. Rounds are interleaved; the best and the median are told.
Needs gRPC for Python (Debian: python3-grpcio); no root.
"""

import argparse
import pathlib
import shutil
import statistics
import sys
import tempfile
import time

sys.dont_write_bytecode = True

import entries  # noqa: E402
import p4runtime  # noqa: E402
from processes import (free_port, processor_seconds, resident, start_switch, stop, switch_command,  # noqa: E402
                       wait_for_switch)
from wire import Failure  # noqa: E402


class Given(p4runtime.Program):
    """A program with its P4Info as p4c wrote it in binary form, of which nothing is known here."""

    def __init__(self, info, json):
        super().__init__("", json)
        self.info, self.packets = info, {"packet_in": {}}


def measure(command, json, program, log):
    """Seconds on the command line, seconds with a controller, processor seconds of the latter, MB."""
    address = "127.0.0.1:%d" % free_port()
    began = time.perf_counter()
    process = start_switch(command, 1, address, {}, log, program=str(json))
    try:
        wait_for_switch(process, address, log, pause=entries.LOOK_SECONDS)
        alone = time.perf_counter() - began
    finally:
        stop(process)
    address = "127.0.0.1:%d" % free_port()
    began = time.perf_counter()
    process = start_switch(command, 1, address, {}, log)
    try:
        wait_for_switch(process, address, log, pause=entries.LOOK_SECONDS)
        switch = p4runtime.Switch(address, 1, program)
        switch.install()
        took = time.perf_counter() - began
        used, memory = processor_seconds(process), resident(process)
        switch.close()
        return alone, took, used, memory
    finally:
        stop(process)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5, help="how often each is started (%(default)s)")
    parser.add_argument("--program", action="append", nargs=2, metavar=("JSON", "P4INFO"), default=[],
                        help="another program: p4c's JSON and its P4Info in binary form; more than once")
    options = parser.parse_args()
    build = entries.ROOT / "p4src" / "build"
    programs = {"pmip": (build / "pmip.json", p4runtime.Program((build / "pmip.p4info.txtpb").read_text(),
                                                                (build / "pmip.json").read_bytes()))}
    for json, info in options.program:
        json = pathlib.Path(json).resolve()
        programs[json.stem] = json, Given(pathlib.Path(info).read_bytes(), json.read_bytes())
    archive = entries.ROOT / "standalone" / "target" / "dist" / "softswitch.jsa"
    softswitch = switch_command("softswitch")
    switches = {"softswitch": softswitch}
    if archive.exists():
        # The later of two options of one name counts, and this is what the JVM has anyway.
        java = pathlib.Path(shutil.which("java")).resolve().parent.parent
        own = "PMIP_JAVA_OPTS=-XX:SharedArchiveFile=%s" % (java / "lib" / "server" / "classes.jsa")
        switches = {"softswitch, not prepared": ["env", own, *softswitch], "softswitch, prepared": softswitch}
    if shutil.which("simple_switch_grpc"):
        switches["bmv2"] = switch_command("bmv2")
    found = {}
    with tempfile.TemporaryDirectory(prefix="pmip-start-") as work:
        for turn in range(options.rounds):
            for name, command in switches.items():
                for program, (json, given) in programs.items():
                    try:
                        figures = measure(command, json, given, pathlib.Path(work, "switch.log"))
                        found.setdefault((program, name), []).append(figures)
                    except (Failure, p4runtime.grpc.RpcError) as error:
                        print("%s: %s cannot run it: %s" % (program, name, error), file=sys.stderr)
            print("round %d of %d" % (turn + 1, options.rounds), file=sys.stderr, flush=True)
    print("%-14s %-26s %22s %22s %12s %8s" % ("program", "switch", "command line, s", "by a controller, s",
                                              "processor, s", "MB"))
    for (program, name), rows in found.items():
        alone, took, used, memory = zip(*rows)
        print("%-14s %-26s %22s %22s %12.2f %8.0f" % (
            program, name, "%.2f, median %.2f" % (min(alone), statistics.median(alone)),
            "%.2f, median %.2f" % (min(took), statistics.median(took)), min(used), statistics.median(memory)))
    if "bmv2" not in switches:
        print("bmv2 is not measured: simple_switch_grpc is not on the PATH", file=sys.stderr)


if __name__ == "__main__":
    main()
