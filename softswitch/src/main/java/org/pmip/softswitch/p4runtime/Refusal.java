// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.pmip.softswitch.pipeline.TableException;
import p4.v1.P4RuntimeOuterClass;

/** Something that a controller asked for and does not get, with the canonical code and a text that names the fix. */
final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    /** All texts of a batch travel in one HTTP/2 header, for which clients have little room. */
    private static final int LONGEST_TEXT = 300;

    private final Status.Code code;

    private Refusal(Status.Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    static Refusal of(Status.Code code, String message) {
        return new Refusal(code, message, null);
    }

    static Refusal invalid(String message) {
        return new Refusal(Status.Code.INVALID_ARGUMENT, message, null);
    }

    static Refusal notFound(String message) {
        return new Refusal(Status.Code.NOT_FOUND, message, null);
    }

    static Refusal unsupported(String message) {
        return new Refusal(Status.Code.UNIMPLEMENTED, message, null);
    }

    static Refusal of(TableException e) {
        return new Refusal(code(e.kind()), e.getMessage(), e);
    }

    /** For what must not happen, so that one bad update does not take the whole batch with it. */
    static Refusal internal(RuntimeException e) {
        return new Refusal(Status.Code.INTERNAL, "the switch failed: " + e, e);
    }

    private static Status.Code code(TableException.Kind kind) {
        return switch (kind) {
            case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case FULL -> Status.Code.RESOURCE_EXHAUSTED;
            case CONSTANT -> Status.Code.PERMISSION_DENIED;
            case IN_USE -> Status.Code.FAILED_PRECONDITION;
            case OUT_OF_RANGE -> Status.Code.OUT_OF_RANGE;
            case INVALID -> Status.Code.INVALID_ARGUMENT;
        };
    }

    Status.Code code() {
        return code;
    }

    /** The message, cut when it is very long. */
    String text() {
        String text = getMessage();
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 3) + "...";
    }

    /** For the details of a batch's status. */
    P4RuntimeOuterClass.Error toError() {
        return P4RuntimeOuterClass.Error.newBuilder().setCanonicalCode(code.value())
                .setMessage(text()).build();
    }

    /** For a call as a whole. */
    StatusRuntimeException toStatus() {
        return code.toStatus().withDescription(getMessage()).asRuntimeException();
    }
}
