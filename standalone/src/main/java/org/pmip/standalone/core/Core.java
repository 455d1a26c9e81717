// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.core;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.core.IdGenerator;
import org.onosproject.core.Version;

/**
 * Application ids and id generators of one controller process.
 *
 * <p>Ids are given in the order of registration, from 1 for the core itself, and hold until the process ends;
 * nothing in the network carries them. Safe for use by many threads.
 */
public final class Core implements CoreService {
    private static final Version VERSION = Version.version("2.5.6");

    private final Map<String, ApplicationId> byName = new ConcurrentHashMap<>();
    private final Map<Short, ApplicationId> byId = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> generators = new ConcurrentHashMap<>();
    private final Map<String, Runnable> hooks = new ConcurrentHashMap<>();

    /** Creates a core that knows itself only. */
    public Core() {
        registerApplication(CORE_APP_NAME);
    }

    @Override
    public Version version() {
        return VERSION;
    }

    @Override
    public Set<ApplicationId> getAppIds() {
        return Set.copyOf(byName.values());
    }

    @Override
    public ApplicationId getAppId(Short id) {
        return byId.get(id);
    }

    @Override
    public ApplicationId getAppId(String name) {
        return byName.get(name);
    }

    @Override
    public synchronized ApplicationId registerApplication(String name) {
        return byName.computeIfAbsent(name, key -> {
            ApplicationId id = new DefaultApplicationId(byName.size() + 1, key);
            byId.put(id.id(), id);
            return id;
        });
    }

    @Override
    public ApplicationId registerApplication(String name, Runnable preDeactivate) {
        hooks.put(name, preDeactivate);
        return registerApplication(name);
    }

    /**
     * Runs what applications asked to be run before they are deactivated, each once.
     */
    public void beforeDeactivation() {
        for (String name : Set.copyOf(hooks.keySet())) {
            Runnable hook = hooks.remove(name);
            if (hook != null) {
                hook.run();
            }
        }
    }

    @Override
    public IdGenerator getIdGenerator(String topic) {
        AtomicLong next = generators.computeIfAbsent(topic, key -> new AtomicLong());
        return next::getAndIncrement;
    }
}
