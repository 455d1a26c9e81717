// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.pmip.onos.dataplane.Paths;
import org.pmip.protocol.wire.packet.TunnelError.Kind;

/** Writes what is known of a tunnel's path as JSON, for anchor and gateways alike. Stateless. */
public final class PathSnapshot {

    private PathSnapshot() {
    }

    /** Writes it into a session's object, as {@code path}. */
    public static void write(ObjectNode session, Paths.State path) {
        ObjectNode out = session.putObject("path");
        out.put("pathMtu", path.mtu());
        if (path.mtu() < path.greatest()) {
            out.put("configuredMtu", path.greatest());
            out.put("loweredForMillis", path.remaining());
        }
        out.put("tooBig", path.errors(Kind.TOO_BIG));
        out.put("unreachable", path.errors(Kind.UNREACHABLE));
        out.put("timeExceeded", path.errors(Kind.TIME_EXCEEDED));
        out.put("parameterProblems", path.errors(Kind.PARAMETER_PROBLEM));
        if (!path.last().isEmpty()) {
            out.put("lastError", path.last());
        }
    }
}
