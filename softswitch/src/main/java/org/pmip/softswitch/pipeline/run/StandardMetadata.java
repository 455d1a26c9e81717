// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.run;

/** The fields of v1model's standard metadata that the switch itself reads or writes. */
public record StandardMetadata(
        StandardField ingressPort, StandardField egressSpec, StandardField egressPort, StandardField instanceType,
        StandardField packetLength, StandardField enqueueTime, StandardField queueTime, StandardField ingressTime,
        StandardField egressTime, StandardField multicastGroup, StandardField replica, StandardField checksumError,
        StandardField parserError) {

    /** Egress port that stands for dropping. */
    public static final int DROP_PORT = 511;

    /** Whether the program reads the time anywhere. */
    boolean timed() {
        return enqueueTime.used() || queueTime.used() || ingressTime.used() || egressTime.used();
    }
}
