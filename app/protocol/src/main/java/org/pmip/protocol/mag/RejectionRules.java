// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Optional;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.lma.GreMode;
import org.pmip.protocol.mag.BindingUpdateListEntry.Restriction;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry.Waiting;
import org.pmip.protocol.mag.Registration.Purpose;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.Status;

/**
 * Statuses from 128 on and Binding Errors (draft-ietf-netlmm-proxymip6-10 section 6.9.1.2, RFC 5845 section 4.2,
 * RFC 5844 section 3.2, RFC 6275 section 11.7.3): try again, differently, later, or not at all.
 */
final class RejectionRules {

    /** Names that differ in a letter are to be far from each other; the golden ratio of 64 bits. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;
    /** How long a host is given to synchronise its clock before the anchor is asked again; then it gets longer. */
    static final long CLOCK_MILLIS = 5_000;

    private RejectionRules() {
    }

    /** Whether a status speaks of the mobile node as a whole, so that no other interface need try. */
    static boolean bars(int status) {
        return status == Status.PROXY_REG_NOT_ENABLED;
    }

    static void rejected(Step step, BindingUpdateListEntry entry, Registration request,
                         BindingAcknowledgement message) {
        int status = message.status();
        if (request.purpose() == Purpose.DEREGISTRATION) {
            deregistrationRejected(step, entry, request, message);
            return;
        }
        BindingUpdateListEntry unbound =
                step.unbind(entry, State.REGISTERING).toBuilder().status(status).build();
        step.reason("rejected: " + Status.name(status));
        switch (status) {
            case Status.SEQUENCE_NUMBER_OUT_OF_WINDOW:
                catchUp(step, message.sequence());
                atOnce(step, unbound, request);
                break;
            case Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED:
                atOnce(step, unbound, request);
                break;
            case Status.TIMESTAMP_MISMATCH:
                long wait = request.rejections() == 0 ? CLOCK_MILLIS : slowest(step);
                step.put(unbound.toBuilder().registration(Optional.of(request.fresh(request.rejections() + 1)))
                        .waiting(Waiting.CLOCK, step.now.millis() + wait).build());
                step.effect(Effect.Kind.SYNCHRONISE_CLOCK, unbound);
                break;
            case Status.REASON_UNSPECIFIED:
            case Status.INSUFFICIENT_RESOURCES:
                later(step, unbound, request, status);
                break;
            default:
                differently(step, unbound, request, status);
                break;
        }
    }

    /**
     * To the number of the anchor, or of another gateway, unless it is behind what was sent since: no number is used
     * for two requests.
     */
    static void catchUp(Step step, int others) {
        int ahead = others - step.list().sequence() & 0xffff;
        if (step.list().isEmpty() || ahead > 0 && ahead < 0x8000) {
            step.order(others, step.list().timestamp());
        }
    }

    /** What was asked for too much is left out, what was missing is added; if there is no such thing: denied. */
    private static void differently(Step step, BindingUpdateListEntry entry, Registration request, int status) {
        Optional<Restriction> lesson = lesson(entry, request, status);
        if (lesson.isEmpty() || entry.has(lesson.get())) {
            deny(step, entry, "rejected: " + Status.name(status));
            return;
        }
        if (lesson.get() == Restriction.KEYS) {
            // Whoever demands the option knows it, whatever was thought of it before.
            step.effect(Effect.Kind.ANCHOR_WITH_GRE_KEY, entry);
        }
        BindingUpdateListEntry wiser = entry.toBuilder().restriction(lesson.get()).build();
        Requests.send(step, Requests.again(step, wiser, request));
    }

    private static Optional<Restriction> lesson(BindingUpdateListEntry entry, Registration request, int status) {
        boolean ipv6 = request.prefixes().isPresent();
        boolean ipv4 = request.ipv4().isPresent();
        switch (status) {
            case Status.NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX:
            case Status.BCE_PBU_PREFIX_SET_DO_NOT_MATCH:
                return when(request.prefixes().filter(named -> !named.isEmpty()).isPresent(),
                        Restriction.NO_NAMED_PREFIX);
            case Status.NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS:
                return request.ipv4().filter(named -> !named.isZero()).isPresent()
                        ? Optional.of(Restriction.NO_NAMED_IPV4) : when(ipv6 && ipv4, Restriction.NO_IPV4);
            case Status.NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE:
                return when(ipv6 && ipv4, Restriction.NO_IPV4);
            case Status.NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE:
                return when(ipv6 && ipv4, Restriction.NO_IPV6);
            case Status.GRE_KEY_OPTION_REQUIRED:
                return when(request.gre() != GreMode.KEYS && !entry.has(Restriction.NO_GRE), Restriction.KEYS);
            case Status.ADMINISTRATIVELY_PROHIBITED:
                return when(request.forceUdp() && !entry.anchor().nat(), Restriction.NO_UDP);
            default:
                return Optional.empty();
        }
    }

    private static Optional<Restriction> when(boolean helps, Restriction restriction) {
        return helps ? Optional.of(restriction) : Optional.empty();
    }

    /** The first time without delay; if that does not help, with the back-off of retransmissions. */
    private static void atOnce(Step step, BindingUpdateListEntry entry, Registration request) {
        int rejections = request.rejections() + 1;
        BindingUpdateListEntry next =
                entry.toBuilder().registration(Optional.of(request.fresh(rejections))).build();
        if (rejections == 1) {
            Requests.send(step, next);
            return;
        }
        long wait = Math.min(step.parameters.maxBindackTimeout(),
                step.parameters.initialBindackTimeout() << Math.min(rejections - 2, 6));
        step.put(next.toBuilder().waiting(Waiting.RETRY, step.now.millis() + wait).build());
    }

