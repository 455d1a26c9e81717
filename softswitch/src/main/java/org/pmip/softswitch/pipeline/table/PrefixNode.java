// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A node of a {@link PrefixTrie}: it decides by one chunk of the key, six bits, or the last four of a word, and holds
 * the entries whose prefixes end among them. Immutable, but for the places of its children.
 */
final class PrefixNode {
    private static final VarHandle CHILD = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final int CHUNK_BITS = 6;
    private static final int SLOTS = 1 << CHUNK_BITS;
    /** Chunks of a word; none lies in two words. */
    private static final int CHUNKS = 11;
    private static final Installed[] NO_ENTRIES = {};
    private static final Object[] NO_CHILDREN = {};

    private final int chunk;
    /** The first chunk in which keys may differ from {@link #path}; those before it are the business of nodes above. */
    private final int from;
    private final int word;
    private final int offset;
    private final long[] path;
    /** The first word to be compared with the path, and the bits that count of the first and of the last one. */
    private final int firstWord;
    private final long firstMask;
    private final long lastMask;
    /** The entries that end here, shorter prefixes first. */
    private final Installed[] own;
    /** The slots at which another entry is the best than at the slot before, and from the first of them on which. */
    private final long changes;
    private final Installed[] best;
    private final long present;
    /** Nodes and, where there is but one entry further on, that entry. */
    private final Object[] children;

    private PrefixNode(int from, int chunk, long[] path, Installed[] own, long changes, Installed[] best, long present,
                       Object[] children) {
        this.from = from;
        this.chunk = chunk;
        this.path = path;
        this.own = own;
        this.changes = changes;
        this.best = best;
        this.present = present;
        this.children = children;
        word = chunk / CHUNKS;
        offset = chunk % CHUNKS * CHUNK_BITS;
        long behind = offset == 0 ? 0 : -1L << Long.SIZE - offset;
        firstWord = from == chunk ? word + 1 : from / CHUNKS;
        long first = -1L >>> from % CHUNKS * CHUNK_BITS;
        firstMask = firstWord == word ? first & behind : first;
        lastMask = behind;
    }

    /** The chunk in which a prefix of that many bits, at least 1, ends. */
    static int chunk(int length) {
        return (length - 1 >>> 6) * CHUNKS + (length - 1 & 63) / CHUNK_BITS;
    }

    /** A node without entries and children, on the way to that entry. */
    static PrefixNode empty(int from, int chunk, Installed towards) {
        return new PrefixNode(from, chunk, towards.value, NO_ENTRIES, 0, NO_ENTRIES, 0, NO_CHILDREN);
    }

    /** A node that holds one entry, whose prefix has that many bits. */
    static PrefixNode of(int from, Installed entry, int length) {
        return empty(from, chunk(length), entry).with(entry, length);
    }

    int chunk() {
        return chunk;
    }

    /** Whether a key that the nodes above have led here belongs below this node. */
    boolean agrees(long[] key) {
        if (firstWord > word) {
            return true;
        }
        if (((key[firstWord] ^ path[firstWord]) & firstMask) != 0) {
            return false;
        }
        for (int i = firstWord + 1; i < word; i++) {
            if (key[i] != path[i]) {
                return false;
            }
        }
        return firstWord == word || ((key[word] ^ path[word]) & lastMask) == 0;
    }

    /** By which of the slots a key goes on. */
    int slot(long[] key) {
        return (int) (key[word] << offset >>> Long.SIZE - CHUNK_BITS);
    }

    /** By which slot of a node that decides by that chunk one comes here. */
    int slot(int above) {
        return slot(path, above);
    }

    private static int slot(long[] key, int chunk) {
        return (int) (key[chunk / CHUNKS] << chunk % CHUNKS * CHUNK_BITS >>> Long.SIZE - CHUNK_BITS);
    }

    /** The first chunk from that of this node's business on in which a key differs from the path, or the limit. */
    int same(long[] key, int limit) {
        int at = from;
        while (at < limit && slot(key, at) == slot(path, at)) {
            at++;
        }
        return at;
    }

    /** The entry with the longest prefix of those that end here, or null. */
    Installed best(int slot) {
        long until = changes & -1L >>> SLOTS - 1 - slot;
        return until == 0 ? null : best[Long.bitCount(until) - 1];
    }

