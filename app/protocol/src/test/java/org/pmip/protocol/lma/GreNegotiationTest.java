// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.Domain.ALICE;
import static org.pmip.protocol.lma.Domain.MAG1;
import static org.pmip.protocol.lma.Domain.MAG2;
import static org.pmip.protocol.lma.Domain.MAG3;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** What the gateway offers against what the anchor's policy says: RFC 5845 sections 3 and 5. */
class GreNegotiationTest {

    private static final int TLV = BindingUpdate.A | BindingUpdate.H | BindingUpdate.P | BindingUpdate.T;

    /** What a request holds of GRE. */
    enum Offer { NONE, MODE, KEY }

    /** The request by which the session begins or goes on. */
    enum Step { INITIAL, EXTENSION, HANDOFF }

    static List<Arguments> matrix() {
        List<Arguments> all = new ArrayList<>();
        for (Step step : Step.values()) {
            for (GrePolicy policy : GrePolicy.values()) {
                for (Offer offer : Offer.values()) {
                    all.add(Arguments.of(step, policy, offer));
                }
            }
        }
        return all;
    }

    private static int expectedStatus(GrePolicy policy, Offer offer) {
        if (policy == GrePolicy.KEYS && offer != Offer.KEY) {
            return Status.GRE_KEY_OPTION_REQUIRED;
        }
        return policy == GrePolicy.NOT_REQUIRED && offer != Offer.NONE
                ? Status.GRE_KEY_OPTION_NOT_REQUIRED : Status.ACCEPTED;
    }

    private static GreMode expectedMode(GrePolicy policy, Offer offer) {
        if (policy == GrePolicy.NOT_REQUIRED || offer == Offer.NONE) {
            return GreMode.NONE;
        }
        return offer == Offer.MODE || policy == GrePolicy.MODE_ONLY ? GreMode.MODE_ONLY : GreMode.KEYS;
    }

    private static Pbu offering(Pbu request, Offer offer, long key) {
        return offer == Offer.NONE ? request : offer == Offer.MODE ? request.gre() : request.gre(key);
    }

