// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiActionParamId;
import org.onosproject.net.pi.runtime.PiAction;
import org.onosproject.net.pi.runtime.PiActionParam;

/** An action under construction. */
final class Act {
    private final PiAction.Builder action;

    private Act(PiActionId id) {
        action = PiAction.builder().withId(id);
    }

    static Act of(PiActionId id) {
        return new Act(id);
    }

    Act with(PiActionParamId parameter, long value, int width) {
        action.withParameter(new PiActionParam(parameter, Bits.of(value, width)));
        return this;
    }

    Act with(PiActionParamId parameter, IpAddress address) {
        action.withParameter(new PiActionParam(parameter, Bits.of(address)));
        return this;
    }

    Act with(PiActionParamId parameter, MacAddress mac) {
        action.withParameter(new PiActionParam(parameter, Bits.of(mac)));
        return this;
    }

    PiAction build() {
        return action.build();
    }
}
