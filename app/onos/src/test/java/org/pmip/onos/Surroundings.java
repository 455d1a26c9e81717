// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreServiceAdapter;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.DeviceId;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigListener;
import org.onosproject.net.config.NetworkConfigRegistryAdapter;
import org.onosproject.net.device.DeviceServiceAdapter;
import org.onosproject.net.flow.DefaultFlowEntry;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRule;
import org.onosproject.net.flow.FlowRuleOperation;
import org.onosproject.net.flow.FlowRuleOperations;
import org.onosproject.net.flow.FlowRuleServiceAdapter;
import org.onosproject.net.meter.Meter;
import org.onosproject.net.meter.MeterRequest;
import org.onosproject.net.meter.MeterScope;
import org.onosproject.net.meter.MeterServiceAdapter;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.onosproject.store.service.AtomicCounter;
import org.onosproject.store.service.ConsistentMapBuilder;
import org.onosproject.store.service.StorageException;
import org.pmip.onos.config.PmipAppConfig;

/** What ONOS gives the application's components; stores and packets fail when a test wants it. Thread-safe. */
public final class Surroundings {

    /** This node of the cluster. */
    public static final NodeId HERE = NodeId.nodeId("here");

    /** The application. */
    public static final ApplicationId APPLICATION = new DefaultApplicationId(7, "org.pmip");

    /** Whether the counters that numbers come from cannot be opened. */
    public volatile boolean away;
    /** Whether no map can be opened. */
    public volatile boolean closed;
    /** How often something could not. */
    public final AtomicInteger denied = new AtomicInteger();
    /** After how many processors the next one is refused, once; none if negative. */
    public volatile int refused = -1;
    /** Who looks at packets. */
    public final List<PacketProcessor> processors = new CopyOnWriteArrayList<>();
    /** What was sent. */
    public final List<OutboundPacket> sent = new CopyOnWriteArrayList<>();
    /** Whether switches are silent: they take rules and do not say so. */
    public volatile boolean silent;
    /** What happens while switches refuse rules; they take them if it is empty. */
    public volatile Optional<Runnable> refusing = Optional.empty();
    private final List<NetworkConfigListener> listeners = new CopyOnWriteArrayList<>();
    private final Map<FlowRule, FlowRule> rules = new ConcurrentHashMap<>();
    private final List<FlowRuleOperations> unanswered = new CopyOnWriteArrayList<>();
    private volatile JsonNode configuration;

    /** Knows the application. */
    public final CoreServiceAdapter core = new CoreServiceAdapter() {
        @Override
        public ApplicationId registerApplication(String name) {
            return APPLICATION;
        }
    };

    /** Has the configuration. */
    public final NetworkConfigRegistryAdapter registry = new NetworkConfigRegistryAdapter() {
        @Override
        @SuppressWarnings("unchecked")
        public <S, C extends Config<S>> C getConfig(S subject, Class<C> type) {
            JsonNode now = configuration;
            if (now == null) {
                return null;
            }
            PmipAppConfig config = new PmipAppConfig();
            config.init(APPLICATION, "pmip", now, new ObjectMapper(), delegate -> { });
            return (C) config;
        }

        @Override
        public void addListener(NetworkConfigListener listener) {
            listeners.add(listener);
        }

        @Override
        public void removeListener(NetworkConfigListener listener) {
            listeners.remove(listener);
        }
    };

    /** The stores. */
    public final NamedMaps storage = new NamedMaps() {
        @Override
        public AtomicCounter getAtomicCounter(String name) {
            if (away && name.endsWith("-blocks")) {
                denied.incrementAndGet();
                throw new StorageException.Unavailable();
            }
            return super.getAtomicCounter(name);
        }

        @Override
        public <K, V> ConsistentMapBuilder<K, V> consistentMapBuilder() {
            if (closed) {
                denied.incrementAndGet();
                throw new StorageException.Unavailable();
            }
            return super.consistentMapBuilder();
        }
    };

