// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

import org.pmip.softswitch.pipeline.packet.Packet;

/** Fields that go with a packet when it is cloned, resubmitted or recirculated. */
public final class FieldList {
    private final int[] words;

    /** Of the fields that lie in these words. */
    public FieldList(int[] words) {
        this.words = words;
    }

    void copy(Packet from, Packet to) {
        for (int word : words) {
            to.words[word] = from.words[word];
        }
    }
}
