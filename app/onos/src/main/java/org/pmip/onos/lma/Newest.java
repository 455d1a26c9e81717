// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/**
 * The newest request of each gateway for each mobile node while requests wait. A gateway repeats a request under a new
 * sequence number and expects the answer to that one (RFC 6275 section 11.8): what is asked anew need not be worked on
 * twice, or an anchor that is late becomes later with each repetition. Thread-safe.
 */
final class Newest {

    private final Map<List<Object>, Request> requests = new ConcurrentHashMap<>();

    private static List<Object> of(String mobileNode, Request request) {
        IpAddress source = request.source();
        return List.of(mobileNode, source, request.sourcePort());
    }

    /** A request has come. */
    void note(String mobileNode, Request request) {
        requests.put(of(mobileNode, request), request);
    }

    /** It is worked on, or it is not taken: it is not the newest one any more that waits. */
    void forget(String mobileNode, Request request) {
        requests.remove(of(mobileNode, request), request);
    }

    /** None waits any more. */
    void clear() {
        requests.clear();
    }

    /** Whether the same has been asked anew, so that nobody waits for the answer to this one. */
    boolean supersedes(String mobileNode, Request request) {
        Request newest = requests.get(of(mobileNode, request));
        return newest != null && newest != request && asksAnew(newest, request);
    }

    /** Whether two requests differ in sequence number and timestamp alone, and the first is the later one by both. */
    private static boolean asksAnew(Request newer, Request older) {
        Optional<Timestamp> late = newer.update().first(Timestamp.class);
        Optional<Timestamp> early = older.update().first(Timestamp.class);
        return late.isPresent() && early.isPresent() && late.get().value() > early.get().value()
                && newer.update().sequence() != older.update().sequence()
                && newer.destination().equals(older.destination())
                && newer.update().flags() == older.update().flags()
                && newer.update().lifetime() == older.update().lifetime()
                && rest(newer).equals(rest(older));
    }

    private static List<MobilityOption> rest(Request request) {
        return request.update().options().stream().filter(option -> !(option instanceof Timestamp))
                .collect(Collectors.toList());
    }
}
