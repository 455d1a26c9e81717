// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.MobilityOption;

/** A request on the wire and what the anchor made of it, at once or after a wait. */
final class Exchange {

    private final byte[] request;
    private final IpAddress source;
    private final int port;
    private Transition transition;

    Exchange(byte[] request, IpAddress source, int port) {
        this.request = request.clone();
        this.source = source;
        this.port = port;
    }

    void ended(Transition with) {
        transition = with;
    }

    /** The same octets reach the anchor again. */
    Exchange again(Domain domain) {
        return domain.deliver(request, source, port);
    }

    /** The same octets reach the anchor through another port of a translator. */
    Exchange againFrom(Domain domain, int otherPort) {
        return domain.deliver(request, source, otherPort);
    }

    Transition transition() {
        return transition;
    }

    Transition.Kind kind() {
        return transition.kind();
    }

    boolean answered() {
        return transition.answer().isPresent();
    }

    Answer answer() {
        return transition.answer().orElseThrow(() -> new AssertionError("no answer: " + transition));
    }

    /** The answer as its gateway decodes it, checksum included. */
    BindingAcknowledgement pba() {
        Answer answer = answer();
        try {
            return (BindingAcknowledgement) (answer.overIpv4()
                    ? MobilityHeaderCodec.decodeWithoutChecksum(answer.mobilityHeader())
                    : MobilityHeaderCodec.decode(answer.mobilityHeader(), answer.source().getIp6Address(),
                            answer.destination().getIp6Address()));
        } catch (DecodeException e) {
            throw new AssertionError("the answer cannot be decoded", e);
        }
    }

    int status() {
        return pba().status();
    }

    /** The option of that kind in the answer. */
    <T extends MobilityOption> T option(Class<T> kind) {
        return pba().first(kind).orElseThrow(() -> new AssertionError("no " + kind + " in " + pba()));
    }

    List<Ip6Prefix> prefixes() {
        return pba().all(HomeNetworkPrefix.class).stream().map(HomeNetworkPrefix::prefix)
                .collect(Collectors.toList());
    }

    Ip6Prefix prefix() {
        List<Ip6Prefix> all = prefixes();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    long uplinkKey() {
        return option(GreKey.class).key();
    }

    /** Asserts an accepting answer of status 0. */
    Exchange accepted(Transition.Kind as) {
        assertThat(transition.kind()).as("%s", transition).isEqualTo(as);
        assertThat(status()).isEqualTo(Status.ACCEPTED);
        return this;
    }

    /** Asserts a rejecting answer that left the record as it was. */
    Exchange rejected(int status) {
        assertThat(transition.kind()).as("%s", transition).isEqualTo(Transition.Kind.REJECTED);
        assertThat(Status.name(status())).isEqualTo(Status.name(status));
        assertThat(transition.changes()).isFalse();
        return this;
    }

    /** Asserts that there was no answer and no change. */
    Exchange ignored() {
        assertThat(transition.kind()).as("%s", transition).isEqualTo(Transition.Kind.IGNORED);
        assertThat(answered()).isFalse();
        assertThat(transition.changes()).isFalse();
        return this;
    }
}
