// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.onosproject.net.config.Config;
import org.onosproject.net.config.ConfigFactory;
import org.onosproject.net.config.InvalidConfigException;
import org.onosproject.net.config.NetworkConfigEvent;
import org.onosproject.net.config.NetworkConfigStore;
import org.onosproject.net.config.NetworkConfigStoreDelegate;
import org.onosproject.store.AbstractStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network configuration, with the rules of ONOS's store: a section for which nobody has registered yet waits;
 * when its factory comes it is checked and becomes visible, or is dropped with a warning; an invalid section is
 * refused with {@link InvalidConfigException}. Safe for use by many threads.
 */
@SuppressWarnings({"rawtypes", "unchecked"})
public final class NetworkConfigs extends AbstractStore<NetworkConfigEvent, NetworkConfigStoreDelegate>
    implements NetworkConfigStore {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkConfigs.class);

    private final ObjectMapper mapper = new ObjectMapper();
    private final Map<String, ConfigFactory> factories = new ConcurrentHashMap<>();
    private final Map<Key, JsonNode> visible = new ConcurrentHashMap<>();
    private final Map<Key, JsonNode> waiting = new ConcurrentHashMap<>();

    /** A section: whose it is, and the name of the configuration's class, or its key while it waits. */
    private record Key(Object subject, String section) {
    }

    @Override
    public void addConfigFactory(ConfigFactory factory) {
        factories.put(factory.configClass().getName(), factory);
        Class<?> subjects = factory.subjectFactory().subjectClass();
        for (Key key : Set.copyOf(waiting.keySet())) {
            if (key.section().equals(factory.configKey()) && subjects.isInstance(key.subject())) {
                JsonNode json = waiting.remove(key);
                if (json != null) {
                    admit(key.subject(), factory, json);
                }
            }
        }
        notifyDelegate(new NetworkConfigEvent(NetworkConfigEvent.Type.CONFIG_REGISTERED, factory.configKey(),
            factory.configClass()));
    }

    private void admit(Object subject, ConfigFactory factory, JsonNode json) {
        try {
            applyConfig(subject, factory.configClass(), json);
        } catch (RuntimeException e) {
            LOG.warn("Configuration {} of {} is not valid and is ignored: {}", factory.configKey(), subject,
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
        }
    }

    @Override
    public void removeConfigFactory(ConfigFactory factory) {
        String name = factory.configClass().getName();
        factories.remove(name);
        for (Key key : Set.copyOf(visible.keySet())) {
            if (key.section().equals(name)) {
                JsonNode json = visible.remove(key);
                if (json != null) {
                    waiting.put(new Key(key.subject(), factory.configKey()), json);
                }
            }
        }
        notifyDelegate(new NetworkConfigEvent(NetworkConfigEvent.Type.CONFIG_UNREGISTERED, factory.configKey(),
            factory.configClass()));
    }

    @Override
    public <S, C extends Config<S>> ConfigFactory<S, C> getConfigFactory(Class<C> configClass) {
        return factories.get(configClass.getName());
    }

    @Override
    public <S> Set<S> getSubjects(Class<S> subjectClass) {
        return visible.keySet().stream().map(Key::subject).filter(subjectClass::isInstance).map(subjectClass::cast)
            .collect(Collectors.toSet());
    }

    @Override
    public <S, C extends Config<S>> Set<S> getSubjects(Class<S> subjectClass, Class<C> configClass) {
        return visible.keySet().stream().filter(key -> key.section().equals(configClass.getName())).map(Key::subject)
            .filter(subjectClass::isInstance).map(subjectClass::cast).collect(Collectors.toSet());
    }

    @Override
    public <S> Set<Class<? extends Config<S>>> getConfigClasses(S subject) {
        return visible.keySet().stream().filter(key -> key.subject().equals(subject))
            .map(key -> factories.get(key.section())).filter(Objects::nonNull)
            .map(factory -> (Class<? extends Config<S>>) factory.configClass()).collect(Collectors.toSet());
    }

    @Override
    public <S, C extends Config<S>> C getConfig(S subject, Class<C> configClass) {
        JsonNode json = visible.get(new Key(subject, configClass.getName()));
        return json == null ? null : make(subject, configClass, json, true);
    }

    @Override
    public <S, C extends Config<S>> C createConfig(S subject, Class<C> configClass) {
        ConfigFactory<S, C> factory = getConfigFactory(configClass);
        Key key = new Key(subject, configClass.getName());
        JsonNode empty = factory.isList() ? mapper.createArrayNode() : mapper.createObjectNode();
        JsonNode known = visible.putIfAbsent(key, empty);
        if (known == null) {
            changed(key, empty, null);
        }
        return make(subject, configClass, known == null ? empty : known, true);
    }

    @Override
    public <S, C extends Config<S>> C applyConfig(S subject, Class<C> configClass, JsonNode json) {
        C config = make(subject, configClass, json, true);
        try {
            if (!config.isValid()) {
                throw new IllegalArgumentException("JSON is invalid");
            }
        } catch (RuntimeException e) {
            ConfigFactory<S, C> factory = getConfigFactory(configClass);
            throw new InvalidConfigException(factory.subjectFactory().subjectClassKey(),
                factory.subjectFactory().subjectKey(subject), factory.configKey(), e);
        }
        put(subject, configClass, json);
        return config;
    }

    private void put(Object subject, Class<?> configClass, JsonNode json) {
        Key key = new Key(subject, configClass.getName());
        JsonNode before = visible.put(key, json);
        if (!json.equals(before)) {
            changed(key, json, before);
        }
    }

    @Override
    public <S> void queueConfig(S subject, String configKey, JsonNode json) {
        waiting.put(new Key(subject, configKey), json);
    }

    @Override
    public <S> void clearQueuedConfig(S subject, String configKey) {
        waiting.remove(new Key(subject, configKey));
    }

    @Override
    public <S, C extends Config<S>> void clearConfig(S subject, Class<C> configClass) {
        remove(new Key(subject, configClass.getName()));
    }

    @Override
    public <S> void clearConfig(S subject) {
        waiting.keySet().removeIf(key -> key.subject().equals(subject));
        Set.copyOf(visible.keySet()).stream().filter(key -> key.subject().equals(subject)).forEach(this::remove);
    }

    @Override
    public <S> void clearConfig() {
        waiting.clear();
        Set.copyOf(visible.keySet()).forEach(this::remove);
    }

    private void remove(Key key) {
        JsonNode before = visible.remove(key);
        if (before != null) {
            changed(key, null, before);
        }
    }

    private void changed(Key key, JsonNode now, JsonNode before) {
        ConfigFactory factory = factories.get(key.section());
        if (factory == null) {
            return;
        }
        NetworkConfigEvent.Type type = before == null ? NetworkConfigEvent.Type.CONFIG_ADDED
            : now == null ? NetworkConfigEvent.Type.CONFIG_REMOVED : NetworkConfigEvent.Type.CONFIG_UPDATED;
        Class configClass = factory.configClass();
        notifyDelegate(new NetworkConfigEvent(type, key.subject(),
            now == null ? null : make(key.subject(), configClass, now, false),
            before == null ? null : make(key.subject(), configClass, before, false), configClass));
    }

    /** Makes the typed view of a section; only an attached one writes back when it is applied. */
    private <S, C extends Config<S>> C make(S subject, Class<C> configClass, JsonNode json, boolean attached) {
        ConfigFactory<S, C> factory = getConfigFactory(configClass);
        if (factory == null) {
            return null;
        }
        if (factory.isList() != json.isArray()) {
            throw new IllegalArgumentException(factory.isList() ? "JSON must be a list" : "JSON must be an object");
        }
        C config = factory.createConfig();
        config.init(subject, factory.configKey(), json, mapper,
            attached ? applied -> put(applied.subject(), applied.getClass(), applied.node()) : null);
        return config;
    }
}