    /** The node or entry at a slot, or null. */
    Object child(int slot) {
        return (present >>> slot & 1) == 0 ? null : CHILD.getAcquire(children, index(slot));
    }

    private int index(int slot) {
        return Long.bitCount(present & (1L << slot) - 1);
    }

    /** Puts another child in the place of one. */
    void exchange(int slot, Object child) {
        CHILD.setRelease(children, index(slot), child);
    }

    /** The entry here with the same match, or null. */
    Installed twin(Installed entry) {
        for (Installed other : own) {
            if (other.sameMatch(entry)) {
                return other;
            }
        }
        return null;
    }

    /** The same in another place of the trie, where this chunk is the first of its business. */
    PrefixNode from(int first) {
        return new PrefixNode(first, chunk, path, own, changes, best, present, children);
    }

    /** The same with one more child, at a slot that has none. */
    PrefixNode with(int slot, Object child) {
        int at = index(slot);
        Object[] more = Arrays.copyOf(children, children.length + 1);
        System.arraycopy(children, at, more, at + 1, children.length - at);
        more[at] = child;
        return new PrefixNode(from, chunk, path, own, changes, best, present | 1L << slot, more);
    }

    /** What is left without a child: a node, an entry or null. */
    Object without(int slot) {
        int at = index(slot);
        Object[] fewer = Arrays.copyOf(children, children.length - 1);
        System.arraycopy(children, at + 1, fewer, at, fewer.length - at);
        return new PrefixNode(from, chunk, path, own, changes, best, present & ~(1L << slot), fewer).needed();
    }

    /** The same with one more entry, whose prefix has that many bits and ends here. */
    PrefixNode with(Installed entry, int length) {
        int at = 0;
        while (at < own.length && own[at].rank <= entry.rank) {
            at++;
        }
        Installed[] more = Arrays.copyOf(own, own.length + 1);
        System.arraycopy(own, at, more, at + 1, own.length - at);
        more[at] = entry;
        return with(more, length - entry.rank);
    }

    /** What is left without an entry of its own: a node, an entry or null. */
    Object without(Installed entry, int before) {
        Installed[] fewer = Arrays.stream(own).filter(other -> other != entry).toArray(Installed[]::new);
        return with(fewer, before).needed();
    }

    /** This node, or what can stand for it where it decides nothing. */
    private Object needed() {
        if (own.length + children.length > 1) {
            return this;
        }
        if (children.length == 0) {
            return own.length == 0 ? null : own[0];
        }
        return children[0] instanceof PrefixNode ? ((PrefixNode) children[0]).from(from) : children[0];
    }

    private PrefixNode with(Installed[] entries, int before) {
        Installed[] slots = new Installed[SLOTS];
        for (Installed entry : entries) {
            int first = slot(entry.value);
            int bits = before + entry.rank - word * Long.SIZE - offset;
            Arrays.fill(slots, first, first + (SLOTS >> bits), entry);
        }
        long differ = 0;
        Installed[] found = new Installed[SLOTS];
        int count = 0;
        Installed last = null;
        for (int i = 0; i < SLOTS; i++) {
            if (slots[i] != last) {
                last = slots[i];
                differ |= 1L << i;
                found[count++] = last;
            }
        }
        return new PrefixNode(from, chunk, path, entries, differ, Arrays.copyOf(found, count), present, children);
    }

    /** How many nodes there are from this one down. */
    long nodes() {
        long nodes = 1;
        for (int i = 0; i < children.length; i++) {
            Object child = CHILD.getAcquire(children, i);
            nodes += child instanceof PrefixNode ? ((PrefixNode) child).nodes() : 0;
        }
        return nodes;
    }

    void forEach(Consumer<Installed> consumer) {
        for (Installed entry : own) {
            consumer.accept(entry);
        }
        for (int i = 0; i < children.length; i++) {
            Object child = CHILD.getAcquire(children, i);
            if (child instanceof PrefixNode) {
                ((PrefixNode) child).forEach(consumer);
            } else {
                consumer.accept((Installed) child);
            }
        }
    }
}
