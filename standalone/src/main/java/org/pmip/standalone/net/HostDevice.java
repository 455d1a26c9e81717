// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import org.onlab.packet.ChassisId;
import org.onlab.util.ItemNotFoundException;
import org.onosproject.net.Annotations;
import org.onosproject.net.DefaultDevice;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.Behaviour;
import org.onosproject.net.driver.Driver;
import org.onosproject.net.driver.DriverService;
import org.onosproject.net.driver.HandlerBehaviour;
import org.onosproject.net.provider.ProviderId;

/**
 * A device that finds its behaviours through the host to which it belongs. ONOS's own class keeps the driver
 * service in a static field, which would tie all hosts of a process together. Immutable, safe for use by many
 * threads.
 */
final class HostDevice extends DefaultDevice {
    private final transient DriverService drivers;

    HostDevice(ProviderId provider, DeviceId id, DriverService drivers, Annotations... annotations) {
        super(provider, id, Type.SWITCH, "P4.org", "P4Runtime target", "P4Runtime 1.3", id.toString(), new ChassisId(),
            annotations);
        this.drivers = drivers;
    }

    @Override
    public <B extends Behaviour> B as(Class<B> projection) {
        Driver driver = drivers.getDriver(id());
        return HandlerBehaviour.class.isAssignableFrom(projection)
            ? driver.createBehaviour(drivers.createHandler(id()), projection)
            : driver.createBehaviour(asData(), projection);
    }

    @Override
    public <B extends Behaviour> boolean is(Class<B> projection) {
        Driver driver = locateDriver();
        return driver != null && driver.hasBehaviour(projection);
    }

    @Override
    protected Driver locateDriver() {
        try {
            return drivers.getDriver(id());
        } catch (ItemNotFoundException e) {
            return null;
        }
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other);
    }

    @Override
    public int hashCode() {
        return super.hashCode();
    }
}
