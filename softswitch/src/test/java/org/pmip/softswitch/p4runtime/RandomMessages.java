// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import p4.config.v1.P4InfoOuterClass.Preamble;

/** Makes random messages for lab.p4 that make sense now and then, because their ids are those of the program. */
final class RandomMessages {
    private final List<Integer> ids = new ArrayList<>();

    RandomMessages() {
        Lab.INFO.getTablesList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getActionsList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getActionProfilesList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getCountersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getMetersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getRegistersList().forEach(one -> add(one.getPreamble()));
        Lab.INFO.getDigestsList().forEach(one -> add(one.getPreamble()));
    }

    private void add(Preamble preamble) {
        ids.add(preamble.getId());
    }

    /** A random message of the kind of the given one. */
    <T extends Message> T any(Random random, T of) {
        Message.Builder builder = of.newBuilderForType();
        fill(random, builder, 7);
        @SuppressWarnings("unchecked") // A builder makes what it was made for.
        T message = (T) builder.build();
        return message;
    }

    /** Now and then a field that a later version may have, or that means nothing. */
    private static void addUnknown(Random random, Message.Builder builder) {
        int number = 1 + random.nextInt(12);
        if (builder.getDescriptorForType().findFieldByNumber(number) != null) {
            return;
        }
        UnknownFieldSet.Field.Builder field = UnknownFieldSet.Field.newBuilder();
        if (random.nextBoolean()) {
            field.addVarint(random.nextInt(4));
        } else {
            byte[] octets = new byte[random.nextInt(4)];
            random.nextBytes(octets);
            field.addLengthDelimited(ByteString.copyFrom(octets));
        }
        builder.setUnknownFields(UnknownFieldSet.newBuilder().addField(number, field.build()).build());
    }

    private void fill(Random random, Message.Builder builder, int depth) {
        if (random.nextInt(25) == 0) {
            addUnknown(random, builder);
        }
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean one = field.getContainingOneof() == null || random.nextInt(field.getContainingOneof()
                    .getFieldCount()) == 0;
            if (depth == 0 || !one || random.nextInt(10) == 0) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    builder.addRepeatedField(field, value(random, builder, field, depth));
                }
            } else {
                builder.setField(field, value(random, builder, field, depth));
            }
        }
    }

    private Object value(Random random, Message.Builder builder, FieldDescriptor field, int depth) {
        switch (field.getJavaType()) {
            case INT:
                return number(random, field.getName());
            case LONG:
                return random.nextInt(4) == 0 ? random.nextLong() : (long) random.nextInt(12) - 2;
            case BOOLEAN:
                return random.nextInt(4) == 0;
            case BYTE_STRING:
                byte[] octets = new byte[random.nextInt(9)];
                random.nextBytes(octets);
                return ByteString.copyFrom(octets);
            case ENUM:
                EnumDescriptor type = field.getEnumType();
                return type.getValues().get(random.nextInt(type.getValues().size()));
            case STRING:
                return "x".repeat(random.nextInt(4));
            case MESSAGE:
                Message.Builder inner = builder.newBuilderForField(field);
                fill(random, inner, depth - 1);
                return inner.build();
            default:
                return field.getDefaultValue();
        }
    }

    private int number(Random random, String name) {
        if (name.endsWith("_id") && random.nextInt(8) > 0) {
            return name.equals("field_id") || name.equals("param_id") || name.equals("metadata_id")
                    ? random.nextInt(4) : ids.get(random.nextInt(ids.size()));
        }
        return random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(20) - 1;
    }
}
