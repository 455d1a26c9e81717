// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.compile;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * One method of a compiled part of a program: elements write what they do into it. The packet and its words are always
 * at hand; an element that knows no better way names itself as an {@link #object} and is called as the interpreter
 * would call it.
 */
public final class Code {
    /** How deep expressions of several words may be nested: each level may double what is written. */
    private static final int MOST_WIDE = 4;

    private static final String PACKET = Type.getInternalName(Packet.class);
    private static final int PACKET_LOCAL = 0;
    private static final int WORDS_LOCAL = 1;

    private final Unit unit;
    private final MethodVisitor method;
    private int locals;
    private int wide;

    /** Into a static method whose first arguments are the packet and its words; {@code locals} are taken. */
    Code(Unit unit, MethodVisitor method, int locals) {
        this.unit = unit;
        this.method = method;
        this.locals = locals;
    }

    Unit unit() {
        return unit;
    }

    /** An instruction without operands. */
    public void op(int opcode) {
        method.visitInsn(opcode);
    }

    /** Pushes a long. */
    public void number(long value) {
        if (value == 0 || value == 1) {
            method.visitInsn(value == 0 ? Opcodes.LCONST_0 : Opcodes.LCONST_1);
        } else if (value == (short) value) {
            integer((int) value);
            method.visitInsn(Opcodes.I2L);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /** Pushes an int. */
    public void integer(int value) {
        if (value >= -1 && value <= 5) {
            method.visitInsn(Opcodes.ICONST_0 + value);
        } else if (value == (byte) value) {
            method.visitIntInsn(Opcodes.BIPUSH, value);
        } else if (value == (short) value) {
            method.visitIntInsn(Opcodes.SIPUSH, value);
        } else {
            method.visitLdcInsn(value);
        }
    }

    /** Pushes the packet. */
    public void packet() {
        method.visitVarInsn(Opcodes.ALOAD, PACKET_LOCAL);
    }

    /** Pushes the packet's array of words. */
    public void words() {
        method.visitVarInsn(Opcodes.ALOAD, WORDS_LOCAL);
    }

    /** Pushes that word of the packet. */
    public void word(int index) {
        words();
        integer(index);
        op(Opcodes.LALOAD);
    }

    /** Sets that word of the packet to what the value pushes. */
    public void setWord(int index, Runnable value) {
        words();
        integer(index);
        value.run();
        op(Opcodes.LASTORE);
    }

    /** Leaves those of the bits on top of the stack that the mask has. */
    public void mask(long mask) {
        if (mask != -1L) {
            number(mask);
            op(Opcodes.LAND);
        }
    }

    /** Shifts the long on top of the stack by a constant. */
    public void shift(int bits, int opcode) {
        if (bits != 0) {
            integer(bits);
            op(opcode);
        }
    }

    /** Pushes a field of the packet. */
    public void get(String field, Class<?> type) {
        packet();
        method.visitFieldInsn(Opcodes.GETFIELD, PACKET, field, Type.getDescriptor(type));
    }

    /** Sets a field of the packet to what the value pushes. */
    public void set(String field, Class<?> type, Runnable value) {
        packet();
        value.run();
        method.visitFieldInsn(Opcodes.PUTFIELD, PACKET, field, Type.getDescriptor(type));
    }

    /** Pushes an object that exists already, as that public type. */
    public void object(Object value, Class<?> type) {
        method.visitFieldInsn(Opcodes.GETSTATIC, unit.name(), unit.constant(value, type), Type.getDescriptor(type));
    }

    /** Calls a public method, static or not, whose arguments have been pushed; it must not be overloaded. */
    public void call(Class<?> owner, String name) {
        Method found = unit.find(owner, name);
        int opcode = Modifier.isStatic(found.getModifiers()) ? Opcodes.INVOKESTATIC
                : owner.isInterface() ? Opcodes.INVOKEINTERFACE : Opcodes.INVOKEVIRTUAL;
        method.visitMethodInsn(opcode, Type.getInternalName(owner), name, Type.getMethodDescriptor(found),
                owner.isInterface());
    }

    /** Calls a static method of the same class. */
    void callOwn(String name, MethodType type) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, unit.name(), name, type.toMethodDescriptorString(), false);
    }

    /** Jumps, by what is on top of the stack. */
    public void jump(int opcode, Label to) {
        method.visitJumpInsn(opcode, to);
    }

    /** Goes there. */
    public void jump(Label to) {
        method.visitJumpInsn(Opcodes.GOTO, to);
    }

    /** Here is that label. */
    public void label(Label here) {
        method.visitLabel(here);
    }

    void tableSwitch(Label[] cases, Label otherwise) {
        method.visitTableSwitchInsn(0, cases.length - 1, otherwise, cases);
    }

    /** Goes to one of the labels by the int on top of the stack; the keys rise. */
    public void choose(int[] keys, Label[] cases, Label otherwise) {
        method.visitLookupSwitchInsn(otherwise, keys, cases);
    }

    /** A variable of that many slots, 2 for a long. */
    public int local(int slots) {
        int local = locals;
        locals += slots;
        return local;
    }

    /** Loads or stores a variable. */
    public void variable(int opcode, int local) {
        method.visitVarInsn(opcode, local);
    }

    /**
     * Whether an expression of several words may still be written out, and not called: nested ones double with each
     * level. What begins here ends with {@link #wideEnd}.
     */
    public boolean wideBegin() {
        if (wide >= MOST_WIDE) {
            return false;
        }
        wide++;
        return true;
    }

    /** See {@link #wideBegin}. */
    public void wideEnd() {
        wide--;
    }

    /** Writes an int result and returns. */
    public void returnInt(int value) {
        integer(value);
        op(Opcodes.IRETURN);
    }

    void end() {
        method.visitMaxs(0, 0);
        method.visitEnd();
    }
}
