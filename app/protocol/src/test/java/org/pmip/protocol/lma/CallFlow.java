// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.Ipv4HomeAddressReply;

/**
 * A scenario in lines, as the documents draw their call flows, over a network that loses, holds back and repeats.
 *
 * <pre>
 * MAG1 -> LMA PBU alice HI=1 key=11        a request; "lost", or "held as x" for one that stays on its way
 * x arrives                                 a request that was held, once more if it has arrived before
 * LMA -> MAG1 PBA 0 HNP=p key=k            the answer to that gateway; p and k mean the same wherever they stand
 * LMA -> MAG1 nothing                       there is none
 * ... 1500 ms                               time goes by
 * alice at MAG1 KEYS                        where the anchor has the node; also "alice ending", "alice gone"
 * MAG1 restarts                             sequence numbers begin afresh
 * LMA restarts                              what waits is forgotten, what is stored is not
 * </pre>
 */
final class CallFlow {

    private static final Pattern SEND = Pattern.compile("(\\w+) -> LMA PBU (\\w+)(.*)");
    private static final Pattern ANSWER = Pattern.compile("LMA -> (\\w+) (PBA (\\d+)(.*)|nothing)");
    private static final Pattern ARRIVES = Pattern.compile("(\\w+) arrives");
    private static final Pattern TIME = Pattern.compile("\\.\\.\\. (\\d+) ms");
    private static final Pattern STATE = Pattern.compile("(\\w+) (at (\\w+)(?: (NONE|MODE_ONLY|KEYS))?|ending|gone)");
    private static final Map<String, IpAddress> GATEWAYS = Map.of("MAG1", Domain.MAG1, "MAG2", Domain.MAG2,
            "MAG3", Domain.MAG3, "MAG1v4", Domain.MAG1_IPV4, "MAG2v4", Domain.MAG2_IPV4, "INSIDE", Domain.INSIDE);
    private static final Map<String, String> NODES = Map.of("alice", Domain.ALICE, "bob", Domain.BOB,
            "carol", Domain.CAROL, "eve", Domain.EVE, "grace", Domain.GRACE);

    private final Domain domain;
    private final Map<String, Pbu> onTheWay = new HashMap<>();
    private final Map<String, byte[]> octets = new HashMap<>();
    private final Map<String, List<Exchange>> exchanges = new HashMap<>();
    private final Map<String, Integer> sequences = new HashMap<>();
    private final Map<String, Object> names = new HashMap<>();

    CallFlow(Domain domain) {
        this.domain = domain;
    }

    /** Runs a scenario. */
    CallFlow run(String... lines) {
        for (String line : lines) {
            try {
                step(line.trim().replaceAll(" +", " "));
            } catch (AssertionError e) {
                throw new AssertionError("at: " + line + "\n" + e.getMessage(), e);
            }
        }
        return this;
    }

    private void step(String line) {
        Matcher send = SEND.matcher(line);
        Matcher answer = ANSWER.matcher(line);
        Matcher arrives = ARRIVES.matcher(line);
        Matcher time = TIME.matcher(line);
        Matcher state = STATE.matcher(line);
        if (send.matches()) {
            send(send.group(1), send.group(2), send.group(3));
        } else if (answer.matches()) {
            answer(answer.group(1), answer.group(3), answer.group(4));
        } else if (arrives.matches()) {
            Pbu held = onTheWay.get(arrives.group(1));
            keep(held.gateway(), domain.deliver(octets.get(arrives.group(1)), held.source(), held.port()));
        } else if (time.matches()) {
            domain.pass(Long.parseLong(time.group(1)));
        } else if (line.endsWith(" restarts")) {
            restart(line.substring(0, line.indexOf(' ')));
        } else if (state.matches()) {
            state(NODES.get(state.group(1)), state);
        } else {
            throw new IllegalArgumentException("no line of a call flow: " + line);
        }
    }

    private void restart(String who) {
        if (who.equals("LMA")) {
            domain.restart();
        } else {
            sequences.put(who, 0);
        }
    }

    private void keep(IpAddress gateway, Exchange exchange) {
        exchanges.computeIfAbsent(gateway.toString(), name -> new ArrayList<>()).add(exchange);
    }