    /** A session that was made by a request which the policy likes best. */
    private static Exchange begun(Domain domain, GrePolicy policy) {
        Offer offer = policy == GrePolicy.NOT_REQUIRED ? Offer.NONE
                : policy == GrePolicy.MODE_ONLY ? Offer.MODE : Offer.KEY;
        return offering(domain.from(MAG1, ALICE), offer, 0x11).sent().accepted(Transition.Kind.REGISTERED);
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @Requirement({"R5845-2.2-5", "R5845-3.2-2", "R5845-3.2-3", "R5845-3.3.1-3", "R5845-3.3.2-1", "R5845-3.3.2-4",
        "R5845-3.3.2-8", "R5845-3.3.2-9", "R5845-3.3.2-10", "R5845-3.3.2-11", "R5845-3.3.2-12", "R5845-3.3.2-13",
        "R5845-5.1-1", "R5845-5.2-1", "R5845-5.2-2", "R5845-5.2-4", "R5845-5.2-5", "R5845-5.2-6", "R5845-6.4-1",
        "R5845-6.4-3", "GK07-3.3.2-1", "GK07-3.3.2-2", "R5845-2.2-3", "R5845-2.2-4", "R5845-3.1-4"})
    void whatIsOfferedAgainstThePolicy(Step step, GrePolicy policy, Offer offer) {
        Domain domain = new Domain(policy);
        Exchange before = step == Step.INITIAL ? null : begun(domain, policy);
        Pbu request = step == Step.HANDOFF
                ? domain.from(MAG2, ALICE).handoff(HandoffIndicator.BETWEEN_GATEWAYS)
                : domain.from(MAG1, ALICE);
        if (step == Step.EXTENSION) {
            request.prefix(before.prefix()).handoff(HandoffIndicator.UNCHANGED);
        }
        Map<String, MobileNodeRecord> records = domain.records();
        Exchange reply = offering(request, offer, 0x22).sent();

        assertThat(reply.status()).isEqualTo(expectedStatus(policy, offer));
        if (reply.status() == Status.GRE_KEY_OPTION_REQUIRED) {
            assertThat(reply.pba().first(GreKey.class)).isEmpty();
            assertThat(domain.records()).isEqualTo(records);
            return;
        }
        GreMode mode = expectedMode(policy, offer);
        BindingCacheEntry session = domain.session(ALICE);
        assertThat(session.gre()).isEqualTo(mode);
        Optional<GreKey> option = reply.pba().first(GreKey.class);
        assertThat(option.isPresent()).isEqualTo(mode != GreMode.NONE);
        assertThat(option.map(GreKey::hasKey).orElse(false)).isEqualTo(mode == GreMode.KEYS);
        if (mode != GreMode.KEYS) {
            assertThat(session.downlinkKey()).isZero();
            assertThat(session.uplinkKey()).isZero();
            return;
        }
        assertThat(session.downlinkKey()).isEqualTo(0x22);
        assertThat(reply.uplinkKey()).isEqualTo(session.uplinkKey()).isNotZero();
        if (before != null) {
            assertThat(reply.uplinkKey()).isEqualTo(before.uplinkKey());
            assertThat(reply.prefix()).isEqualTo(before.prefix());
        }
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @Requirement({"R5845-6.4-2", "R5845-7.4-6", "R5845-7.4-7", "R5845-7.4-8", "R5845-7.3-8", "R5845-7.2-3",
        "R5845-7.4-3", "GK07-6.4-2", "R5845-5.1-5"})
    void theTlvHeaderIsDeclined(Step step, GrePolicy policy, Offer offer) {
        Domain domain = new Domain(policy);
        if (step != Step.INITIAL) {
            begun(domain, policy);
        }
        Pbu request = domain.from(step == Step.HANDOFF ? MAG2 : MAG1, ALICE).flags(TLV)
                .handoff(HandoffIndicator.BETWEEN_GATEWAYS);
        Exchange reply = offering(request, offer, 0x22).sent();

        assertThat(reply.pba().has(BindingAcknowledgement.T)).isFalse();
        GreMode mode = expectedMode(policy, offer);
        boolean accepted = Status.accepts(expectedStatus(policy, offer));
        assertThat(reply.status()).isEqualTo(accepted && mode != GreMode.NONE
                ? Status.GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED : expectedStatus(policy, offer));
        if (accepted) {
            BindingCacheEntry session = domain.session(ALICE);
            assertThat(session.tlvHeader()).isFalse();
            assertThat(session.gre()).isEqualTo(mode);
            assertThat(reply.pba().first(GreKey.class).isPresent()).isEqualTo(mode != GreMode.NONE);
        }
    }

    @Test
    @Requirement({"R5845-7.2-7", "R5845-7.2-3"})
    void withoutTheFlagTheAnswerHasNoneEither() {
        assertThat(new Domain().from(MAG1, ALICE).gre(1).sent().pba().has(BindingAcknowledgement.T)).isFalse();
    }

    @Test
    @Requirement("R5845-3.3.2-4")
    void aNewDownlinkKeyFromTheSameGatewayCountsAtOnce() {
        Domain domain = new Domain();
        Exchange first = domain.from(MAG1, ALICE).gre(0x11).sent();
        Exchange second = domain.from(MAG1, ALICE).prefix(first.prefix()).gre(0xffffffffL).sent();

        assertThat(second.uplinkKey()).isEqualTo(first.uplinkKey());
        assertThat(domain.session(ALICE).downlinkKey()).isEqualTo(0xffffffffL);
    }

    @Test
    @Requirement({"R5845-3.3.2-12", "R5845-3.3.2-13"})
    void aSessionThatGaveUpItsKeysGetsANewOneLater() {
        Domain domain = new Domain();
        Ip6Prefix prefix = domain.from(MAG1, ALICE).gre(0x11).sent().prefix();
        domain.from(MAG2, ALICE).prefix(prefix).handoff(HandoffIndicator.BETWEEN_INTERFACES).sent()
                .accepted(Transition.Kind.HANDED_OFF);
        assertThat(domain.session(ALICE).gre()).isEqualTo(GreMode.NONE);
        Exchange back = domain.from(MAG1, ALICE).prefix(prefix).gre(0x33)
                .handoff(HandoffIndicator.BETWEEN_INTERFACES).sent().accepted(Transition.Kind.HANDED_OFF);
        assertThat(back.uplinkKey()).isEqualTo(domain.session(ALICE).uplinkKey()).isNotZero();
    }

    @Test
    @Requirement("R5845-2.2-6")
    void nodeBeforePairBeforeAnchor() {
        assertThat(modeAt(MAG2, Optional.empty())).as("the anchor's").isEqualTo(GreMode.NONE);
        assertThat(modeAt(MAG1, Optional.empty())).as("the pair's").isEqualTo(GreMode.MODE_ONLY);
        assertThat(modeAt(MAG1, Optional.of(GrePolicy.KEYS))).as("the node's").isEqualTo(GreMode.KEYS);
    }

    private static GreMode modeAt(Ip6Address gateway, Optional<GrePolicy> ofNode) {
        Domain domain = new Domain(GrePolicy.NOT_REQUIRED, LmaParameters.DEFAULTS, List.of(Domain.NODES),
                Optional.of(GrePolicy.MODE_ONLY), Map.of(ALICE, Domain.profile(true, List.of(), ofNode)));
        domain.from(gateway, ALICE).gre(0x11).sent();
        return domain.session(ALICE).gre();
    }

    @Test
    @Requirement("R5845-5.2-4")
    void aNodeOfAnotherOperatorNeedsKeys() {
        Domain domain = new Domain(GrePolicy.NOT_REQUIRED);
        domain.from(MAG3, ALICE).gre().sent().rejected(Status.GRE_KEY_OPTION_REQUIRED);
        domain.from(MAG3, ALICE).sent().rejected(Status.GRE_KEY_OPTION_REQUIRED);
        domain.from(MAG3, ALICE).gre(0x11).sent().accepted(Transition.Kind.REGISTERED);
    }

    @Test
    @Requirement("PMIP10-5.3.2-3")
    void anExtensionThatFindsNoKeyLeftChangesNothing() {
        Domain domain = new Domain();
        Ip6Prefix prefix = domain.from(MAG1, ALICE).sent().prefix();
        domain.keySpace(0);
        Map<String, MobileNodeRecord> before = domain.records();
        domain.from(MAG1, ALICE).prefix(prefix).gre(0x11).sent().rejected(Status.INSUFFICIENT_RESOURCES);
        assertThat(domain.records()).isEqualTo(before);
    }
}