    /** At the slowest rate of retransmissions: the anchor is busy enough. */
    static void later(Step step, BindingUpdateListEntry entry, Registration request, int status) {
        long wait = slowest(step);
        BindingUpdateListEntry unbound = step.unbind(entry, State.REGISTERING);
        step.put(unbound.toBuilder().status(status)
                .registration(Optional.of(request.fresh(request.rejections() + 1)))
                .waiting(Waiting.RETRY, step.now.millis() + wait).build());
    }

    /** The same for a session that the gateway's own switch had no room for, and that the anchor has ended. */
    static void later(Step step, BindingUpdateListEntry ended) {
        PolicyRules.anew(step, step.unbind(ended, State.REGISTERING)).ifPresent(next -> step.put(next.toBuilder()
                .status(ended.status()).waiting(Waiting.RETRY, step.now.millis() + slowest(step)).build()));
    }

    /** Each node waits up to a tenth longer than it must: those that were rejected together would be back together. */
    private static long slowest(Step step) {
        long wait = step.parameters.maxBindackTimeout();
        return wait + Math.floorMod(SPREAD * step.list().key().hashCode() >>> 32, wait / 10 + 1);
    }

    /** The session ends all the same; only what came out of order is worth saying once more. */
    private static void deregistrationRejected(Step step, BindingUpdateListEntry entry, Registration request,
                                               BindingAcknowledgement message) {
        boolean sequence = message.status() == Status.SEQUENCE_NUMBER_OUT_OF_WINDOW;
        boolean order = sequence || message.status() == Status.TIMESTAMP_LOWER_THAN_PREV_ACCEPTED;
        if (!order || request.rejections() > 0) {
            step.reason("de-registration rejected: " + Status.name(message.status()));
            return;
        }
        if (sequence) {
            catchUp(step, message.sequence());
        }
        Requests.send(step, entry.toBuilder().registration(Optional.of(request.fresh(1))).build());
    }

    /** No service until an administrator acts. The anchor has no binding, or none that counts. */
    static void deny(Step step, BindingUpdateListEntry entry, String text) {
        step.abandonSuperseded(entry.replaces());
        BindingUpdateListEntry denied = step.unbind(entry, State.DENIED).toBuilder()
                .registration(Optional.empty()).waiting(Waiting.NOTHING, 0).replaces(0).build();
        step.put(denied);
        step.reason(text);
        step.effect(Effect.of(Effect.Kind.DENY_SERVICE, denied, text));
        if (!bars(denied.status())) {
            step.alarm(denied, text);
        }
    }

    /** What the anchor accepted is no use here: it is told so, and the node gets no service. */
    static void refuse(Step step, BindingUpdateListEntry entry, BindingUpdateListEntry accepted, String text) {
        refuse(step, entry, accepted, Status.REASON_UNSPECIFIED, text);
    }

    private static void refuse(Step step, BindingUpdateListEntry entry, BindingUpdateListEntry accepted, int status,
                               String text) {
        step.unbind(entry, State.REGISTERING);
        step.alarm(accepted, text);
        Requests.deregister(step, accepted.toBuilder().forwards(false).build(), false);
        step.put(step.list().session(entry.sessionId()).orElseThrow().toBuilder().status(status).build());
        step.reason(text);
    }

    /** The anchor must not send what this gateway cannot deliver. That may change, as its own lack of resources. */
    static void forwardingRefused(Step step, long sessionId, String why) {
        Optional<BindingUpdateListEntry> entry =
                step.list().session(sessionId).filter(one -> one.state() == State.ACTIVE);
        if (entry.isPresent()) {
            refuse(step, entry.get(), entry.get(), Status.INSUFFICIENT_RESOURCES, why);
        } else {
            step.reason("no such session in force");
        }
    }

    /** Section 6.9.1.2, item 6: ignored, and the request is not repeated. A binding in force runs out. */
    static void untrustworthy(Step step, BindingUpdateListEntry entry, String text) {
        if (entry.state() == State.ACTIVE) {
            BindingUpdateListEntry next = entry.toBuilder().registration(Optional.empty())
                    .restriction(Restriction.NO_EXTENSION).waiting(Waiting.NOTHING, 0).build();
            step.put(next);
            step.alarm(next, text);
        } else if (entry.state() == State.REGISTERING) {
            deny(step, entry, text);
        }
        step.reason(text);
    }

    static void error(Step step, BindingError message, IpAddress source) {
        if (message.status() != BindingError.UNRECOGNIZED_MH_TYPE) {
            // Status 1 speaks of Home Address destination options, which are never sent.
            step.reason("a Binding Error of status " + message.status());
            return;
        }
        boolean any = false;
        for (BindingUpdateListEntry entry : step.list().entries()) {
            boolean asked = entry.anchor().address().equals(source)
                    && entry.registration().filter(request -> request.last().isPresent()).isPresent();
            any |= asked;
            if (asked && entry.state() == State.ENDING) {
                TimerRules.ended(step, entry);
            } else if (asked) {
                untrustworthy(step, entry, "the anchor knows no Proxy Binding Updates");
            }
        }
        if (!any) {
            step.reason("a Binding Error that nothing was sent for");
        }
    }
}
