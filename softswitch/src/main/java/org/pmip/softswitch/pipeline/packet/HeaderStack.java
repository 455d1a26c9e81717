// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

/**
 * A header stack. Its word holds the index of the next element to be extracted. An index outside of the stack names a
 * spare header that nobody emits, so that a program's mistake stays its own.
 */
public final class HeaderStack {
    private final String name;
    private final Header[] headers;
    private final Header spare;
    private final int nextWord;

    /** Of these headers, all of one type. */
    public HeaderStack(String name, Header[] headers, Header spare, int nextWord) {
        this.name = name;
        this.headers = headers;
        this.spare = spare;
        this.nextWord = nextWord;
    }

    /** The name in the program. */
    public String name() {
        return name;
    }

    /** The type of its elements. */
    public HeaderType type() {
        return spare.type();
    }

    /** How many elements it can hold. */
    public int depth() {
        return headers.length;
    }

    /** Index of the next element to be extracted. */
    public int next(Packet packet) {
        return (int) packet.words[nextWord];
    }

    /** The element of that index. */
    public Header at(Packet packet, long index) {
        if (index < 0 || index >= headers.length) {
            spare.makeInvalid(packet);
            return spare;
        }
        return headers[(int) index];
    }

    /** The element that was extracted last. */
    public Header last(Packet packet) {
        return at(packet, packet.words[nextWord] - 1);
    }

    /** Names the element that was extracted last. */
    public HeaderRef last() {
        return new Last(this);
    }

    private record Last(HeaderStack stack) implements HeaderRef {
        @Override
        public Header in(Packet packet) {
            return stack.last(packet);
        }

        @Override
        public HeaderType type() {
            return stack.type();
        }
    }

    /** The element to extract next, which then is the last; null when the stack is full. */
    public Header grow(Packet packet) {
        int next = next(packet);
        if (next >= headers.length) {
            return null;
        }
        packet.words[nextWord] = next + 1;
        return headers[next];
    }

    /** Moves all elements up by that many places; the first ones become invalid (P4_16, section 8.18). */
    public void pushFront(Packet packet, long count) {
        int by = (int) Math.min(count, headers.length);
        packet.words[nextWord] = Math.min(headers.length, packet.words[nextWord] + by);
        for (int i = headers.length - 1; i >= by; i--) {
            headers[i].copyRaw(packet, headers[i - by]);
        }
        for (int i = 0; i < by; i++) {
            headers[i].makeInvalid(packet);
        }
    }

    /** Moves all elements down by that many places; the last ones become invalid. */
    public void popFront(Packet packet, long count) {
        int by = (int) Math.min(count, headers.length);
        packet.words[nextWord] = Math.max(0, packet.words[nextWord] - by);
        for (int i = 0; i + by < headers.length; i++) {
            headers[i].copyRaw(packet, headers[i + by]);
        }
        for (int i = headers.length - by; i < headers.length; i++) {
            headers[i].makeInvalid(packet);
        }
    }

    /** Becomes a copy of the other, which has the same depth and type. */
    public void copy(Packet packet, HeaderStack from) {
        packet.words[nextWord] = packet.words[from.nextWord];
        for (int i = 0; i < headers.length; i++) {
            headers[i].copy(packet, from.headers[i]);
        }
    }
}
