// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.InvalidProtocolBufferException;
import p4.v1.P4RuntimeOuterClass.Entity;

/** Takes what a read finds. */
@FunctionalInterface
interface Found {
    /** Takes one entity. */
    void accept(Entity entity);

    /**
     * Takes one entity in its encoded form, so that a controller can be given many table entries without a message
     * being made of each.
     *
     * @param octets valid only during the call
     */
    default void encoded(byte[] octets, int from, int to) {
        try {
            accept(Entity.parser().parseFrom(octets, from, to - from));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("an entity was encoded wrongly", e);
        }
    }
}
