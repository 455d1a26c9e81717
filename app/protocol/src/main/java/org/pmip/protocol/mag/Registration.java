// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.mag;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.protocol.lma.GreMode;

/** A request that waits for its answer: what it asks for and when it was sent. Immutable. */
public final class Registration {

    /** What a request is for. */
    public enum Purpose {
        /** To begin or to move a session (draft-ietf-netlmm-proxymip6-10 section 6.9.1.1). */
        INITIAL,
        /** To extend its lifetime (section 6.9.1.3). */
        EXTENSION,
        /** To end it (section 6.9.1.4). */
        DEREGISTRATION
    }

    /** More attempts than answers can still come for. */
    private static final int REMEMBERED = 8;

    private final Purpose purpose;
    private final int handoffIndicator;
    private final Optional<List<Ip6Prefix>> prefixes;
    private final Optional<Ip4Address> ipv4;
    private final Optional<Ip6Address> linkLocal;
    private final GreMode gre;
    private final boolean tlvHeader;
    private final boolean forceUdp;
    private final int lifetime;
    private final int rejections;
    private final long timeout;
    private final List<Attempt> attempts;

    private Registration(Builder from) {
        purpose = Objects.requireNonNull(from.purpose, "purpose");
        handoffIndicator = from.handoffIndicator;
        prefixes = from.prefixes.map(List::copyOf);
        ipv4 = from.ipv4;
        linkLocal = from.linkLocal;
        gre = from.gre;
        tlvHeader = from.tlvHeader;
        forceUdp = from.forceUdp;
        lifetime = from.lifetime;
        rejections = from.rejections;
        timeout = from.timeout;
        attempts = List.copyOf(from.attempts);
    }

    /** Begins a request. */
    public static Builder builder(Purpose purpose, int handoffIndicator) {
        Builder builder = new Builder();
        builder.purpose = purpose;
        builder.handoffIndicator = handoffIndicator;
        return builder;
    }

    /** Begins a changed copy. */
    public Builder toBuilder() {
        return builder(purpose, handoffIndicator).prefixes(prefixes).ipv4(ipv4).linkLocal(linkLocal)
                .gre(gre, tlvHeader).forceUdp(forceUdp).lifetime(lifetime).progress(rejections, timeout, attempts);
    }

    /** What the request is for. */
    public Purpose purpose() {
        return purpose;
    }

    /** The Handoff Indicator. */
    public int handoffIndicator() {
        return handoffIndicator;
    }

    /** Prefixes by name; an empty list leaves the choice to the anchor; empty if no prefix is asked for. */
    public Optional<List<Ip6Prefix>> prefixes() {
        return prefixes;
    }

    /** The IPv4 home address; 0.0.0.0 leaves the choice to the anchor; empty if none is asked for. */
    public Optional<Ip4Address> ipv4() {
        return ipv4;
    }

    /** The Link-local Address option; unspecified asks for the one that the anchor has. */
    public Optional<Ip6Address> linkLocal() {
        return linkLocal;
    }

    /** The GRE Key option: none, without or with key. */
    public GreMode gre() {
        return gre;
    }

    /** The T flag. */
    public boolean tlvHeader() {
        return tlvHeader;
    }

    /** The F flag. */
    public boolean forceUdp() {
        return forceUdp;
    }

    /** The lifetime asked for, in units of 4 s. */
    public int lifetime() {
        return lifetime;
    }

    /** How often in succession the anchor rejected it in a way that is to be answered by trying again. */
    public int rejections() {
        return rejections;
    }

    /** Milliseconds from the last attempt to the next; 0 before the first. */
    public long timeout() {
        return timeout;
    }

    /** The attempts that an answer can still come for, oldest first. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** The last attempt. */
    public Optional<Attempt> last() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    /** The attempt with that sequence number. */
    Optional<Attempt> attempt(int sequence) {
        return attempts.stream().filter(attempt -> attempt.sequence() == sequence).findFirst();
    }

    Registration sent(Attempt attempt, MagParameters parameters) {
        List<Attempt> next = new ArrayList<>(attempts);
        next.add(attempt);
        if (next.size() > REMEMBERED) {
            next.remove(0);
        }
        long doubled = timeout == 0 ? parameters.initialBindackTimeout()
                : Math.min(timeout * 2, parameters.maxBindackTimeout());
        return toBuilder().progress(rejections, doubled, next).build();
    }

    /** The same, as if it had not been sent yet. */
    Registration fresh(int rejected) {
        return toBuilder().progress(rejected, 0, List.of()).build();
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Registration)) {
            return false;
        }
        Registration that = (Registration) other;
        return purpose == that.purpose && handoffIndicator == that.handoffIndicator && prefixes.equals(that.prefixes)
                && ipv4.equals(that.ipv4) && linkLocal.equals(that.linkLocal) && gre == that.gre
                && tlvHeader == that.tlvHeader && forceUdp == that.forceUdp && lifetime == that.lifetime
                && rejections == that.rejections && timeout == that.timeout && attempts.equals(that.attempts);
    }

    @Override
    public int hashCode() {
        return Objects.hash(purpose, prefixes, attempts);
    }

    @Override
    public String toString() {
        return purpose + " HI=" + handoffIndicator + " " + prefixes + " " + attempts;
    }

    /** Collects the fields; not thread-safe. */
    public static final class Builder {
        private Purpose purpose;
        private int handoffIndicator;
        private Optional<List<Ip6Prefix>> prefixes = Optional.empty();
        private Optional<Ip4Address> ipv4 = Optional.empty();
        private Optional<Ip6Address> linkLocal = Optional.empty();
        private GreMode gre = GreMode.NONE;
        private boolean tlvHeader;
        private boolean forceUdp;
        private int lifetime;
        private int rejections;
        private long timeout;
        private List<Attempt> attempts = List.of();

        private Builder() {
        }

        /** See {@link Registration#prefixes}. */
        public Builder prefixes(Optional<List<Ip6Prefix>> value) {
            prefixes = value;
            return this;
        }

        /** See {@link Registration#ipv4}. */
        public Builder ipv4(Optional<Ip4Address> value) {
            ipv4 = value;
            return this;
        }

        /** See {@link Registration#linkLocal}. */
        public Builder linkLocal(Optional<Ip6Address> value) {
            linkLocal = value;
            return this;
        }

        /** See {@link Registration#gre} and {@link Registration#tlvHeader}. */
        public Builder gre(GreMode mode, boolean tlv) {
            gre = mode;
            tlvHeader = tlv;
            return this;
        }

        /** See {@link Registration#forceUdp}. */
        public Builder forceUdp(boolean value) {
            forceUdp = value;
            return this;
        }

        /** See {@link Registration#lifetime}. */
        public Builder lifetime(int value) {
            lifetime = value;
            return this;
        }

        /** See {@link Registration#rejections}, {@link Registration#timeout} and {@link Registration#attempts}. */
        public Builder progress(int rejected, long wait, List<Attempt> sent) {
            rejections = rejected;
            timeout = wait;
            attempts = sent;
            return this;
        }

        /** Makes the request. */
        public Registration build() {
            return new Registration(this);
        }
    }
}
