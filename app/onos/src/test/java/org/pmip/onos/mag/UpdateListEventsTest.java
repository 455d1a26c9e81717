// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onlab.packet.Ip6Address;
import org.pmip.onos.Bus;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

class UpdateListEventsTest {

    private static final MobileNodeIdentifier NODE = MobileNodeIdentifier.ofNai("mn1@example.net");
    private static final byte[] MAC = {2, 0, 0, 0, 0, 1};

    /** The first session is at the first gateway, the second at the second. */
    private static BindingUpdateListEntry.Builder session(int number, State state) {
        BindingUpdateListEntry.Builder entry = FakeMag.session(number).state(state);
        return state == State.ACTIVE || state == State.SUPERSEDED ? entry : entry.binding(Optional.empty());
    }

    private static Optional<BindingUpdateList> list(BindingUpdateListEntry.Builder... entries) {
        BindingUpdateList list = BindingUpdateList.none(NODE);
        for (BindingUpdateListEntry.Builder one : entries) {
            list = list.with(one.build());
        }
        return Optional.of(list);
    }

    private static List<String> between(Optional<BindingUpdateList> before, Optional<BindingUpdateList> after) {
        List<String> told = new ArrayList<>();
        UpdateListEvents.between(before, after).forEach(event -> told.add(event.toString()));
        return told;
    }

    private static String told(UpdateListEvent.Type type, int session) {
        return type + " " + NODE + " session " + session + " at mag" + session;
    }

    @Test
    void theLifeOfASessionIsTold() {
        List<Optional<BindingUpdateList>> states = List.of(Optional.empty(),
                list(session(1, State.REGISTERING)),
                list(session(1, State.ACTIVE)),
                list(session(1, State.ACTIVE).status(1)),
                list(session(1, State.ACTIVE).binding(Optional.of(Binding.builder().lifetime(150, 9).build()))),
                list(session(1, State.ENDING)),
                list(session(1, State.LEFT)),
                Optional.empty());
        List<String> told = new ArrayList<>();
        for (int i = 1; i < states.size(); i++) {
            told.addAll(between(states.get(i - 1), states.get(i)));
        }
        assertThat(told).containsExactly(told(UpdateListEvent.Type.REGISTERING, 1),
                told(UpdateListEvent.Type.ATTACHED, 1), told(UpdateListEvent.Type.EXTENDED, 1),
                told(UpdateListEvent.Type.ENDING, 1), told(UpdateListEvent.Type.LEFT, 1));
    }

    @Test
    void aHandoffIsOneMove() {
        List<Optional<BindingUpdateList>> states = List.of(list(session(1, State.ACTIVE)),
                list(session(1, State.SUPERSEDED), session(2, State.REGISTERING).replaces(1)),
                list(session(2, State.ACTIVE)));
        assertThat(between(states.get(0), states.get(1))).containsExactly(told(UpdateListEvent.Type.REGISTERING, 2));
        assertThat(between(states.get(1), states.get(2))).as("and the old one is not told to have left")
                .containsExactly(told(UpdateListEvent.Type.MOVED, 2));
    }

    @Test
    void anotherPortIsNoHandoff() {
        Attachment other = Attachment.of("mag1", "3", MAC, 4);
        assertThat(between(list(session(1, State.ACTIVE)), list(session(1, State.ACTIVE).attachment(other))))
                .containsExactly(told(UpdateListEvent.Type.CHANGED_LINK, 1));
        assertThat(between(list(session(1, State.ACTIVE)), list(session(1, State.ACTIVE)
                .attachment(Attachment.of("mag1", "2", MAC, 4)
                        .withNodeLinkLocal(Ip6Address.valueOf("fe80::9"))))))
                .as("what is learnt of a node is no change of place").isEmpty();
    }

    @Test
    void whoIsRefusedOrForgottenIsTold() {
        assertThat(between(list(session(1, State.REGISTERING)), list(session(1, State.DENIED).status(153))))
                .containsExactly(told(UpdateListEvent.Type.DENIED, 1));
        assertThat(between(list(session(1, State.DENIED)), Optional.empty()))
                .containsExactly(told(UpdateListEvent.Type.LEFT, 1));
    }

    @Test
    void listenersHearOfChangesWhileTheyAreThere() {
        Bus bus = new Bus();
        UpdateListEvents events = new UpdateListEvents();
        events.eventDispatcher = bus;
        events.activate();
        List<String> told = new ArrayList<>();
        UpdateListListener listener = event -> told.add(event.mobileNode() + " " + event.type());
        events.addListener(listener);
        events.changed(Optional.empty(), list(session(1, State.REGISTERING)));
        events.removeListener(listener);
        events.changed(Optional.empty(), list(session(2, State.REGISTERING)));
        assertThat(told).containsExactly(NODE + " REGISTERING");
        events.deactivate();
        assertThat(bus.getSink(UpdateListEvent.class)).isNull();
    }
}
