// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import org.pmip.onos.statistics.Statistics;

/** What the gateways did on this node, and how long it took. Thread-safe. */
public final class MagStatistics extends Statistics<MagStatistics.Step> {

    /** How often the store gave no answer. */
    static final String STORE_NOT_AVAILABLE = "store not available";

    /** What is timed. */
    public enum Step implements Timed {
        /**
         * From the first word of a node at a link, a frame or somebody's, to the hand-over of its first Router
         * Advertisement there, or to the moment from which DHCP is answered: what a node waits for at its new gateway.
         * The waits for the anchor, and for its answers to others, are in it.
         */
        ATTACH("attachToAdvertisement"),
        /** Of that, one change of the node's Binding Update List, repetitions after conflicts included. */
        STORE("store"),
        /** Of that, until the switches said yes or no to a session's table entries. */
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
    public MagStatistics() {
        super(Step.class);
    }
}
