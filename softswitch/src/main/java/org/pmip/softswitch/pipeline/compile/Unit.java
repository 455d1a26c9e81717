// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.compile;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.pmip.softswitch.pipeline.packet.Packet;
import org.pmip.softswitch.pipeline.run.Stage;

/**
 * One hidden class: a compiled part of a program. The objects that its code names are static final fields, which the
 * just-in-time compiler takes for constants.
 */
final class Unit {
    static final MethodType STEP = MethodType.methodType(int.class, Packet.class, long[].class);

    private static final String NAME = Type.getInternalName(Unit.class) + "$Compiled";

    private final ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
        @Override
        protected String getCommonSuperClass(String one, String other) {
            // Nothing that is used flows together from different types.
            return "java/lang/Object";
        }
    };
    private final List<Object> constants = new ArrayList<>();
    private final Map<Object, Map<Class<?>, String>> fields = new IdentityHashMap<>();
    private final List<String> fieldTypes = new ArrayList<>();
    private final Map<String, Method> methods = new HashMap<>();
    private final List<String> fieldNames = new ArrayList<>();

    Unit() {
        writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL, NAME, null, "java/lang/Object",
                new String[] {Type.getInternalName(Stage.class)});
        MethodVisitor init = writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(Opcodes.ALOAD, 0);
        init.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(Opcodes.RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
    }

    String name() {
        return NAME;
    }

    /** The field that holds an object under that type. */
    String constant(Object value, Class<?> type) {
        return fields.computeIfAbsent(value, key -> new HashMap<>()).computeIfAbsent(type, key -> {
            String field = "c" + constants.size();
            constants.add(value);
            fieldNames.add(field);
            fieldTypes.add(Type.getDescriptor(type));
            writer.visitField(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL, field,
                    Type.getDescriptor(type), null, null).visitEnd();
            return field;
        });
    }

    /** The public method of that name, which must be the only one. */
    Method find(Class<?> owner, String name) {
        return methods.computeIfAbsent(owner.getName() + '.' + name, key -> {
            List<Method> found = Arrays.stream(owner.getMethods())
                    .filter(method -> method.getName().equals(name) && !method.isBridge()).toList();
            if (found.size() != 1) {
                throw new IllegalArgumentException(key + ": there must be one, not " + found);
            }
            return found.get(0);
        });
    }

    /** Begins a static method whose first arguments are the packet and its words. */
    Code method(String name, MethodType type) {
        MethodVisitor method = writer.visitMethod(Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC, name,
                type.toMethodDescriptorString(), null, null);
        method.visitCode();
        return new Code(this, method, type.parameterCount());
    }

    /** Writes the stage's one method, which calls the static method of that name, of type {@link #STEP}. */
    private void run(String entry) {
        MethodVisitor run = writer.visitMethod(Opcodes.ACC_PUBLIC, "run",
                MethodType.methodType(int.class, Packet.class).toMethodDescriptorString(), null, null);
        run.visitCode();
        run.visitVarInsn(Opcodes.ALOAD, 1);
        run.visitVarInsn(Opcodes.ALOAD, 1);
        run.visitFieldInsn(Opcodes.GETFIELD, Type.getInternalName(Packet.class), "words", "[J");
        run.visitMethodInsn(Opcodes.INVOKESTATIC, NAME, entry, STEP.toMethodDescriptorString(), false);
        run.visitInsn(Opcodes.IRETURN);
        run.visitMaxs(0, 0);
        run.visitEnd();
    }

    private void initialise() {
        MethodVisitor begin = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        begin.visitCode();
        begin.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/invoke/MethodHandles", "lookup",
                "()Ljava/lang/invoke/MethodHandles$Lookup;", false);
        begin.visitLdcInsn("_");
        begin.visitLdcInsn(Type.getType(Object[].class));
        begin.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/invoke/MethodHandles", "classData",
                "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/Class;)Ljava/lang/Object;",
                false);
        begin.visitTypeInsn(Opcodes.CHECKCAST, "[Ljava/lang/Object;");
        begin.visitVarInsn(Opcodes.ASTORE, 0);
        for (int i = 0; i < fieldNames.size(); i++) {
            begin.visitVarInsn(Opcodes.ALOAD, 0);
            begin.visitLdcInsn(i);
            begin.visitInsn(Opcodes.AALOAD);
            begin.visitTypeInsn(Opcodes.CHECKCAST, Type.getType(fieldTypes.get(i)).getInternalName());
            begin.visitFieldInsn(Opcodes.PUTSTATIC, NAME, fieldNames.get(i), fieldTypes.get(i));
        }
        begin.visitInsn(Opcodes.RETURN);
        begin.visitMaxs(0, 0);
        begin.visitEnd();
    }

    /** Ends the class and makes the stage, which begins with that method of type {@link #STEP}. */
    Stage define(String entry) {
        run(entry);
        initialise();
        writer.visitEnd();
        try {
            return (Stage) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(writer.toByteArray(), constants.toArray(), true)
                    .lookupClass().getConstructor().newInstance();
        } catch (IllegalAccessException | InstantiationException | NoSuchMethodException
                | InvocationTargetException e) {
            throw new IllegalStateException("the compiled class cannot be made", e);
        }
    }
}
