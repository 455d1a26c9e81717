// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pmip.softswitch.pipeline.Bits;
import p4.config.v1.P4InfoOuterClass.P4Info;
import p4.config.v1.P4Types.P4NamedType;
import p4.config.v1.P4Types.P4NewTypeSpec;
import p4.config.v1.P4Types.P4NewTypeTranslation;

/**
 * The types of a P4Info that controllers know by strings: {@code @p4runtime_translation(uri, string)}. Types with the
 * same URI, if it is not empty, share their names.
 */
final class Translations {
    private static final String MAPPINGS = "@p4runtime_translation_mappings";
    /** The word in names such as port_id_t, PortId_t and EgressPort, but not in transport_t. */
    private static final Pattern PORT = Pattern.compile("(?<![A-Za-z])(port|PORT)|Port");
    private static final Pattern MAPPING =
            Pattern.compile("\\{\\s*\"([^\"]*)\"\\s*,\\s*(\\d+|0[xX][0-9a-fA-F]+)\\s*,?\\s*}");

    private final Map<String, SdnNames> byType = new HashMap<>();
    private final SdnNames ports;

    /** Of that P4Info; the function finds the numbers in use that such names stand for. */
    Translations(P4Info info, Function<SdnNames, Set<Bits>> inUse) {
        Map<String, SdnNames> byUri = new HashMap<>();
        info.getTypeInfo().getNewTypesMap().forEach((name, type) -> {
            P4NewTypeTranslation translated = type.getTranslatedType();
            if (translated.getSdnTypeCase() == P4NewTypeTranslation.SdnTypeCase.SDN_STRING) {
                String key = translated.getUri().isEmpty() ? "type " + name : "uri " + translated.getUri();
                SdnNames names = byUri.computeIfAbsent(key, unused -> of(name, inUse));
                fix(names, type);
                byType.put(name, names);
            }
        });
        SdnNames found = null;
        for (SdnNames names : byUri.values()) {
            found = names.ports() ? names : found;
        }
        ports = found;
    }

    /** P4Info does not tell which type is the architecture's port; its name does in practice. */
    private static SdnNames of(String type, Function<SdnNames, Set<Bits>> inUse) {
        SdnNames[] self = new SdnNames[1];
        self[0] = new SdnNames("type '" + type + "'", PORT.matcher(type).find(),
                () -> inUse.apply(self[0]));
        return self[0];
    }

    private static void fix(SdnNames names, P4NewTypeSpec type) {
        for (String annotation : type.getAnnotationsList()) {
            if (annotation.trim().startsWith(MAPPINGS)) {
                Matcher mapping = MAPPING.matcher(annotation);
                while (mapping.find()) {
                    String number = mapping.group(2).toLowerCase(Locale.ROOT);
                    BigInteger value = number.startsWith("0x") ? new BigInteger(number.substring(2), 16)
                            : new BigInteger(number);
                    names.fix(mapping.group(1), Bits.of(value.toByteArray()));
                }
            }
        }
    }

    /** The names of the values of that type, or null where controllers know them as numbers. */
    SdnNames of(P4NamedType type) {
        return byType.get(type.getName());
    }

    /** The same by the type's name. */
    SdnNames of(String type) {
        return byType.get(type);
    }

    /** The names of ports, null where controllers know them as numbers. */
    SdnNames ports() {
        return ports;
    }

    /** Begins another update or read. */
    void begin() {
        if (!byType.isEmpty()) {
            byType.values().forEach(SdnNames::begin);
        }
    }

    /** A value that controllers give, as a number of at most that width. */
    static Bits read(SdnNames names, ByteString given, int width, String what) throws Refusal {
        return names == null ? Value.read(given, width, what) : names.number(given, what);
    }

    /** A value as controllers know it. */
    static ByteString write(SdnNames names, Bits value) {
        return names == null ? Value.write(value) : names.name(value);
    }
}
