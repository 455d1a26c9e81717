// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/** A write or read that the pipeline refuses, with a text that names the element and the fix. */
public class TableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** With a text that stands by itself. */
    public TableException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** Why it was refused. */
    public Kind kind() {
        return kind;
    }

    /** Why a write or read was refused; each stands for one canonical code of P4Runtime. */
    public enum Kind {
        /** The entity exists already: ALREADY_EXISTS. */
        ALREADY_EXISTS,
        /** The entity does not exist: NOT_FOUND. */
        NOT_FOUND,
        /** No room: RESOURCE_EXHAUSTED. */
        FULL,
        /** The program forbids to change it: PERMISSION_DENIED. */
        CONSTANT,
        /** It is used by others: FAILED_PRECONDITION. */
        IN_USE,
        /** Index or id out of range: OUT_OF_RANGE. */
        OUT_OF_RANGE,
        /** Wrong in itself: INVALID_ARGUMENT. */
        INVALID
    }
}