    private void send(String gateway, String node, String words) {
        Pbu request = domain.from(GATEWAYS.get(gateway), NODES.get(node)).identifier("020000000001");
        String fate = "";
        for (String word : words.trim().split(" ")) {
            if (fate.equals("held as")) {
                onTheWay.put(word, request);
                octets.put(word, request.octets());
                return;
            }
            if (word.equals("lost")) {
                return;
            }
            if (word.equals("held") || word.equals("as")) {
                fate = (fate + " " + word).trim();
            } else if (!word.isEmpty()) {
                apply(request, gateway, word);
            }
        }
        keep(GATEWAYS.get(gateway), request.sent());
    }

    private void apply(Pbu request, String gateway, String word) {
        String value = word.substring(word.indexOf('=') + 1);
        switch (word.split("=")[0]) {
            case "HI":
                request.handoff(Integer.parseInt(value));
                break;
            case "LL":
                request.identifier("02000000000" + value);
                break;
            case "key":
                request.gre(Long.parseLong(value, 16));
                break;
            case "gre":
                request.gre();
                break;
            case "HNP":
                request.prefix((Ip6Prefix) names.get("HNP=" + value));
                break;
            case "HoA":
                request.ipv4(value);
                break;
            case "lifetime":
                request.lifetime(Integer.parseInt(value) / 4);
                break;
            case "sequence":
                request.sequence(sequences.merge(gateway, 1, Integer::sum));
                break;
            case "F":
                request.and(BindingUpdate.F);
                break;
            case "T":
                request.and(BindingUpdate.T);
                break;
            case "through":
                request.through(Domain.OUTSIDE, Integer.parseInt(value));
                break;
            default:
                throw new IllegalArgumentException("nothing that a request has: " + word);
        }
    }

    /** The oldest answer to that gateway that nobody has looked at. */
    private void answer(String gateway, String status, String words) {
        List<Exchange> open = exchanges.getOrDefault(GATEWAYS.get(gateway).toString(), List.of());
        assertThat(open).as("requests of " + gateway).isNotEmpty();
        if (status == null) {
            open.forEach(exchange -> assertThat(exchange.answered()).as("%s", exchange.transition()).isFalse());
            open.removeIf(exchange -> exchange.kind() != Transition.Kind.WAITS);
            return;
        }
        Exchange exchange = open.remove(0);
        BindingAcknowledgement pba = exchange.pba();
        assertThat(pba.status()).as("%s", exchange.transition()).isEqualTo(Integer.parseInt(status));
        assertThat(pba.has(BindingAcknowledgement.T)).isEqualTo((words + " ").contains(" T "));
        for (String word : words.trim().split(" ")) {
            if (word.startsWith("HNP=")) {
                same(word, pba.first(HomeNetworkPrefix.class).orElseThrow().prefix());
            } else if (word.startsWith("HoA=")) {
                same(word, pba.first(Ipv4HomeAddressReply.class).orElseThrow().address());
            } else if (word.startsWith("key=")) {
                same(word, pba.first(GreKey.class).orElseThrow().key());
            } else if (word.startsWith("sequence=")) {
                assertThat(pba.sequence()).isEqualTo(Integer.parseInt(word.substring(9)));
            }
        }
    }

    /** A name stands for what it stood for first, and different names stand for different things. */
    private void same(String name, Object value) {
        Object known = names.putIfAbsent(name, value);
        assertThat(value).as(name).isEqualTo(known == null ? value : known);
        if (!(value instanceof Ip4Address)) {
            assertThat(names.entrySet().stream().filter(one -> one.getValue().equals(value)).count()).isEqualTo(1);
        }
    }

    private void state(String node, Matcher state) {
        List<BindingCacheEntry> sessions = domain.sessions(node);
        if (state.group(2).equals("gone")) {
            assertThat(sessions).isEmpty();
            return;
        }
        assertThat(sessions).hasSize(1);
        boolean ending = state.group(2).equals("ending");
        assertThat(sessions.get(0).state()).isEqualTo(
                ending ? BindingCacheEntry.State.ENDING : BindingCacheEntry.State.ACTIVE);
        if (!ending) {
            assertThat(sessions.get(0).proxyCoa()).isEqualTo(GATEWAYS.get(state.group(3)));
        }
        if (state.group(4) != null) {
            assertThat(sessions.get(0).gre()).isEqualTo(GreMode.valueOf(state.group(4)));
        }
    }
}
