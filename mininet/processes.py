# SPDX-License-Identifier: Apache-2.0
"""Switches as processes: started, waited for and ended in one way by the demonstrations and the measurements."""

import contextlib
import os
import pathlib
import socket
import subprocess
import time

from wire import Failure

ROOT = pathlib.Path(__file__).resolve().parent.parent
START_SECONDS = 90
CPU_PORT = "255"


def switch_command(name):
    return ["simple_switch_grpc"] if name == "bmv2" else [str(ROOT / "pmip"), "softswitch"]


def free_port():
    with socket.socket() as endpoint:
        endpoint.bind(("127.0.0.1", 0))
        return endpoint.getsockname()[1]


def start_switch(command, device_id, address, interfaces, log, program="--no-p4", thrift_port=None):
    """Starts a switch that serves P4Runtime at an address HOST:PORT; interfaces are the ports' names by their number.

    Its output goes to the file log. The program is a file of p4c's, or none until a controller sets one. The process is
    in a session of its own: an interrupt at the terminal leaves its end to whoever has started it.
    """
    ports = [word for number, name in interfaces.items() for word in ("-i", "%d@%s" % (number, name))]
    # bmv2 serves Thrift as well, each of its processes at the same port unless told otherwise.
    thrift = any("simple_switch" in word for word in command)
    thrift = ["--thrift-port", str(thrift_port or free_port())] if thrift else []
    with open(log, "w") as file:
        return subprocess.Popen([*command, program, "--device-id", str(device_id), *ports, *thrift,
                                 "--", "--grpc-server-addr", address, "--cpu-port", CPU_PORT],
                                stdout=file, stderr=subprocess.STDOUT, start_new_session=True)


def wait_for_switch(process, address, log, seconds=START_SECONDS, pause=0.1):
    """Waits until a switch can be spoken to; raises Failure, which names the log, when it ends or takes too long."""
    host, port = address.split(":")
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
            return
        time.sleep(pause)
    raise Failure("nobody serves P4Runtime at %s; the switch's log is %s" % (address, log))


def stop(process):
    """Ends one process that was started here."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def processor_seconds(process):
    """What a process has used of the processors so far, all its threads together."""
    words = pathlib.Path("/proc", str(process.pid), "stat").read_text().rsplit(")", 1)[1].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def resident(process):
    """Resident memory in MB."""
    for line in pathlib.Path("/proc", str(process.pid), "status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise Failure("no VmRSS of process %d" % process.pid)
