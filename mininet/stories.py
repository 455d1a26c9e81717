# SPDX-License-Identifier: Apache-2.0
"""What happens in each scenario of the demonstration."""

import traffic
from output import check, key, table
from topology import CORRESPONDENT, CORRESPONDENT4, MobileNode, Plan
from wire import Failure

RATE = 1000
# As in the P4 program; the rest of its reasons stays silent here.
DROP_REASONS = {1: "unknown interface", 2: "frame for another station", 3: "not IP", 4: "malformed",
                5: "not forwardable", 6: "unserved", 7: "too many for the controller", 8: "fragment", 9: "GRE flags",
                10: "GRE protocol", 11: "unknown tunnel", 12: "unknown key", 13: "key missing", 14: "key unexpected",
                15: "wrong key", 16: "wrong encapsulation", 17: "wrong outer source", 18: "wrong inner source",
                19: "unknown session", 20: "session ending", 21: "no binding", 22: "no tunnel", 23: "hop limit",
                24: "too big", 25: "no route", 26: "no next hop", 27: "TLV length", 28: "TLV protocol",
                29: "unknown node", 30: "no such node here", 31: "unknown station", 32: "congestion"}


def attach_all(domain, nodes):
    rows = []
    for number, node in enumerate(nodes):
        session = (domain.attach if number else domain.first_attach)(node, "mag1")
        rows.append((node.name, node.at, session.prefix, node.address4 or "-", session.tunnel, key(session.down),
                     key(session.up), session.milliseconds["signalling"], session.milliseconds["attached"]))
    table("Attached", ("node", "at", "home network prefix", "IPv4 address", "tunnel", "key down", "key up",
                       "PBU to PBA ms", "attached ms"), rows)


def pings(domain, nodes):
    correspondent = domain.correspondent, CORRESPONDENT
    ways = [(node.name, node.host, *correspondent) for node in nodes]
    ways += [("cn", correspondent[0], node.host, node.address) for node in nodes]
    if len(nodes) > 1:
        ways.append((nodes[0].name, nodes[0].host, nodes[1].host, nodes[1].address))
    rows = []
    for name, source, destination, address in ways:
        # The first packet of each way waits for neighbour discovery; it belongs to the way all the same.
        result = traffic.ping(source, address)
        rows.append((name, destination.name, result["sent"], result["lost"], result["median"]))
    table("Pings through the tunnels", ("from", "to", "sent", "lost", "median ms"), rows)
    check("every ping was answered", all(row[3] == 0 for row in rows))


def moves(domain, node, options):
    """A node goes to and fro while a ping, a stream of datagrams and a TCP transfer run."""
    rows, results, sessions = [], [], []

    def away():
        session = domain.move(node, "mag2" if node.at == "mag1" else "mag1")
        sessions.append(session)
        if (session.prefix, session.up) != (before.prefix, before.up):
            raise Failure("prefix and uplink key changed from %s, %s to %s, %s"
                          % (before.prefix, key(before.up), session.prefix, key(session.up)))

    def row(what, result, remark=""):
        results.append(result)
        rows.append((what, node.at, result.get("sent"), result.get("lost"), result["gap"] or None,
                     sessions[-1].milliseconds["signalling"], sessions[-1].milliseconds["moved"], remark))

    before = domain.gateways[node.at].sessions[node.mac]
    address = node.address
    result = traffic.ping(node.host, CORRESPONDENT, count=100, interval=0.02, during=away)
    row("ping, 50 a second", result)
    for what, source, destination, to in (("to the node", domain.correspondent, node.host, node.address),
                                          ("from the node", node.host, domain.correspondent,
                                           CORRESPONDENT)):
        result = traffic.stream(source, destination, to, away, RATE)
        row("UDP %s, %d a second" % (what, RATE), result)
    result = traffic.tcp(node.host, domain.correspondent, CORRESPONDENT, options.seconds, away)
    row("TCP to the node, %d s" % options.seconds, result,
        "%.1f Mbit/s, %s segments sent again%s" % (result["mbits"], result["retransmits"], "" if result["gap"] else
                                                   ", something in each 100 ms"))
    table("%s moves while it communicates" % node.name,
          ("traffic", "to", "sent", "lost", "gap ms", "PBU to PBA ms", "move ms", ""), rows)
    print("  as it should be: prefix and uplink key stayed the same at each move")
    check("the node's address stayed the same", domain.wait_for_address(node, before.prefix) == address)
    check("all of it went on after the move", all(one["resumed"] for one in results), results)


