// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import org.pmip.softswitch.pipeline.TableException;

/** The one text for an index that does not exist. */
final class Range {
    private Range() {
    }

    static void check(String kind, String name, int index, int size) throws TableException {
        if (index < 0 || index >= size) {
            throw new TableException(TableException.Kind.OUT_OF_RANGE,
                    "index " + index + " of " + kind + " '" + name + "': give 0 to " + (size - 1));
        }
    }
}
