// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;

/**
 * What a table entry names to be run: an action itself, or a member or group of the table's action profile
 * (P4Runtime 1.3, section 9.1.2).
 */
public sealed interface ActionChoice permits ActionCall, ActionChoice.Member, ActionChoice.Group, ActionChoice.OneShot {

    /** A member of the table's action profile. */
    record Member(int id) implements ActionChoice { }

    /** A group of the table's action selector. */
    record Group(int id) implements ActionChoice { }

    /** A set of actions for a table with a selector, given in one entry without members and groups of its own. */
    record OneShot(List<Weighted> actions) implements ActionChoice {
        public OneShot {
            actions = List.copyOf(actions);
        }
    }

    /** One action of a one-shot set; weight at least 1. */
    record Weighted(ActionCall action, int weight, Watch watch) {
        /** An action that depends on no port. */
        public Weighted(ActionCall action, int weight) {
            this(action, weight, Watch.NONE);
        }
    }
}
