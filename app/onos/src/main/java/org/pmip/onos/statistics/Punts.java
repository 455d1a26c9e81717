// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.statistics;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.pmip.pipeconf.PuntClass;

/** By which names packets from switches are counted, the same in both roles. Stateless. */
public final class Punts {

    private static final Map<PuntClass, String> COUNTED = new EnumMap<>(PuntClass.class);

    static {
        for (PuntClass one : PuntClass.values()) {
            COUNTED.put(one, "punted " + one.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private Punts() {
    }

    /** The name of a class's count: {@code punted router solicitation}. */
    public static String counted(PuntClass one) {
        return COUNTED.get(one);
    }
}
