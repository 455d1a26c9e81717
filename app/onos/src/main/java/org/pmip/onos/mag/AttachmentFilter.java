// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;

/** Which Binding Update Lists are asked for. Immutable. */
public final class AttachmentFilter {

    private final String node;
    private final String gateway;
    private final Optional<State> state;

    private AttachmentFilter(String node, String gateway, Optional<State> state) {
        this.node = node;
        this.gateway = gateway;
        this.state = state;
    }

    /**
     * Makes a filter.
     *
     * @param node only identifiers that contain this text; null for all
     * @param gateway only nodes with an attachment to this gateway; null for all
     * @param state only nodes with an attachment in this state, in small letters; null for all
     * @throws IllegalArgumentException if there is no such state
     */
    public static AttachmentFilter of(String node, String gateway, String state) {
        return new AttachmentFilter(node, gateway, Optional.ofNullable(state).map(AttachmentFilter::state));
    }

    private static State state(String word) {
        return Arrays.stream(State.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("state: '" + word + "' is none of "
                        + Arrays.stream(State.values()).map(one -> one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))));
    }

    private boolean fits(BindingUpdateList list) {
        return (node == null || list.key().contains(node)) && list.entries().stream().anyMatch(this::fits);
    }

    private boolean fits(BindingUpdateListEntry entry) {
        return (gateway == null || entry.attachment().gateway().equals(gateway))
                && state.map(entry.state()::equals).orElse(true);
    }

    /** All lists that fit, by identifier. */
    public List<BindingUpdateList> all(MagService service) {
        return service.lists().stream().filter(this::fits).sorted(Comparator.comparing(BindingUpdateList::key))
                .collect(Collectors.toList());
    }

    /**
     * A part of sorted lists.
     *
     * @param after the identifier before the first one; empty to begin
     * @param limit most lists, 1 or more
     */
    public static List<BindingUpdateList> page(List<BindingUpdateList> all, String after, int limit) {
        return all.stream().filter(list -> list.key().compareTo(after) > 0).limit(limit)
                .collect(Collectors.toList());
    }
}
