// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.onlab.util.KryoNamespace;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.CoreService;
import org.onosproject.net.config.NetworkConfigRegistry;
import org.onosproject.store.serializers.KryoNamespaces;
import org.onosproject.store.service.ConsistentMap;
import org.onosproject.store.service.Serializer;
import org.onosproject.store.service.StorageService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.pmip.onos.config.PmipAppConfig;

/**
 * Empties the application's stores, for who takes it out of a cluster for good. What is left are the counters, without
 * which a later installation would give numbers and keys out twice that switches or gateways may still have, and what
 * the controllers say of themselves as long as they run. Thread-safe.
 */
@Component(immediate = true, service = Stores.class)
public class Stores {

    private static final String APPLICATION = "org.pmip";
    private static final String BINDINGS = "pmip-bindings";
    private static final String LISTS = "pmip-update-lists";
    /** All maps that know of mobile nodes, gateways and anchors. */
    private static final List<String> MAPS = List.of(BINDINGS, "pmip-prefixes", "pmip-ipv4-addresses", LISTS,
            "pmip-visited-prefixes", "pmip-anchors-without-gre-key", "pmip-tunnels");

    @Reference
    protected CoreService coreService;

    @Reference
    protected NetworkConfigRegistry configRegistry;

    @Reference
    protected StorageService storageService;

    /**
     * Empties the stores of the whole cluster.
     *
     * @return how many entries were in each, by its name
     * @throws IllegalStateException if the application is configured, for it would fill them again
     * @throws org.onosproject.store.service.StorageException if the stores are not available; some may be empty by then
     */
    public Map<String, Integer> clear() {
        ApplicationId application = coreService.registerApplication(APPLICATION);
        if (configRegistry.getConfig(application, PmipAppConfig.class) != null) {
            throw new IllegalStateException("the application is configured and would fill the stores again: take "
                    + "apps/" + APPLICATION + " out of the network configuration first");
        }
        return clear(storageService, application);
    }

    /** The same whether or not the application is configured. */
    public static Map<String, Integer> clear(StorageService storage, ApplicationId application) {
        Map<String, Integer> cleared = new LinkedHashMap<>();
        for (String name : MAPS) {
            ConsistentMap<String, Object> map = Unavailable.unless(() ->
                    storage.<String, Object>consistentMapBuilder().withName(name).withApplicationId(application)
                            .withSerializer(Serializer.using(types(name))).build());
            cleared.put(name, Unavailable.unless(map::size));
            Unavailable.unless(map::clear);
        }
        return cleared;
    }

    private static KryoNamespace types(String name) {
        return name.equals(BINDINGS) ? StoredTypes.records() : name.equals(LISTS) ? StoredTypes.lists()
                : KryoNamespaces.BASIC;
    }
}
