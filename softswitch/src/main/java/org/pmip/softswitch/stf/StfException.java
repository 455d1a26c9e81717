// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

/** A statement that is not understood or cannot be executed, with the line and the reason. */
final class StfException extends Exception {
    private static final long serialVersionUID = 1L;

    StfException(int line, String reason) {
        super("line " + line + ": " + reason);
    }
}
