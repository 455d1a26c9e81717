// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Providers of identities: who is asked, and what is made of what they say. */
class IdentityDeskTest {

    private static final MobileNodeIdentifier ANNA = MobileNodeIdentifier.ofNai("anna@example.net");
    private static final MobileNodeIdentifier BERT = MobileNodeIdentifier.ofNai("bert@example.net");

    private final IdentityDesk desk = new IdentityDesk();
    private final List<String> asked = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final List<Sighting> named = new ArrayList<>();
    private long now = 1_000_000;

    private static Sighting sighting(byte... clientId) {
        return new Sighting(ConnectPoint.deviceConnectPoint("device:mag1/2"), 0,
                MacAddress.valueOf("00:00:5e:00:53:41"),
                clientId.length == 0 ? Optional.empty() : Optional.of(clientId));
    }

    private Optional<MobileNodeIdentifier> whose(Sighting sighting) {
        return desk.whose(sighting, () -> now, counted::add, named::add);
    }

    private void provider(int ranking, CompletionStage<Optional<MobileNodeIdentifier>> answer) {
        desk.put(ranking, sighting -> {
            asked.add("provider " + ranking);
            return answer;
        });
    }

    private static CompletionStage<Optional<MobileNodeIdentifier>> says(MobileNodeIdentifier node) {
        return CompletableFuture.completedFuture(Optional.of(node));
    }

    @Test
    void withoutProvidersNobodyIsKnown() {
        assertThat(whose(sighting())).isEmpty();
    }

    @Test
    @Requirement("PMIP10-6.6-1")
    void theOneOfTheHighestRankingIsAskedFirstAndOnceForAWhile() {
        provider(1, says(BERT));
        provider(5, says(ANNA));
        assertThat(whose(sighting())).contains(ANNA);
        assertThat(whose(sighting())).contains(ANNA);
        assertThat(asked).containsExactly("provider 5");
        assertThat(named).hasSize(1);
        now += IdentityDesk.FRESH_MILLIS;
        assertThat(whose(sighting())).contains(ANNA);
        assertThat(asked).hasSize(2);
        assertThat(named).as("no news").hasSize(1);
    }

    @Test
    void oneThatFailsDoesNotKeepTheOthersFromBeingAsked() {
        provider(1, says(BERT));
        provider(2, CompletableFuture.completedFuture(Optional.empty()));
        provider(3, CompletableFuture.failedFuture(new IllegalStateException("the directory is down")));
        provider(4, null);
        desk.put(5, sighting -> {
            throw new IllegalStateException("a bug of somebody else");
        });
        assertThat(whose(sighting())).contains(BERT);
        assertThat(asked).containsExactly("provider 4", "provider 3", "provider 2", "provider 1");
        assertThat(counted).hasSize(3).containsOnly("identity providers that failed");
    }

    @Test
    void aClassThatIsMissingIsAFailureAsAnyOther() {
        provider(1, says(BERT));
        desk.put(2, sighting -> {
            throw new NoClassDefFoundError("of a bundle that was replaced");
        });
        assertThat(whose(sighting())).contains(BERT);
        assertThat(counted).containsExactly("identity providers that failed");
    }

    @Test
    void aQuestionThatEndedInAnErrorIsAskedAgain() {
        List<CompletableFuture<Optional<MobileNodeIdentifier>>> answers = new ArrayList<>();
        desk.put(1, sighting -> {
            asked.add("provider 1");
            throw new AssertionError("a bug of somebody else");
        });
        desk.put(2, sighting -> {
            answers.add(new CompletableFuture<>());
            return answers.get(answers.size() - 1);
        });
        assertThat(whose(sighting())).isEmpty();
        answers.get(0).complete(Optional.empty());
        assertThat(asked).hasSize(1);
        now += IdentityDesk.NOBODY_MILLIS;
        assertThat(whose(sighting())).isEmpty();
        answers.get(1).complete(Optional.of(ANNA));
        assertThat(whose(sighting())).contains(ANNA);
        assertThat(named).hasSize(1);
    }

    @Test
    void anErrorOfTheFirstIsThrownAndForgottenAfterAWhile() {
        boolean[] broken = {true};
        desk.put(1, sighting -> {
            if (broken[0]) {
                throw new AssertionError("a bug of somebody else");
            }
            return says(ANNA);
        });
        assertThatThrownBy(() -> whose(sighting())).isInstanceOf(AssertionError.class);
        broken[0] = false;
        now += 2 * IdentityDesk.PATIENCE_MILLIS;
        assertThat(whose(sighting())).contains(ANNA);
    }

    @Test
    void whoIsNamedLaterIsCalledIn() {
        CompletableFuture<Optional<MobileNodeIdentifier>> answer = new CompletableFuture<>();
        provider(1, answer);
        assertThat(whose(sighting())).isEmpty();
        assertThat(whose(sighting())).as("asked once").isEmpty();
        assertThat(asked).hasSize(1);
        assertThat(named).isEmpty();
        answer.complete(Optional.of(ANNA));
        assertThat(named).containsExactly(sighting());
        assertThat(whose(sighting())).contains(ANNA);
    }

    @Test
    void nobodyIsAskedForAgainAfterAWhileOrWithMoreToTell() {
        provider(1, CompletableFuture.completedFuture(Optional.empty()));
        assertThat(whose(sighting())).isEmpty();
        assertThat(whose(sighting())).isEmpty();
        assertThat(asked).hasSize(1);
        whose(sighting((byte) 1, (byte) 7));
        assertThat(asked).as("a DHCP client identifier may tell").hasSize(2);
        whose(sighting((byte) 1, (byte) 7));
        assertThat(asked).hasSize(2);
        now += IdentityDesk.NOBODY_MILLIS;
        whose(sighting());
        assertThat(asked).hasSize(3);
    }

    @Test
    void aNewProviderIsAskedForThoseWhomNobodyKnew() {
        provider(1, CompletableFuture.completedFuture(Optional.empty()));
        assertThat(whose(sighting())).isEmpty();
        provider(2, says(ANNA));
        assertThat(whose(sighting())).contains(ANNA);
    }
}
