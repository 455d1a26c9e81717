// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingError;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** Something that happened to a mobile node, or that matters to its sessions. Immutable. */
public abstract class MagEvent {

    private MagEvent() {
    }

    abstract void apply(Step step);

    /**
     * An interface of the node is attached to a link, or shows that it still is: by a link-layer event, by a Router
     * Solicitation, by DHCP.
     *
     * @param attachment the interface and its link
     * @param hint what the access network knows of the handoff, a value of {@link HandoffIndicator} from 1 to 4
     * @param previous what the node had before, as far as somebody outside of this host's own list told it
     */
    public static MagEvent attached(Attachment attachment, int hint, Optional<HandoffContext> previous) {
        return attached(attachment, hint, previous, false);
    }

    /**
     * The same of an interface that has certainly just come to the link, and may have been anywhere before. If it has a
     * session there of which the list knows, and {@link MagParameters#contextCoversDomain not all} gateways share the
     * list, another one may have taken that over meanwhile: the anchor is asked for it again.
     */
    public static MagEvent arrived(Attachment attachment, int hint, Optional<HandoffContext> previous) {
        return attached(attachment, hint, previous, true);
    }

    private static MagEvent attached(Attachment attachment, int hint, Optional<HandoffContext> previous,
                                     boolean arrival) {
        if (hint < HandoffIndicator.NEW_INTERFACE || hint > HandoffIndicator.UNKNOWN) {
            throw new IllegalArgumentException("hint is " + hint + ": use 1 to 4");
        }
        Objects.requireNonNull(attachment, "attachment");
        Objects.requireNonNull(previous, "previous");
        return new MagEvent() {
            @Override
            void apply(Step step) {
                AttachmentRules.attached(step, attachment, hint, previous, arrival);
            }
        };
    }

    /** An interface has left its link, or all those on a link of which none is identified. */
    public static MagEvent detached(Attachment attachment) {
        Objects.requireNonNull(attachment, "attachment");
        return new MagEvent() {
            @Override
            void apply(Step step) {
                AttachmentRules.detached(step, attachment);
            }
        };
    }

    /** The outcome of a presence check, or news of the same kind that nobody asked for. */
    public static MagEvent presence(long sessionId, boolean present) {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                AttachmentRules.presence(step, sessionId, present);
            }
        };
    }

    /** The switch refused the forwarding state of a session, or lost it for good: there is no service without it. */
    public static MagEvent forwardingRefused(long sessionId, String why) {
        Objects.requireNonNull(why, "why");
        return new MagEvent() {
            @Override
            void apply(Step step) {
                RejectionRules.forwardingRefused(step, sessionId, why);
            }
        };
    }

    /**
     * A Binding Acknowledgement came, was decoded and its sender authenticated.
     *
     * @param source source address of its packet
     * @param destination destination address of its packet
     */
    public static MagEvent acknowledged(BindingAcknowledgement message, IpAddress source, IpAddress destination) {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                AcknowledgementRules.received(step, message, source, destination);
            }
        };
    }

    /** A Binding Error came; it names no mobile node, so it goes to the list of each that waits for this sender. */
    public static MagEvent error(BindingError message, IpAddress source) {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                RejectionRules.error(step, message, source);
            }
        };
    }

    /** A deadline is reached. Comes too early or too often: changes nothing. */
    public static MagEvent timer() {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                TimerRules.due(step);
            }
        };
    }

    /** An administrator changed the policy or wants sessions that were denied to be tried again. */
    public static MagEvent policyChanged() {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                PolicyRules.changed(step);
            }
        };
    }

    /** A prefix is not valid any more (section 6.12). */
    public static MagEvent prefixInvalid(Ip6Prefix prefix) {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                PolicyRules.prefixInvalid(step, prefix);
            }
        };
    }

    /**
     * An administrator ends a session, whatever its state. One whose gateway is there and whose anchor may have a
     * binding is de-registered, as if the node had left; every other one, and one that is being de-registered already,
     * is forgotten at once with what its anchor refused.
     */
    public static MagEvent deleted(long sessionId) {
        return new MagEvent() {
            @Override
            void apply(Step step) {
                PolicyRules.deleted(step, sessionId);
            }
        };
    }
}
