// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire.option;

/** An option's data does not fit its type; turned into a {@link MalformedOption} before anybody sees it. */
final class MalformedOptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MalformedOptionException(String message) {
        super(message, null, false, false);
    }
}
