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
    private volatile Members now = new Members(List.of(), new long[0][], new long[0][]);

    private record Members(List<List<KeyMatch>> given, long[][] values, long[][] masks) { }

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
        for (int i = 0; i < members.size(); i++) {
            layOut(members.get(i), values[i], masks[i]);
            given.add(List.copyOf(members.get(i)));
        }
        now = new Members(List.copyOf(given), values, masks);
    }

    private TableException invalid(String what) {
        return new TableException(Kind.INVALID, "value set '" + name + "': " + what);
    }

    private void layOut(List<KeyMatch> member, long[] values, long[] masks) throws TableException {
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
            } else if (!(match instanceof KeyMatch.Any)) {
                throw invalid("ranges are not offered by this target");
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
        if (value.bitLength() > width || mask.bitLength() > width) {
            throw invalid(value + " is wider than " + width + " bits");
        }
        int words = Octets.words(width);
        byte[] valueOctets = value.toBytes(words * 8);
        byte[] maskOctets = mask.toBytes(words * 8);
        for (int i = 0; i < words; i++) {
            // Lowest word first, as the state takes its key.
            long bits = Octets.load(valueOctets, 8 * (words - 1 - i), 8);
            masks[first + i] = Octets.load(maskOctets, 8 * (words - 1 - i), 8);
            if ((bits & ~masks[first + i]) != 0) {
                throw invalid("value " + value + " has bits outside of its mask or prefix " + mask);
            }
            values[first + i] = bits;
        }
    }

    /** Whether a member fits the state's key. */
    public boolean fits(ParserState state, Packet packet) {
        Members members = now;
        for (int i = 0; i < members.values.length; i++) {
            if (state.fits(packet, members.values[i], members.masks[i])) {
                return true;
            }
        }
        return false;
    }
}
