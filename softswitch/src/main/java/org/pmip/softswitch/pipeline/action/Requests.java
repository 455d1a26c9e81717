// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.action;

import org.objectweb.asm.Label;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Num;
import org.pmip.softswitch.pipeline.packet.Packet;

/** Steps by which a program asks for what the switch does at the end of a control: drop, clone, digest and the like. */
public final class Requests {
    private static final int SESSION_MASK = 0x7fff;

    private Requests() {
    }

    /** Sets the egress port to the one that drops and forgets the multicast group; its word is -1 if there is none. */
    public static Primitive drop(int egressSpec, int multicastGroup, int dropPort) {
        return new Drop(egressSpec, multicastGroup, dropPort);
    }

    private record Drop(int egressSpec, int multicastGroup, int dropPort) implements Primitive {
        @Override
        public int run(Packet packet) {
            packet.words[egressSpec] = dropPort;
            if (multicastGroup >= 0) {
                packet.words[multicastGroup] = 0;
            }
            return NEXT;
        }

        @Override
        public void emit(Code code, Label[] steps) {
            code.setWord(egressSpec, () -> code.number(dropPort));
            if (multicastGroup >= 0) {
                code.setWord(multicastGroup, () -> code.number(0));
            }
        }
    }

    /** Asks for a clone at the end of this control; the last request counts. */
    public static Primitive cloneTo(Num session, Num fieldList) {
        return packet -> {
            packet.cloneSession = (int) session.eval(packet) & SESSION_MASK;
            packet.cloneList = (int) fieldList.eval(packet);
            return Primitive.NEXT;
        };
    }

    /** Asks for a digest of that list at the end of ingress; the last request counts. */
    public static Primitive digest(Num list) {
        return packet -> {
            packet.digestList = (int) list.eval(packet);
            return Primitive.NEXT;
        };
    }

    /** Asks that ingress is run again on the packet as it came in. */
    public static Primitive resubmit(Num fieldList) {
        return packet -> {
            packet.resubmitList = (int) fieldList.eval(packet);
            return Primitive.NEXT;
        };
    }

    /** Asks that the packet as it would leave comes in again. */
    public static Primitive recirculate(Num fieldList) {
        return packet -> {
            packet.recirculateList = (int) fieldList.eval(packet);
            return Primitive.NEXT;
        };
    }

    /** Limits the length of the packet when it leaves; the least limit counts. */
    public static Primitive truncate(Num octets) {
        return packet -> {
            long limit = octets.eval(packet) & 0xffffffffL;
            packet.truncate = (int) Math.min(packet.truncate, limit);
            return Primitive.NEXT;
        };
    }
}
