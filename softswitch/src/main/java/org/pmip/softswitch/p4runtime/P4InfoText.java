// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.TextFormat;
import p4.config.v1.P4InfoOuterClass.P4Info;

/** The text form of a P4Info. */
public final class P4InfoText {
    private static final TextFormat.Parser PARSER = TextFormat.Parser.newBuilder().setAllowUnknownFields(true).build();

    private P4InfoText() {
    }

    /**
     * Reads what p4c wrote. Fields that newer compilers add are passed over.
     *
     * @throws IllegalArgumentException with the line and what is wrong with it
     */
    public static P4Info parse(String text) {
        P4Info.Builder info = P4Info.newBuilder();
        try {
            PARSER.merge(text, info);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException("no P4Info in text form: line " + e.getMessage(), e);
        }
        return info.build();
    }
}
