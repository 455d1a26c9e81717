// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pmip.checks.junit.Requirement;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.Status;
import org.pmip.protocol.wire.option.GreKey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.protocol.lma.FlowDomain.MAG1;
import static org.pmip.protocol.lma.FlowDomain.MAG2;
import static org.pmip.protocol.lma.FlowDomain.NODE;
import static org.pmip.protocol.lma.FlowDomain.gre;

/** GRE negotiation: what the gateway offers against what the anchor's policy says. */
class GreFlowTest {

    private final FlowDomain domain = new FlowDomain();

    private static GreKey offer(String offer) {
        switch (offer) {
            case "none":
                return null;
            case "mode":
                return GreKey.modeOnly();
            default:
                return GreKey.of(0x11);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "none, NOT_REQUIRED, 0, NONE", "none, MODE_ONLY, 0, NONE", "none, AS_REQUESTED, 0, NONE",
        "mode, NOT_REQUIRED, 2, NONE", "mode, MODE_ONLY, 0, MODE_ONLY", "mode, AS_REQUESTED, 0, MODE_ONLY",
        "key, NOT_REQUIRED, 2, NONE", "key, MODE_ONLY, 0, MODE_ONLY", "key, AS_REQUESTED, 0, KEYS", "key, KEYS, 0, KEYS"
    })
    @Requirement({"R5845-2.2-5", "R5845-3.2-2", "R5845-3.2-3", "R5845-3.3.1-3", "R5845-5.1-1", "R5845-5.1-2",
        "R5845-5.1-3", "R5845-5.1-4", "R5845-5.2-1", "R5845-5.2-2", "R5845-5.2-5", "R5845-5.2-6", "R5845-6.4-1",
        "R5845-3.1-4", "GK07-5.1-1", "GK07-6.4-1", "R5845-6.1-1"})
    void whatIsGranted(String offer, GrePolicy policy, int status, GreMode mode) {
        domain.gre = policy;
        // Initial registration, extension and handoff are judged alike.
        for (int step = 0; step < 3; step++) {
            BindingAcknowledgement pba = domain.send(step < 2 ? MAG1 : MAG2,
                    domain.pbu(step == 0 ? 1 : step == 1 ? 5 : 3, 100, gre(offer(offer))));
            assertThat(pba.status()).isEqualTo(status);
            BindingCacheEntry session = domain.session();
            assertThat(session.gre()).isEqualTo(mode);
            assertThat(session.downlinkKey()).isEqualTo(mode == GreMode.KEYS ? 0x11 : 0);
            Optional<GreKey> answered = pba.first(GreKey.class);
            switch (mode) {
                case KEYS:
                    assertThat(session.uplinkKey()).isPositive();
                    assertThat(answered).contains(GreKey.of(session.uplinkKey()));
                    break;
                case MODE_ONLY:
                    assertThat(answered).contains(GreKey.modeOnly());
                    break;
                default:
                    assertThat(answered).isEmpty();
                    break;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"none", "mode"})
    @Requirement({"R5845-5.2-4", "R5845-6.4-3", "R5845-3.3.2-10", "R5845-3.3.2-11", "GK07-6.4-3", "R5845-5.2-1"})
    void keysAreRequired(String offer) {
        domain.gre = GrePolicy.KEYS;
        BindingAcknowledgement pba = domain.send(MAG1, domain.pbu(1, 100, gre(offer(offer))));
        assertThat(pba.status()).isEqualTo(Status.GRE_KEY_OPTION_REQUIRED).isEqualTo(163);
        assertThat(domain.sessions()).isEmpty();
        assertThat(domain.claims()).isEmpty();
        domain.send(MAG1, domain.pbu(1, 100, gre(offer("key"))));
        BindingCacheEntry before = domain.session();
        assertThat(domain.send(MAG2, domain.pbu(3, 100, gre(offer(offer)))).status()).isEqualTo(163);
        assertThat(domain.session()).isEqualTo(before);
        assertThat(domain.send(MAG1, domain.pbu(4, 0)).status()).as("de-registration needs no key").isZero();
    }

    @Test
    @Requirement({"R5845-3.3.2-12", "R5845-3.3.2-13"})
    void aHandoffMayGiveUpGre() {
        domain.send(MAG1, domain.pbu(1, 100, gre(offer("key"))));
        BindingAcknowledgement pba = domain.send(MAG2, domain.pbu(3, 100));
        assertThat(pba.status()).isZero();
        assertThat(pba.first(GreKey.class)).isEmpty();
        assertThat(domain.session().gre()).isEqualTo(GreMode.NONE);
        assertThat(domain.session().uplinkKey()).isZero();
        assertThat(domain.session().downlinkKey()).isZero();
        assertThat(domain.session().tlvHeader()).isFalse();
    }

    @Test
    @Requirement({"R5845-3.1-6", "R5845-2.2-4"})
    void everySessionHasItsOwnKey() {
        domain.send(MAG1, domain.pbu(1, 100, gre(GreKey.of(1))));
        domain.send(MAG1, domain.pbu(1, 100, FlowDomain.link(2), gre(GreKey.of(2))));
        assertThat(domain.sessions()).extracting(BindingCacheEntry::downlinkKey).containsExactly(1L, 2L);
        assertThat(domain.sessions()).extracting(BindingCacheEntry::uplinkKey).doesNotHaveDuplicates();
    }

    @Test
    @Requirement("R5845-2.2-6")
    void theNodesPolicyComesBeforeTheGatewaysAndThatBeforeTheAnchors() {
        domain.gre = GrePolicy.NOT_REQUIRED;
        domain.gateways.put(MAG1, new LmaPolicy.MagPolicy("", Optional.of(GrePolicy.MODE_ONLY), Optional.empty(), 1));
        assertThat(domain.send(MAG1, domain.pbu(1, 100, gre(offer("key")))).first(GreKey.class))
                .contains(GreKey.modeOnly());
        domain.profiles.put(NODE, FlowDomain.profile(GrePolicy.KEYS));
        assertThat(domain.send(MAG1, domain.pbu(5, 100, gre(offer("key")))).first(GreKey.class).orElseThrow().hasKey())
                .isTrue();
        assertThat(domain.send(MAG2, domain.pbu(3, 100)).status()).isEqualTo(163);
    }

    @Test
    @Requirement("R5845-5.2-4")
    void aNodeOfAnotherOperatorNeedsKeysWhateverThePolicy() {
        domain.gre = GrePolicy.NOT_REQUIRED;
        domain.profiles.put(NODE, new MobileNodeProfile(true, java.util.List.of(), Optional.empty(),
                java.util.OptionalInt.empty(), 7));
        assertThat(domain.send(MAG1, domain.pbu(1, 100)).status()).isEqualTo(163);
        assertThat(domain.send(MAG1, domain.pbu(1, 100, gre(offer("key")))).status()).isZero();
        assertThat(domain.session().operator()).isEqualTo(7);
    }
}