    /** Takes all rules. */
    public final FlowRuleServiceAdapter flowRules = new FlowRuleServiceAdapter() {
        @Override
        public void apply(FlowRuleOperations operations) {
            if (silent) {
                unanswered.add(operations);
                return;
            }
            Optional<Runnable> meanwhile = refusing;
            if (meanwhile.isPresent()) {
                meanwhile.get().run();
                operations.callback().onError(operations);
                return;
            }
            take(operations);
        }

        @Override
        public Iterable<FlowEntry> getFlowEntriesById(ApplicationId id) {
            List<FlowEntry> all = new ArrayList<>();
            rules.values().forEach(rule -> all.add(new DefaultFlowEntry(rule, FlowEntry.FlowEntryState.ADDED)));
            return all;
        }
    };

    /** Sends nothing anywhere. */
    public final PacketServiceAdapter packets = new PacketServiceAdapter() {
        @Override
        public void addProcessor(PacketProcessor processor, int priority) {
            if (refused == processors.size()) {
                refused = -1;
                throw new StorageException.Unavailable();
            }
            processors.add(processor);
        }

        @Override
        public void removeProcessor(PacketProcessor processor) {
            processors.remove(processor);
        }

        @Override
        public void emit(OutboundPacket packet) {
            sent.add(packet);
        }
    };

    /** All switches are there. */
    public final DeviceServiceAdapter devices = new DeviceServiceAdapter() {
        @Override
        public boolean isAvailable(DeviceId device) {
            return true;
        }
    };

    /** This node is the master of all. */
    public final MastershipServiceAdapter masterships = new MastershipServiceAdapter() {
        @Override
        public boolean isLocalMaster(DeviceId device) {
            return true;
        }

        @Override
        public NodeId getMasterFor(DeviceId device) {
            return HERE;
        }
    };

    /** Takes all meters. */
    public final MeterServiceAdapter meters = new MeterServiceAdapter() {
        @Override
        public Collection<Meter> getMeters(DeviceId device, MeterScope scope) {
            return List.of();
        }

        @Override
        public Meter submit(MeterRequest request) {
            return null;
        }
    };

    /** Gives a component what it wants of ONOS, by the types of its fields, as ONOS's container does. */
    public void bind(Object component) {
        for (Field field : component.getClass().getDeclaredFields()) {
            List.<Object>of(core, registry, storage, flowRules, packets, devices, masterships, meters).stream()
                    .filter(one -> field.getType().isInterface() && field.getType().isInstance(one))
                    .forEach(one -> set(component, field, one));
        }
    }

    private static void set(Object component, Field field, Object service) {
        try {
            field.setAccessible(true);
            field.set(component, service);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(FlowRuleOperations operations) {
        operations.stages().forEach(stage -> stage.forEach(one -> {
            rules.remove(one.rule());
            if (one.type() != FlowRuleOperation.Type.REMOVE) {
                rules.put(one.rule(), one.rule());
            }
        }));
        operations.callback().onSuccess(operations);
    }

    /** The switches say what they have not said. */
    public void speak() {
        silent = false;
        List<FlowRuleOperations> all = List.copyOf(unanswered);
        unanswered.clear();
        all.forEach(this::take);
    }

    /** All rules that the switches have. */
    public Set<FlowRule> rules() {
        return Set.copyOf(rules.keySet());
    }

    /** The switches lose these rules; nobody is told. */
    public void lose(Collection<FlowRule> some) {
        rules.keySet().removeAll(some);
    }

    /** How many rules a switch has. */
    public long rules(String device) {
        return rules.keySet().stream().filter(rule -> rule.deviceId().toString().equals(device)).count();
    }

    /** How many rules there are in tables whose name ends so, of all switches. */
    public long entries(String table) {
        return rules.keySet().stream().filter(rule -> rule.table().toString().endsWith(table)).count();
    }

    /** The application's configuration becomes another one, with single quotes for double ones; null for none. */
    public void configure(String text) {
        try {
            configuration = text == null ? null : new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listeners.forEach(one -> one.event(new NetworkConfigEvent(
                NetworkConfigEvent.Type.CONFIG_UPDATED, APPLICATION, PmipAppConfig.class)));
    }

    /** Waits until something is so. */
    public static void until(String what, BooleanSupplier reached) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!reached.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        assertThat(reached.getAsBoolean()).as(what).isTrue();
    }
}
