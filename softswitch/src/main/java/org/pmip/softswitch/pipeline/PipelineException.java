// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/** A program that cannot be loaded; the message names the element of the JSON and what is wrong with it. */
public class PipelineException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With a text that names the element. */
    public PipelineException(String message) {
        super(message);
    }

    /** With a text that names the element, and what lies behind it. */
    public PipelineException(String message, Throwable cause) {
        super(message, cause);
    }
}
