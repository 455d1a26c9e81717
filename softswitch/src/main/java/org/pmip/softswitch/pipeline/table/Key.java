// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Table;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.packet.Octets;

/**
 * One key of a table: where its value comes from and where it lies in the packed key. A key of at most 64 bits shares
 * a word with others, a wider one has words of its own.
 *
 * @param shape name, kind and width
 * @param source first word of the field in the packet
 * @param validity word that holds the validity of the field's header, or -1 if that is always valid
 * @param mask what of the field counts, as words; null is all
 * @param word first word in the packed key
 * @param shift how far from the right of that word
 */
public record Key(Table.KeyShape shape, int source, int validity, long[] mask, int word, int shift) {

    int words() {
        return Octets.words(shape.width());
    }

    /** Takes what of the field does not count out of a packed key that holds this key alone. */
    void cut(long[] packed) {
        for (int i = 0; mask != null && i < words(); i++) {
            packed[word + i] &= mask[i] << shift;
        }
    }

    /** Puts a number of this key's width into a packed key. */
    void pack(Bits value, long[] into) {
        if (shape.width() <= 64) {
            into[word] |= value.toLong() << shift;
        } else {
            ActionFunction.words(value, shape.width(), into, word);
        }
    }
}
