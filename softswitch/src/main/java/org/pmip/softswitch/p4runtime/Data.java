// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.pmip.softswitch.pipeline.Bits;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4Types.P4BitstringLikeTypeSpec;
import p4.config.v1.P4Types.P4DataTypeSpec;
import p4.config.v1.P4Types.P4NewTypeSpec;
import p4.config.v1.P4Types.P4StructTypeSpec;
import p4.config.v1.P4Types.P4TypeInfo;
import p4.v1.P4DataOuterClass.P4Data;
import p4.v1.P4DataOuterClass.P4Header;
import p4.v1.P4DataOuterClass.P4StructLike;

/** Values of P4 types as registers and digests carry them (P4Runtime 1.3, section 8.5). */
final class Data {
    private final P4TypeInfo types;
    private final Translations translations;
    private final Map<Integer, P4DataTypeSpec> registers = new HashMap<>();

    Data(P4Info info, Translations translations) {
        this.translations = translations;
        types = info.getTypeInfo();
        info.getRegistersList().forEach(register ->
                registers.put(register.getPreamble().getId(), register.getTypeSpec()));
    }

    /** The number to be put into a register. */
    Bits cell(P4Data data, int registerId, int width, String what) throws Refusal {
        SdnNames names = names(registers.get(registerId));
        if (names != null) {
            need(data.getDataCase() == P4Data.DataCase.BITSTRING, "bitstring", what);
            return names.number(data.getBitstring(), "data of " + what);
        }
        P4DataTypeSpec type = plain(registers.get(registerId));
        switch (type.getTypeSpecCase()) {
            case BOOL:
                need(data.getDataCase() == P4Data.DataCase.BOOL, "bool", what);
                return Bits.of(data.getBool() ? 1 : 0);
            case SERIALIZABLE_ENUM:
                need(data.getDataCase() == P4Data.DataCase.ENUM_VALUE, "enum_value", what);
                return Value.read(data.getEnumValue(), width, "data of " + what);
            case BITSTRING:
                need(data.getDataCase() == P4Data.DataCase.BITSTRING, "bitstring", what);
                return type.getBitstring().hasInt() ? signed(data.getBitstring(), width, what)
                        : Value.read(data.getBitstring(), width, "data of " + what);
            default:
                throw Refusal.unsupported(what + " holds " + type.getTypeSpecCase()
                        + ": only registers of numbers can be written");
        }
    }

    private static void need(boolean given, String field, String what) throws Refusal {
        if (!given) {
            throw Refusal.invalid("data of " + what + " is missing: give its " + field);
        }
    }

    /** The two's complement in the cell's width of a number that may come in more octets or fewer. */
    private static Bits signed(ByteString octets, int width, String what) throws Refusal {
        if (octets.isEmpty()) {
            throw Refusal.invalid("data of " + what + " is empty: give at least one octet");
        }
        BigInteger value = new BigInteger(octets.toByteArray());
        if (value.bitLength() >= width) {
            throw Refusal.invalid("data of " + what + " is " + value + ", which does not fit int<" + width + ">");
        }
        byte[] cell = new byte[(width + 7) / 8];
        byte[] trimmed = value.toByteArray();
        Arrays.fill(cell, (byte) (value.signum() < 0 ? 0xff : 0));
        System.arraycopy(trimmed, 0, cell, cell.length - trimmed.length, trimmed.length);
        if (width % 8 != 0) {
            cell[0] &= (byte) (0xff >> 8 - width % 8);
        }
        return Bits.of(cell);
    }

    /** Whether controllers know what a register holds by those names. */
    boolean holds(int registerId, SdnNames of) {
        return names(registers.get(registerId)) == of;
    }

    /** What a register holds. */
    P4Data cell(Bits value, int registerId, int width) {
        SdnNames names = names(registers.get(registerId));
        return names != null ? named(names, value) : leaf(plain(registers.get(registerId)), value, width);
    }

    /** One message of a digest, from its fields in the order of declaration. */
    P4Data digest(P4DataTypeSpec type, byte[][] fields) {
        return tree(type, List.of(fields).iterator());
    }

    private P4Data tree(P4DataTypeSpec given, Iterator<byte[]> fields) {
        SdnNames names = names(given);
        if (names != null) {
            return named(names, Bits.of(fields.next()));
        }
        P4DataTypeSpec type = plain(given);
        switch (type.getTypeSpecCase()) {
            case STRUCT:
                P4StructLike.Builder struct = P4StructLike.newBuilder();
                for (P4StructTypeSpec.Member member : types.getStructsOrThrow(type.getStruct().getName())
                        .getMembersList()) {
                    struct.addMembers(tree(member.getTypeSpec(), fields));
                }
                return P4Data.newBuilder().setStruct(struct).build();
            case TUPLE:
                P4StructLike.Builder tuple = P4StructLike.newBuilder();
                for (P4DataTypeSpec member : type.getTuple().getMembersList()) {
                    tuple.addMembers(tree(member, fields));
                }
                return P4Data.newBuilder().setTuple(tuple).build();
            case HEADER:
                P4Header.Builder header = P4Header.newBuilder().setIsValid(true);
                types.getHeadersOrThrow(type.getHeader().getName()).getMembersList().forEach(member ->
                        header.addBitstrings(octets(member.getTypeSpec(), Bits.of(fields.next()))));
                return P4Data.newBuilder().setHeader(header).build();
            default:
                byte[] octets = fields.next();
                return leaf(type, Bits.of(octets), width(type, octets.length * 8));
        }
    }

    /** The names of the values of a type that controllers know by strings, else null. */
    private SdnNames names(P4DataTypeSpec type) {
        return type.hasNewType() ? translations.of(type.getNewType().getName()) : null;
    }

    private static P4Data named(SdnNames names, Bits value) {
        return P4Data.newBuilder().setBitstring(names.name(value)).build();
    }

    /** Looks through the names of new types. */
    private P4DataTypeSpec plain(P4DataTypeSpec type) {
        P4DataTypeSpec seen = type;
        while (seen.hasNewType()) {
            P4NewTypeSpec known = types.getNewTypesOrThrow(seen.getNewType().getName());
            if (!known.hasOriginalType()) {
                return P4DataTypeSpec.newBuilder().setBitstring(P4BitstringLikeTypeSpec.getDefaultInstance()).build();
            }
            seen = known.getOriginalType();
        }
        return seen;
    }

    private static int width(P4DataTypeSpec type, int otherwise) {
        return type.getBitstring().hasInt() ? type.getBitstring().getInt().getBitwidth() : otherwise;
    }

    private static P4Data leaf(P4DataTypeSpec type, Bits value, int width) {
        P4Data.Builder data = P4Data.newBuilder();
        return switch (type.getTypeSpecCase()) {
            case BOOL -> data.setBool(!value.isZero()).build();
            case SERIALIZABLE_ENUM -> data.setEnumValue(Value.write(value)).build();
            default -> data.setBitstring(type.getBitstring().hasInt() ? twosComplement(value, width)
                    : Value.write(value)).build();
        };
    }

    private static ByteString octets(P4BitstringLikeTypeSpec type, Bits value) {
        return type.hasInt() ? twosComplement(value, type.getInt().getBitwidth()) : Value.write(value);
    }

    private static ByteString twosComplement(Bits value, int width) {
        BigInteger number = new BigInteger(1, value.toBytes());
        if (value.bitLength() == width) {
            number = number.subtract(BigInteger.ONE.shiftLeft(width));
        }
        return ByteString.copyFrom(number.toByteArray());
    }
}
