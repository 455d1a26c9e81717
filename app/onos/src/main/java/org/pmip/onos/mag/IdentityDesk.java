// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.pmip.onos.mag.NodeIdentityProvider.Sighting;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the providers of identities, and remembers what they said: nothing waits for them, and a node that was seen
 * while they were asked is called in once its name is known. Thread-safe.
 */
@Component(immediate = true, service = IdentityDesk.class)
public class IdentityDesk {

    /** After that an identity is asked for again; meanwhile the former one counts. */
    static final long FRESH_MILLIS = 600_000;
    /** For so long nobody's interface is nobody's. */
    static final long NOBODY_MILLIS = 5_000;
    private static final Logger LOG = LoggerFactory.getLogger(IdentityDesk.class);
    /** How long an answer of each provider is waited for. */
    static final long PATIENCE_MILLIS = 5_000;
    private static final int GREATEST_MEMORY = 100_000;

    /** By what the OSGi framework orders services: the lowest ranking first. */
    private final NavigableMap<Object, NodeIdentityProvider> providers = new ConcurrentSkipListMap<>();
    private final Map<List<Object>, Known> memory = new ConcurrentHashMap<>();

    /** What is known of an interface at a place. Immutable. */
    private static final class Known {
        private final Sighting sighting;
        private final Optional<MobileNodeIdentifier> node;
        private final boolean asking;
        private final long until;

        private Known(Sighting sighting, Optional<MobileNodeIdentifier> node, boolean asking, long until) {
            this.sighting = sighting;
            this.node = node;
            this.asking = asking;
            this.until = until;
        }
    }

    /** A bundle has registered a provider. */
    @Reference(name = "provider", service = NodeIdentityProvider.class,
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, unbind = "remove")
    protected void add(NodeIdentityProvider provider, ServiceReference<NodeIdentityProvider> reference) {
        put(reference, provider);
    }

    /** A provider is gone; what it said stays until it is old. */
    protected void remove(NodeIdentityProvider provider, ServiceReference<NodeIdentityProvider> reference) {
        providers.remove(reference);
    }

    final void put(Object order, NodeIdentityProvider provider) {
        providers.put(order, provider);
        // Who was nobody may be somebody for this one.
        memory.values().removeIf(known -> known.node.isEmpty() && !known.asking);
    }

    private static List<Object> key(ConnectPoint port, int vlan, MacAddress node) {
        return List.of(port, vlan, node);
    }

    /**
     * Whose an interface is, as far as that is known by now; otherwise the providers are asked.
     *
     * @param clock milliseconds that never go backwards
     * @param counter told by name of providers that fail
     * @param named called with the sighting when a name has come to be known
     */
    Optional<MobileNodeIdentifier> whose(Sighting sighting, LongSupplier clock, Consumer<String> counter,
                                         Consumer<Sighting> named) {
        if (providers.isEmpty()) {
            return Optional.empty();
        }
        long now = clock.getAsLong();
        List<Object> key = key(sighting.port(), sighting.vlan(), sighting.node());
        if (memory.size() >= GREATEST_MEMORY) {
            memory.values().removeIf(known -> known.until <= now);
        }
        List<NodeIdentityProvider> all = List.copyOf(providers.descendingMap().values());
        // By then each has answered or was waited for in vain: whatever becomes of a question, it is asked again.
        long answered = now + (all.size() + 1) * PATIENCE_MILLIS;
        boolean[] ask = new boolean[1];
        Known known = memory.compute(key, (same, before) -> {
            boolean more = before != null && before.node.isEmpty() && sighting.dhcpClientId().isPresent()
                    && before.sighting.dhcpClientId().isEmpty();
            if (before != null && before.until > now && (before.asking || !more)) {
                return before;
            }
            ask[0] = true;
            return new Known(sighting, before == null ? Optional.empty() : before.node, true, answered);
        });
        if (!ask[0]) {
            return known.node;
        }
        ask(all, 0, sighting, counter).whenComplete((said, failure) -> {
            if (failure != null) {
                LOG.error("{}: asking the identity providers failed", sighting, failure);
            }
            Optional<MobileNodeIdentifier> answer = failure == null ? said : Optional.empty();
            // A later question has an answer of its own.
            memory.computeIfPresent(key, (same, asked) -> asked != known ? asked : new Known(sighting, answer, false,
                    clock.getAsLong() + (answer.isPresent() ? FRESH_MILLIS : NOBODY_MILLIS)));
            if (answer.isPresent() && !answer.equals(known.node)) {
                named.accept(sighting);
            }
        });
        // A provider that answers at once has been heard already.
        return Optional.ofNullable(memory.get(key)).flatMap(one -> one.node);
    }

    private static CompletableFuture<Optional<MobileNodeIdentifier>> ask(List<NodeIdentityProvider> all, int index,
                                                                         Sighting sighting, Consumer<String> counter) {
        if (index == all.size()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        CompletableFuture<Optional<MobileNodeIdentifier>> answer;
        try {
            answer = all.get(index).identify(sighting).toCompletableFuture()
                    .thenApply(one -> one).orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RuntimeException | LinkageError e) {
            // Somebody else's code, perhaps of a bundle that is just replaced: whatever it throws must not keep the
            // others from being asked.
            answer = CompletableFuture.failedFuture(e);
        }
        return answer.handle((one, failure) -> {
            if (failure != null || one == null) {
                counter.accept("identity providers that failed");
                LOG.warn("{}: an identity provider failed: {}", sighting, String.valueOf(failure));
            }
            return failure == null && one != null && one.isPresent() ? CompletableFuture.completedFuture(one)
                    : ask(all, index + 1, sighting, counter);
        }).thenCompose(next -> next);
    }
}
