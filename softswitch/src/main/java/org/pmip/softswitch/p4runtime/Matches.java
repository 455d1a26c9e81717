// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.Table.KeyShape;
import org.pmip.softswitch.pipeline.Table.MatchKind;
import p4.v1.P4RuntimeOuterClass.FieldMatch;
import p4.v1.P4RuntimeOuterClass.FieldMatch.FieldMatchTypeCase;

/** Match fields of an entry in both directions, with the rules of P4Runtime 1.3, section 9.1.1. */
final class Matches {
    private Matches() {
    }

    static List<KeyMatch> read(Fields of, List<FieldMatch> given) throws Refusal {
        KeyMatch[] matches = new KeyMatch[of.count()];
        for (FieldMatch field : given) {
            int position = of.position(field.getFieldId());
            if (matches[position] != null) {
                throw Refusal.invalid(of.name(position) + " is given twice");
            }
            matches[position] = read(of, position, field);
        }
        for (int i = 0; i < matches.length; i++) {
            if (matches[i] == null) {
                if (of.shape(i).kind() == MatchKind.EXACT) {
                    throw Refusal.invalid(of.name(i) + " (id " + of.id(i)
                            + ") is missing: an exact field must be given");
                }
                matches[i] = KeyMatch.ANY;
            }
        }
        return Arrays.asList(matches);
    }

    private static KeyMatch read(Fields of, int position, FieldMatch field) throws Refusal {
        MatchKind kind = of.kind(position);
        KeyShape shape = of.shape(position);
        SdnNames names = of.names(position);
        String what = of.name(position);
        FieldMatchTypeCase wanted = FieldMatchTypeCase.valueOf(kind.name());
        if (field.getFieldMatchTypeCase() != wanted) {
            throw Refusal.invalid(what + " is " + kind + ": give '"
                    + wanted.name().toLowerCase(Locale.ROOT) + "' for it, not "
                    + field.getFieldMatchTypeCase());
        }
        return switch (kind) {
            case EXACT -> KeyMatch.exact(octets(Translations.read(names, field.getExact().getValue(), shape.width(),
                    what)));
            case OPTIONAL -> optional(shape, Translations.read(names, field.getOptional().getValue(), shape.width(),
                    what));
            case LPM -> lpm(shape, field.getLpm(), what);
            case TERNARY -> ternary(shape, field.getTernary(), what);
            case RANGE -> range(shape, field.getRange(), what);
        };
    }

    private static KeyMatch optional(KeyShape shape, Bits value) {
        return shape.kind() == MatchKind.OPTIONAL ? KeyMatch.exact(octets(value))
                : KeyMatch.ternary(octets(value), octets(Value.prefixMask(shape.width(), shape.width())));
    }

    private static byte[] octets(Bits bits) {
        return bits.toBytes();
    }

    private static KeyMatch lpm(KeyShape shape, FieldMatch.LPM lpm, String what) throws Refusal {
        Bits value = Value.read(lpm.getValue(), shape.width(), what);
        int length = lpm.getPrefixLen();
        if (length == 0) {
            throw Refusal.invalid(what + " has prefix length 0: leave a field that matches anything out");
        }
        if (length < 0 || length > shape.width()) {
            throw Refusal.invalid(what + " has prefix length " + length + ", which is not from 1 to " + shape.width());
        }
        if (!Value.within(value, Value.prefixMask(shape.width(), length))) {
            throw Refusal.invalid(what + " is " + value + "/" + length + ": bits behind the prefix must be 0");
        }
        return KeyMatch.lpm(octets(value), length);
    }

    private static KeyMatch ternary(KeyShape shape, FieldMatch.Ternary ternary, String what) throws Refusal {
        Bits value = Value.read(ternary.getValue(), shape.width(), what);
        Bits mask = Value.read(ternary.getMask(), shape.width(), "mask of " + what);
        if (mask.isZero()) {
            throw Refusal.invalid(what + " has mask 0: leave a field that matches anything out");
        }
        if (!Value.within(value, mask)) {
            throw Refusal.invalid(what + " is " + value + " under mask " + mask + ": bits outside the mask must be 0");
        }
        return KeyMatch.ternary(octets(value), octets(mask));
    }

    private static KeyMatch range(KeyShape shape, FieldMatch.Range range, String what) throws Refusal {
        Bits low = Value.read(range.getLow(), shape.width(), "low bound of " + what);
        Bits high = Value.read(range.getHigh(), shape.width(), "high bound of " + what);
        if (low.compareTo(high) > 0) {
            throw Refusal.invalid(what + " goes from " + low + " to " + high + ": the low bound must not be greater");
        }
        if (low.isZero() && high.equals(Value.prefixMask(shape.width(), shape.width()))) {
            throw Refusal.invalid(what + " covers every value: leave a field that matches anything out");
        }
        return KeyMatch.range(octets(low), octets(high));
    }

    static List<FieldMatch> write(Fields of, List<KeyMatch> matches) {
        List<FieldMatch> fields = new ArrayList<>(matches.size());
        for (int i = 0; i < matches.size(); i++) {
            KeyMatch match = matches.get(i);
            if (!(match instanceof KeyMatch.Any)) {
                fields.add(write(match, of.kind(i), of.id(i), of.names(i)));
            }
        }
        return fields;
    }

    private static FieldMatch write(KeyMatch match, MatchKind kind, int fieldId, SdnNames names) {
        FieldMatch.Builder field = FieldMatch.newBuilder().setFieldId(fieldId);
        if (match instanceof KeyMatch.Exact exact) {
            if (kind == MatchKind.OPTIONAL) {
                field.getOptionalBuilder().setValue(Translations.write(names, exact.value()));
            } else {
                field.getExactBuilder().setValue(Translations.write(names, exact.value()));
            }
        } else if (match instanceof KeyMatch.Lpm lpm) {
            field.getLpmBuilder().setValue(Value.write(lpm.value())).setPrefixLen(lpm.prefixLength());
        } else if (match instanceof KeyMatch.Ternary ternary && kind == MatchKind.OPTIONAL) {
            field.getOptionalBuilder().setValue(Translations.write(names, ternary.value()));
        } else if (match instanceof KeyMatch.Ternary ternary) {
            field.getTernaryBuilder().setValue(Value.write(ternary.value())).setMask(Value.write(ternary.mask()));
        } else if (match instanceof KeyMatch.Range range) {
            field.getRangeBuilder().setLow(Value.write(range.low())).setHigh(Value.write(range.high()));
        } else {
            throw new IllegalStateException("no field for " + match);
        }
        return field.build();
    }
}
