// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.onosproject.net.DeviceId;
import org.onosproject.net.driver.DriverHandler;
import org.onosproject.net.pi.service.PiPipeconfService;
import org.pmip.pipeconf.PmipPipeconf;

class KnownPipeconfTest {

    private static final DeviceId DEVICE = DeviceId.deviceId("device:lma1");
    private final List<String> asked = new ArrayList<>();
    private final PiPipeconfService service = fake(PiPipeconfService.class);
    private final DriverHandler handler = new KnownPipeconf(fake(DriverHandler.class), PmipPipeconf.ID);

    private <T> T fake(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        return arguments[0] == PiPipeconfService.class ? service : null;
                    }
                    if (method.getName().equals("unregister")) {
                        throw new IllegalStateException("not there");
                    }
                    asked.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                    return method.getReturnType() == boolean.class ? (Object) false
                            : method.getReturnType() == Optional.class ? Optional.empty() : null;
                }));
    }

    @Test
    void theClusterIsNotAskedWhichPipeconfASwitchHas() {
        assertThat(handler.get(PiPipeconfService.class).getPipeconf(DEVICE)).isEmpty();
        assertThat(asked).containsExactly("getPipeconf org.pmip.pipeconf");
    }

    @Test
    void allElseIsAskedOfOnos() {
        handler.get(PiPipeconfService.class).ofDevice(DEVICE);
        handler.driver();
        handler.data();
        assertThat(asked).containsExactly("ofDevice device:lma1", "driver", "data");
        assertThat(handler.get(String.class)).isNull();
        assertThatThrownBy(() -> handler.get(PiPipeconfService.class).unregister(PmipPipeconf.ID))
                .isInstanceOf(IllegalStateException.class);
    }
}
