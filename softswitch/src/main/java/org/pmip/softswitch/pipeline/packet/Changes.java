// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.Arrays;
import java.util.List;

/** What a traced packet's headers and metadata were when its last step was told. Used by one thread at a time. */
final class Changes {
    private final List<Header> headers;
    private final long[] before;

    Changes(Layout layout) {
        headers = layout.headers();
        before = new long[layout.words()];
    }

    /** Takes the packet as it is. */
    void begin(Packet packet) {
        System.arraycopy(packet.words, 0, before, 0, before.length);
    }

    /** Tells the trace what has changed since. */
    void tell(Packet packet) {
        for (Header header : headers) {
            int from = header.base();
            int to = from + header.type().words();
            if (!Arrays.equals(packet.words, from, to, before, from, to)) {
                tell(packet, header);
                System.arraycopy(packet.words, from, before, from, to - from);
            }
        }
    }

    private void tell(Packet packet, Header header) {
        boolean was = before[header.base()] != 0;
        if (!header.valid(packet)) {
            if (was) {
                packet.tell("Header '" + header.name() + "' is invalid now");
            }
            return;
        }
        StringBuilder text = new StringBuilder(was ? "Changed: " : "Header '" + header.name() + "' is valid now: ");
        String gap = "";
        for (HeaderType.Field field : header.type().fields()) {
            String now = value(packet.words, header, field);
            String old = value(before, header, field);
            if (!was || !now.equals(old)) {
                text.append(gap).append(was ? header.name() + "." : "").append(field.name()).append(" = ").append(now)
                        .append(was ? " (was " + old + ")" : "");
                gap = ", ";
            }
        }
        packet.tell(text.toString());
    }

    private static String value(long[] words, Header header, HeaderType.Field field) {
        int first = header.base() + field.word();
        if (field.varbit()) {
            return words[first] + " bits";
        }
        StringBuilder text = new StringBuilder("0x");
        int count = Octets.words(field.width());
        int digits = (field.width() + 3) / 4;
        for (int i = 0; i < count; i++) {
            int shown = digits - 16 * (count - 1 - i);
            String word = String.format("%016x", words[first + i]);
            text.append(word.substring(16 - Math.min(16, shown)));
        }
        return text.toString();
    }
}
