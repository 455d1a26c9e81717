// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverData;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.pi.model.PiPipeconfId;
import org.onosproject.net.pi.service.PiPipeconfService;

/**
 * The handler of a driver that serves switches of one pipeconf only, and hence knows which one a switch has. ONOS's
 * P4Runtime driver asks the cluster's store for it, twice, before each write and each packet: two rounds of consensus
 * each. Thread-safe.
 */
final class KnownPipeconf implements DriverHandler {

    private final DriverHandler handler;
    private final PiPipeconfId pipeconf;

    KnownPipeconf(DriverHandler handler, PiPipeconfId pipeconf) {
        this.handler = handler;
        this.pipeconf = pipeconf;
    }

    @Override
    public Driver driver() {
        return handler.driver();
    }

    @Override
    public DriverData data() {
        return handler.data();
    }

    @Override
    public <T extends Behaviour> T behaviour(Class<T> behaviour) {
        return handler.behaviour(behaviour);
    }

    @Override
    public boolean hasBehaviour(Class<? extends Behaviour> behaviour) {
        return handler.hasBehaviour(behaviour);
    }

    @Override
    public <T> T get(Class<T> service) {
        T found = handler.get(service);
        if (service != PiPipeconfService.class) {
            return found;
        }
        // The loader of this bundle does not see all that the interface names.
        return service.cast(Proxy.newProxyInstance(service.getClassLoader(), new Class<?>[] {service},
                (proxy, method, arguments) -> invoke((PiPipeconfService) found, method, arguments)));
    }

    private Object invoke(PiPipeconfService service, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("getPipeconf") && arguments[0] instanceof DeviceId) {
            return service.getPipeconf(pipeconf);
        }
        try {
            return method.invoke(service, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
