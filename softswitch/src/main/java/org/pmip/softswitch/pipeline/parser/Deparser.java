// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import java.util.Arrays;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;
import org.pmip.softswitch.pipeline.action.ActionFunction;
import org.pmip.softswitch.pipeline.compile.Code;
import org.pmip.softswitch.pipeline.expr.Logic;
import org.pmip.softswitch.pipeline.packet.Header;
import org.pmip.softswitch.pipeline.packet.Packet;

/** The deparser of a program, and the checksums that are computed before it. */
public final class Deparser {
    private static final long[] NO_ARGUMENTS = {};

    private final Header[] order;
    private final Checksum[] checksums;
    private final ActionFunction calls;

    /** Emitting those headers, as far as they are valid, after the calls, which may be null. */
    public Deparser(Header[] order, Checksum[] checksums, ActionFunction calls) {
        this.order = order;
        this.checksums = checksums;
        this.calls = calls;
    }

    /** Writes what {@link #deparse} does into a method that returns an int. */
    public void emit(Code code, BiConsumer<Integer, Header> method) {
        for (Checksum checksum : checksums) {
            checksum.emitUpdate(code);
        }
        int octets = code.local(1);
        code.get("end", int.class);
        code.get("cursor", int.class);
        code.op(Opcodes.ISUB);
        code.variable(Opcodes.ISTORE, octets);
        for (Header header : order) {
            Label next = new Label();
            Logic.valid(header).branch(code, next, false);
            code.variable(Opcodes.ILOAD, octets);
            emitOctets(code, header);
            code.op(Opcodes.IADD);
            code.variable(Opcodes.ISTORE, octets);
            code.label(next);
        }
        if (calls != null) {
            code.object(calls, ActionFunction.class);
            code.packet();
            code.object(NO_ARGUMENTS, long[].class);
            code.call(ActionFunction.class, "run");
        }
        int out = code.local(1);
        int at = code.local(1);
        code.packet();
        code.variable(Opcodes.ILOAD, octets);
        code.call(Packet.class, "own");
        code.variable(Opcodes.ASTORE, out);
        code.integer(0);
        code.variable(Opcodes.ISTORE, at);
        for (int i = 0; i < order.length; i++) {
            Label next = new Label();
            Logic.valid(order[i]).branch(code, next, false);
            emitHeader(code, order[i], out, at, method, i);
            code.variable(Opcodes.ISTORE, at);
            code.label(next);
        }
        code.get("data", byte[].class);
        code.get("cursor", int.class);
        code.variable(Opcodes.ALOAD, out);
        code.variable(Opcodes.ILOAD, at);
        code.packet();
        code.call(Packet.class, "payload");
        code.call(System.class, "arraycopy");
        code.variable(Opcodes.ILOAD, octets);
        code.get("truncate", int.class);
        code.call(Deparser.class, "lesser");
        code.op(Opcodes.IRETURN);
    }

    /** Writes what emits a header and pushes the place behind it. */
    private static void emitHeader(Code code, Header header, int out, int at, BiConsumer<Integer, Header> method,
                                   int number) {
        if (header.type().varbit() != null) {
            code.object(header, Header.class);
            code.packet();
            code.variable(Opcodes.ALOAD, out);
            code.variable(Opcodes.ILOAD, at);
            code.call(Header.class, "emit");
            return;
        }
        code.packet();
        code.words();
        code.variable(Opcodes.ALOAD, out);
        code.variable(Opcodes.ILOAD, at);
        method.accept(number, header);
        code.variable(Opcodes.ILOAD, at);
        code.integer(header.type().fixedOctets());
        code.op(Opcodes.IADD);
    }

    private static void emitOctets(Code code, Header header) {
        if (header.type().varbit() == null) {
            code.integer(header.type().fixedOctets());
        } else {
            code.object(header, Header.class);
            code.packet();
            code.call(Header.class, "octets");
        }
    }

    /** The lesser number; for compiled programs. */
    public static int lesser(int one, int other) {
        return Math.min(one, other);
    }

    /** Makes the frame that leaves, in the packet's own array; returns its length. */
    public int deparse(Packet packet) {
        for (Checksum checksum : checksums) {
            checksum.update(packet);
        }
        int octets = packet.payload();
        for (Header header : order) {
            if (header.valid(packet)) {
                octets += header.octets(packet);
            }
        }
        if (calls != null) {
            calls.run(packet, NO_ARGUMENTS);
        }
        if (packet.trace != null) {
            packet.step("Deparser: " + Arrays.stream(order).filter(header -> header.valid(packet)).map(Header::name)
                    .collect(Collectors.joining(", ")));
        }
        byte[] out = packet.own(octets);
        int at = 0;
        for (Header header : order) {
            if (header.valid(packet)) {
                at = header.emit(packet, out, at);
            }
        }
        System.arraycopy(packet.data, packet.cursor, out, at, packet.payload());
        return Math.min(octets, packet.truncate);
    }
}