def refusals(domain, node):
    """What must not get through."""
    own = domain.gateways[node.at]
    session = own.sessions[node.mac]
    stolen = str(session.prefix.network_address + (1 << 64) + 1)
    node.host.cmd("ip -6 address add %s/128 dev %s-eth0 nodad" % (stolen, node.name))
    result = traffic.ping(node.host, CORRESPONDENT, 5, 0.1, source_address=stolen)
    node.host.cmd("ip -6 address del %s/128 dev %s-eth0" % (stolen, node.name))
    check("packets from another node's prefix stop at the gateway", result["lost"] == result["sent"], result)

    own.use_key(session, session.up ^ 1)
    result = traffic.ping(node.host, CORRESPONDENT, 5, 0.1)
    own.use_key(session, session.up)
    check("packets with a wrong key stop at the anchor", result["lost"] == result["sent"], result)
    result = traffic.ping(node.host, CORRESPONDENT, 5, 0.1)
    check("with the right key they pass again", result["lost"] == 0, result)

    own.detach(node)
    result = traffic.ping(domain.correspondent, node.address, 5, 0.1)
    check("nothing reaches a node that has gone", result["lost"] == result["sent"], result)


def dropped(domain):
    rows = []
    for name in domain.addresses:
        for reason, count in sorted(domain.drops(name).items()):
            if count:
                rows.append((name, DROP_REASONS.get(reason, str(reason)), count))
    table("Dropped, as the switches count it", ("switch", "reason", "packets"), rows)


def mac(number):
    return "00:00:5e:00:53:4%d" % number


# --- one operator -----------------------------------------------------------------------------------------------------

def roaming(domain, options):
    attach_all(domain, domain.nodes)
    pings(domain, domain.nodes)
    moves(domain, domain.nodes[0], options)
    refusals(domain, domain.nodes[0])
    dropped(domain)


def roaming_plan():
    return Plan([MobileNode("mn%d" % number, "mn%d@example.net" % number, mac(number), kind)
                 for number, kind in ((1, "key"), (2, "mode"), (3, None))])


# --- two operators with the same addresses ----------------------------------------------------------------------------

SHARED = "10.1.0.5"


def hears_alone(source, address, right, others):
    heard = traffic.heard(source, address, [right] + others)
    check("what %s sends to %s reaches %s, and nobody else who has the address" % (source.name, address, right.name),
          heard[right.name] > 0 and not any(heard[other.name] for other in others), heard)


def apart(domain, nodes):
    hosts = [node.host for node in nodes]
    for own in range(len(nodes)):
        others = [number for number in range(len(nodes)) if number != own]
        hears_alone(domain.correspondents[own], SHARED, hosts[own], [hosts[other] for other in others])
        hears_alone(hosts[own], CORRESPONDENT4, domain.correspondents[own],
                    [domain.correspondents[other] for other in others])


def operators(domain, options):
    nodes = domain.nodes
    attach_all(domain, nodes)
    check("both nodes have the address " + SHARED, all(node.address4 == SHARED for node in nodes))
    apart(domain, nodes)
    rows = []
    for node in nodes:
        sessions = []
        result = traffic.ping(node.host, CORRESPONDENT4, count=100, interval=0.02,
                              during=lambda: sessions.append(domain.move(node, "mag2")))
        rows.append((node.name, node.at, result["sent"], result["lost"], result["gap"],
                     sessions[0].milliseconds["signalling"]))
        check("%s can be reached at %s after the move" % (node.name, SHARED), result["resumed"], result)
        apart(domain, nodes)
    table("Moves during a ping over IPv4", ("node", "to", "sent", "lost", "gap ms", "PBU to PBA ms"), rows)
    dropped(domain)


def operators_plan():
    nodes = [MobileNode("mn%d" % number, "mn@operator%d.example" % number, mac(number), "key", number, True)
             for number in (1, 2)]

    def configure(lma):
        lma["ipv4Pools"] = [{"name": "operator%d" % node.operator, "operator": node.operator, "subnet": "10.1.0.0/16",
                             "defaultRouter": "10.1.0.1"} for node in nodes]
        lma["mobileNodes"] = [{"id": node.identifier, "operator": node.operator, "ipv4HomeAddress": SHARED}
                              for node in nodes]
    return Plan(nodes, operators=2, configure=configure)


# --- a gateway behind a translator ------------------------------------------------------------------------------------

def translator(domain, options):
    attach_all(domain, domain.nodes)
    pings(domain, domain.nodes)
    for node in domain.nodes:
        if node.address4:
            result = traffic.ping(node.host, CORRESPONDENT4)
            check("IPv4 inside the tunnel passes, too", result["lost"] == 0, result)
    moves(domain, domain.nodes[0], options)
    rules = domain.transport.cmd("nft list chain ip translator out")
    print("\n" + rules.strip())
    check("the translator has translated", " counter packets 0 " not in rules, rules)
    refusals(domain, domain.nodes[0])
    dropped(domain)


def translator_plan():
    nodes = roaming_plan().nodes
    nodes[0].ipv4 = True

    def configure(lma):
        lma["ipv4Pools"] = [{"name": "home4", "subnet": "10.1.0.0/16", "defaultRouter": "10.1.0.1"}]
        lma["ipv4Service"] = True
    return Plan(nodes, translated=("mag1",), configure=configure)


STORIES = {"roaming": (roaming_plan, roaming), "operators": (operators_plan, operators),
           "nat": (translator_plan, translator)}
