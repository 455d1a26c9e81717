// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.dataplane;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.onosproject.net.DeviceId;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.pipeconf.entity.TunnelEndpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tunnels of this application's switches, each shared by all sessions between its ends: which of them a switch is
 * known to have, so that they need not be written with every session, and which of them no session uses any more.
 * Thread-safe.
 */
final class Tunnels {

    private static final Logger LOG = LoggerFactory.getLogger(Tunnels.class);

    /** A tunnel as the last session that was put into it has it: who comes later puts another one in its place. */
    private static final class Tunnel {
        private final DeviceId device;
        private final Supplier<List<PipelineEntity>> entities;

        private Tunnel(DeviceId device, Supplier<List<PipelineEntity>> entities) {
            this.device = device;
            this.entities = entities;
        }

        private List<PipelineEntity> entities() {
            return entities.get();
        }

        private Stream<EntityKey> keys() {
            return entities().stream().map(EntityKey::of);
        }
    }

    private final DeviceRules rules;
    private final Map<List<Object>, Tunnel> tunnels = new ConcurrentHashMap<>();
    /** Those that had no session when last looked at. */
    private final Map<List<Object>, Tunnel> idle = new ConcurrentHashMap<>();
    /** Those that their switch has accepted, and has lost since as far as is known not. */
    private final Set<List<Object>> present = ConcurrentHashMap.newKeySet();

    Tunnels(DeviceRules rules) {
        this.rules = rules;
    }

    /**
     * Puts a session into a tunnel.
     *
     * @param ends what makes two tunnels one
     * @param entities makes the tunnel's, the same for the same ends; asked when they are needed, which is seldom
     */
    void use(List<Object> ends, DeviceId device, Supplier<List<PipelineEntity>> entities) {
        tunnels.put(ends, new Tunnel(device, entities));
    }

    /** Whether the switch is known to have a tunnel; to be asked after {@link #use}. */
    boolean has(List<Object> ends) {
        return present.contains(ends);
    }

    /** The switch has accepted tunnels. */
    void accepted(Collection<List<Object>> ends) {
        ends.stream().filter(tunnels::containsKey).forEach(present::add);
    }

    /** Nothing is known any more of what a switch has. */
    void doubt(DeviceId device) {
        tunnels.forEach((ends, tunnel) -> {
            if (tunnel.device.equals(device)) {
                present.remove(ends);
            }
        });
    }

    /**
     * Takes tunnels out of the switches that none of the sessions uses, now and the last time: a node's copy of the
     * sessions may lag behind what it has just written of one.
     *
     * @param used the ends of the tunnels that sessions use
     * @param looked the switches to look at
     */
    void removeUnused(Set<List<Object>> used, Predicate<DeviceId> looked) {
        tunnels.forEach((ends, tunnel) -> {
            if (used.contains(ends) || !looked.test(tunnel.device)) {
                idle.remove(ends);
            } else if (idle.put(ends, tunnel) == tunnel) {
                // In this order: a session that is put into it now writes it, or it is not taken out.
                present.remove(ends);
                if (tunnels.remove(ends, tunnel)) {
                    idle.remove(ends);
                    LOG.info("{}: no session is left in {}, removing it", tunnel.device, tunnel.entities());
                    rules.write(tunnel.device, List.of(), tunnel.entities()).whenComplete((nothing, failure) ->
                            restore(ends));
                }
            }
        });
    }

    /**
     * Tells a tunnel's switch another path MTU.
     *
     * @param mtu the largest packet in octets, outer header included
     * @return completes when the switch has taken it, or has no such tunnel; exceptionally when it refused
     */
    CompletableFuture<Void> resize(List<Object> ends, int mtu) {
        Tunnel tunnel = tunnels.computeIfPresent(ends, (key, now) -> {
            List<PipelineEntity> resized = now.entities().stream().map(entity -> entity instanceof TunnelEndpoints
                    ? ((TunnelEndpoints) entity).withMtu(mtu) : entity).collect(Collectors.toList());
            return new Tunnel(now.device, () -> resized);
        });
        return tunnel == null ? CompletableFuture.completedFuture(null) : rules.write(tunnel.device,
                List.of(tunnel.entities().stream().filter(entity -> entity instanceof TunnelEndpoints)
                        .collect(Collectors.toList())), List.of()).whenComplete((nothing, failure) -> {
                            if (failure != null) {
                                // The next packet that is too big gives another chance.
                                LOG.warn("{}: {} did not get path MTU {}: {}", tunnel.device, ends, mtu,
                                        failure.toString());
                            }
                        });
    }

    /** The ends of all tunnels that are known. */
    Set<List<Object>> ends() {
        return Set.copyOf(tunnels.keySet());
    }

    /** The entries of the tunnels that are known here: who compares a switch leaves them to {@link #removeUnused}. */
    Set<EntityKey> entries(DeviceId device) {
        return tunnels.values().stream().filter(tunnel -> tunnel.device.equals(device)).flatMap(Tunnel::keys)
                .collect(Collectors.toSet());
    }

    /**
     * Writes what a comparison has found, and takes out what nobody wants, but for tunnels that are known by now: a
     * session that has just come relies on its own.
     *
     * @return completes as {@link DeviceRules#write} does
     */
    CompletableFuture<Void> mend(DeviceId device, List<List<PipelineEntity>> stages, List<PipelineEntity> gone) {
        if (gone.isEmpty()) {
            return rules.write(device, stages, gone);
        }
        Set<EntityKey> spared = entries(device);
        Map<EntityKey, PipelineEntity> unwanted = new LinkedHashMap<>();
        gone.forEach(entity -> unwanted.put(EntityKey.of(entity), entity));
        unwanted.keySet().removeAll(spared);
        return rules.write(device, stages, unwanted.values()).whenComplete((nothing, failure) ->
                // Who came between the look and the write.
                tunnels.forEach((ends, tunnel) -> {
                    if (tunnel.device.equals(device) && tunnel.keys().anyMatch(unwanted::containsKey)) {
                        restore(ends);
                    }
                }));
    }

    /** A session that has come while its tunnel was taken out needs it again, whichever of the two was written last. */
    private void restore(List<Object> ends) {
        Tunnel again = tunnels.get(ends);
        if (again != null) {
            CompletableFuture<Void> written = rules.write(again.device, List.of(again.entities()), List.of());
            written.whenComplete((nothing, failure) -> {
                // Who is closed leaves it to the next comparison.
                if (failure != null && !written.isCancelled()) {
                    LOG.warn("{}: {} may be missing: {}", again.device, again.entities(), failure.toString());
                }
            });
        }
    }
}
