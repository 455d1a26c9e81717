// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.entity;

import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;
import org.onlab.packet.MacAddress;
import org.onlab.util.ImmutableByteSequence;
import org.onosproject.net.flow.criteria.PiCriterion;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.runtime.PiExactFieldMatch;
import org.onosproject.net.pi.runtime.PiLpmFieldMatch;
import org.onosproject.net.pi.runtime.PiTernaryFieldMatch;

/** A match key under construction; what matches everything stays out of it. */
final class Key {
    private static final int IP_VERSION_BITS = 4;
    private static final int IP_VERSION_4 = 4;
    private static final int IP_VERSION_6 = 6;

    private final PiCriterion.Builder fields = PiCriterion.builder();

    Key exact(PiMatchFieldId field, long value, int width) {
        fields.add(new PiExactFieldMatch(field, Bits.of(value, width)));
        return this;
    }

    Key exact(PiMatchFieldId field, IpAddress address) {
        fields.add(new PiExactFieldMatch(field, Bits.of(address)));
        return this;
    }

    Key exact(PiMatchFieldId field, MacAddress mac) {
        fields.add(new PiExactFieldMatch(field, Bits.of(mac)));
        return this;
    }

    Key lpm(PiMatchFieldId version, PiMatchFieldId field, IpPrefix prefix) {
        exact(version, prefix.isIp4() ? IP_VERSION_4 : IP_VERSION_6, IP_VERSION_BITS);
        int length = Bits.prefixLength(prefix);
        if (length > 0) {
            fields.add(new PiLpmFieldMatch(field, Bits.of(prefix.address()), length));
        }
        return this;
    }

    Key ternary(PiMatchFieldId field, Integer value, int width) {
        if (value != null) {
            ImmutableByteSequence mask = Bits.of((1L << width) - 1, width);
            fields.add(new PiTernaryFieldMatch(field, Bits.of(value, width), mask));
        }
        return this;
    }

    PiCriterion build() {
        return fields.build();
    }
}
