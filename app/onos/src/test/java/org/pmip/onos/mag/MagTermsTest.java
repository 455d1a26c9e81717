// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.onosproject.core.DefaultApplicationId;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.lma.SharedStorage;
import org.pmip.onos.store.ListStore;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.Timestamp;

/** What becomes of events that are being worked on, or wait, when another configuration counts. */
class MagTermsTest extends MagProcessorBed {

    @Test
    @Requirement({"R5213-9.3-1", "R5213-9.3-2"})
    void otherProtocolVariablesCountFromTheNextRequestOnAndNoSessionIsTouched() {
        attach("mag1");
        accept();
        written(0);
        BindingUpdateList before = list();
        processor.use(new MagEngine(policy(), MagParameters.DEFAULTS.withTimestamps(false).withLifetime(400)));
        assertThat(list()).isEqualTo(before);
        assertThat(seen).endsWith("advertise at mag1");
        now = before.deadline().orElseThrow();
        processor.submit(ANNA, MagEvent.timer());
        processor.submit(ANNA, MagEvent.presence(before.entries().get(0).sessionId(), true));
        BindingUpdate extension = sent.get(sent.size() - 1).update();
        assertThat(extension.lifetime()).isEqualTo(100);
        assertThat(extension.first(Timestamp.class)).isEmpty();
    }

    @Test
    void whatIsUnderWayGoesOnByTheNextConfiguration() {
        attach("mag1");
        accept();
        processor.submit(ANNA, MagEvent.detached(at("mag1")));
        long session = list().entries().get(0).sessionId();
        assertThat(processor.use(terms("next: "))).containsExactly(session);
        assertThat(sent).as("in order").hasSize(1);
        written(0);
        assertThat(processor.confirmed(session)).isTrue();
        assertThat(seen).containsExactly("send from mag1", "change -0 +1", "next: advertise at mag1",
                "next: send from mag1");
        accept();
        assertThat(seen).endsWith("next: removed at mag1", "next: change -1 +0");
    }

    @Test
    void whatTheFormerConfigurationCouldNotWriteIsComparedByTheNext() {
        attach("mag1");
        accept();
        long session = list().entries().get(0).sessionId();
        processor.use(terms("next: "));
        writes.get(0).completeExceptionally(new CancellationException("another configuration"));
        assertThat(seen).containsExactly("send from mag1", "change -0 +1", "next: compare device:mag1");
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
        assertThat(processor.confirmed(session)).isFalse();
        compared.completeExceptionally(new CancellationException("one more configuration"));
        assertThat(processor.confirmed(session)).isFalse();
        processor.confirm(processor.use(terms("third: ")));
        assertThat(processor.confirmed(session)).isTrue();
    }

    @Test
    void whatTheStoreHasTakenWithoutSayingSoIsFoundByAComparison() {
        SharedStorage flawed = new SharedStorage();
        ListStore lists = new ListStore(flawed, new DefaultApplicationId(1, "org.pmip"), (before, after) -> { });
        MagProcessor.Parts parts = parts();
        parts.store = lists;
        MagProcessor over = processor(parts);
        over.submit(ANNA, MagEvent.attached(at("mag1"), HandoffIndicator.UNKNOWN, Optional.empty()));
        flawed.fail("pmip-update-lists", "replace", SharedStorage.Lost.ANSWER);
        accept(over);
        flawed.heal();
        BindingUpdateListEntry entry = lists.read(ANNA).list().entries().get(0);
        assertThat(entry.state()).isEqualTo(State.ACTIVE);
        assertThat(writes).as("nobody goes on from here").isEmpty();
        assertThat(seen).containsExactly("send from mag1", "compare all");
        assertThat(over.confirmed(entry.sessionId())).as("nothing is said on links meanwhile").isFalse();
        compared.complete(null);
        assertThat(over.confirmed(entry.sessionId())).isTrue();
    }

    @Test
    void withoutGatewaysEventsLeadToNothing() {
        attach("mag1");
        accept();
        processor.submit(ANNA, MagEvent.detached(at("mag1")));
        processor.rest();
        written(0);
        processor.submit(ANNA, MagEvent.timer());
        assertThat(sent).hasSize(1);
        assertThat(list().entries()).singleElement().matches(entry -> entry.state() == State.ACTIVE);
    }

    @Test
    void entriesThatCouldNotBeTakenOutAreLookedFor() {
        attach("mag1");
        accept();
        written(0);
        processor.submit(ANNA, MagEvent.detached(at("mag1")));
        accept();
        writes.get(1).completeExceptionally(new IllegalStateException("refused"));
        assertThat(seen).endsWith("change -1 +0", "compare device:mag1");
    }
}
