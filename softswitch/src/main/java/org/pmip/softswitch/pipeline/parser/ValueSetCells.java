// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

import java.util.ArrayList;
import java.util.List;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.KeyMatch;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.TableException.Kind;
import org.pmip.softswitch.pipeline.ValueSet;
import org.pmip.softswitch.pipeline.packet.Octets;
import org.pmip.softswitch.pipeline.packet.Packet;

/** A parser value set, its members laid out as the keys of parser states are. */
public final class ValueSetCells implements ValueSet {
    private final String name;
    private final int size;
    private final List<Integer> widths;
    private volatile Members now = new Members(List.of(), new long[0][], new long[0][], List.of());

    /** For each member the value and mask of all parts, which ranges leave to any, and the ranges. */
    private record Members(List<List<KeyMatch>> given, long[][] values, long[][] masks, List<List<Span>> spans) { }

    /** Bounds of a part that is a range, from that word on, the lowest word first. */
    private record Span(int first, long[] low, long[] high) { }

    /** Empty, for keys of parts of those widths in bits. */
    public ValueSetCells(String name, int size, List<Integer> widths) {
        this.name = name;
        this.size = size;
        this.widths = List.copyOf(widths);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public List<Integer> widths() {
        return widths;
    }

    @Override
    public List<List<KeyMatch>> members() {
        return now.given;
    }

    @Override
    public void replace(List<List<KeyMatch>> members) throws TableException {
        if (members.size() > size) {
            throw new TableException(Kind.FULL, "value set '" + name + "' holds only " + size + " members");
        }
        int words = widths.stream().mapToInt(Octets::words).sum();
        long[][] values = new long[members.size()][words];
        long[][] masks = new long[members.size()][words];
        List<List<KeyMatch>> given = new ArrayList<>();
        List<List<Span>> spans = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            List<Span> ranges = new ArrayList<>();
            layOut(members.get(i), values[i], masks[i], ranges);
            spans.add(List.copyOf(ranges));
            given.add(List.copyOf(members.get(i)));
        }
        now = new Members(List.copyOf(given), values, masks, List.copyOf(spans));
    }

    private TableException invalid(String what) {
        return new TableException(Kind.INVALID, "value set '" + name + "': " + what);
    }

    private void layOut(List<KeyMatch> member, long[] values, long[] masks, List<Span> ranges)
            throws TableException {
        if (member.size() != widths.size()) {
            throw invalid("a member has " + widths.size() + " parts, not " + member.size());
        }
        int first = 0;
        for (int i = 0; i < widths.size(); i++) {
            int width = widths.get(i);
            KeyMatch match = member.get(i);
            if (match instanceof KeyMatch.Exact) {
                put(((KeyMatch.Exact) match).value(), prefix(width, width), width, first, values, masks);
            } else if (match instanceof KeyMatch.Ternary) {
                KeyMatch.Ternary ternary = (KeyMatch.Ternary) match;
                put(ternary.value(), ternary.mask(), width, first, values, masks);
            } else if (match instanceof KeyMatch.Lpm) {
                KeyMatch.Lpm lpm = (KeyMatch.Lpm) match;
                if (lpm.prefixLength() < 0 || lpm.prefixLength() > width) {
                    throw invalid("prefix length " + lpm.prefixLength() + " is not from 0 to " + width);
                }
                put(lpm.value(), prefix(lpm.prefixLength(), width), width, first, values, masks);
            } else if (match instanceof KeyMatch.Range) {
                KeyMatch.Range range = (KeyMatch.Range) match;
                if (range.low().compareTo(range.high()) > 0) {
                    throw invalid("low " + range.low() + " is above high " + range.high());
                }
                ranges.add(new Span(first, lowestFirst(range.low(), width), lowestFirst(range.high(), width)));
            }
            first += Octets.words(width);
        }
    }

    private static Bits prefix(int ones, int width) {
        byte[] octets = new byte[(width + 7) / 8];
        int skipped = octets.length * 8 - width;
        for (int i = skipped; i < skipped + ones; i++) {
            octets[i >>> 3] |= (byte) (0x80 >>> (i & 7));
        }
        return Bits.of(octets);
    }

    private void put(Bits value, Bits mask, int width, int first, long[] values, long[] masks) throws TableException {
        long[] bits = lowestFirst(value, width);
        long[] cared = lowestFirst(mask, width);
        for (int i = 0; i < bits.length; i++) {
            if ((bits[i] & ~cared[i]) != 0) {
                throw invalid("value " + value + " has bits outside of its mask or prefix " + mask);
            }
            masks[first + i] = cared[i];
            values[first + i] = bits[i];
        }
    }

    /** As words, the lowest first, as the state takes its key. */
    private long[] lowestFirst(Bits value, int width) throws TableException {
        if (value.bitLength() > width) {
            throw invalid(value + " is wider than " + width + " bits");
        }
        long[] words = new long[Octets.words(width)];
        byte[] octets = value.toBytes(words.length * 8);
        for (int i = 0; i < words.length; i++) {
            words[i] = Octets.load(octets, 8 * (words.length - 1 - i), 8);
        }
        return words;
    }

    private static boolean within(ParserState state, Packet packet, List<Span> spans) {
        for (Span span : spans) {
            if (state.compare(packet, span.first, span.low) < 0 || state.compare(packet, span.first, span.high) > 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether a member fits the state's key. */
    public boolean fits(ParserState state, Packet packet) {
        Members members = now;
        for (int i = 0; i < members.values.length; i++) {
            if (state.fits(packet, members.values[i], members.masks[i])
                    && within(state, packet, members.spans.get(i))) {
                return true;
            }
        }
        return false;
    }
}
