// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.lma;

import org.pmip.onos.statistics.Statistics;

/** What the anchor did on this node, and how long it took. Thread-safe. */
public final class LmaStatistics extends Statistics<LmaStatistics.Step> {

    /** How often the store gave no answer. */
    static final String STORE_NOT_AVAILABLE = "store not available";

    /** What is timed. */
    public enum Step implements Timed {
        /**
         * From a Binding Update's acceptance to the hand-over of its Binding Acknowledgement: the wait for earlier
         * messages of the same mobile node is in it, and so is one of MaxDelayBeforeNewBCEAssign.
         */
        ANSWER("pbuToPba"),
        /** Of that, the reading and writing of the record and the claims of addresses, repetitions included. */
        STORE("store"),
        /** Of that, from the plan of the table entries to the switch's yes or no. */
        FLOW("flow");

        private final String word;

        Step(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** Makes statistics of nothing yet. */
    public LmaStatistics() {
        super(Step.class);
    }
}
