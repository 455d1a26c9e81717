// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.function.Consumer;

/**
 * Longest prefix match by a trie that decides six bits at a time, leaves out the nodes at which nothing is decided, and
 * keeps in a node only the children there are. The exact keys of the table are the first bits of every prefix, so that
 * they cost nothing where all entries have the same.
 *
 * <p>Nodes that packets may see are never changed but for the place of a child, which is exchanged at once: a packet
 * sees a table with or without an entry that is being written, and all others.
 */
final class PrefixTrie implements Lookup {
    private final int before;
    /** The entry whose prefix is empty, where nothing but a prefix is matched. */
    private volatile Installed everything;
    /** A node, the only entry, or null. */
    private volatile Object root;
    private int size;

    /**
     * An empty trie.
     *
     * @param before bits of the packed key in front of the one that has prefixes, which is the end of the packed key
     */
    PrefixTrie(int before) {
        this.before = before;
    }

    /** Bits of its packed key that an entry asks for, from the first one on. */
    private int length(Installed entry) {
        return before + entry.rank;
    }

    /** Whether the key begins with the prefix of the entry. */
    private boolean begins(long[] key, Installed entry) {
        long[] value = entry.value;
        int length = before + entry.rank;
        int whole = length >>> 6;
        for (int i = 0; i < whole; i++) {
            if (key[i] != value[i]) {
                return false;
            }
        }
        int rest = length & 63;
        return rest == 0 || (key[whole] ^ value[whole]) >>> Long.SIZE - rest == 0;
    }

    @Override
    public Installed find(long[] key) {
        Installed best = everything;
        Object at = root;
        while (at instanceof PrefixNode) {
            PrefixNode node = (PrefixNode) at;
            if (!node.agrees(key)) {
                return best;
            }
            int slot = node.slot(key);
            Installed here = node.best(slot);
            best = here == null ? best : here;
            at = node.child(slot);
        }
        return at != null && begins(key, (Installed) at) ? (Installed) at : best;
    }

    @Override
    public Installed twin(Installed entry) {
        int length = length(entry);
        if (length == 0) {
            return everything;
        }
        int chunk = PrefixNode.chunk(length);
        Object at = root;
        while (at instanceof PrefixNode && ((PrefixNode) at).agrees(entry.value)) {
            PrefixNode node = (PrefixNode) at;
            if (node.chunk() >= chunk) {
                return node.chunk() == chunk ? node.twin(entry) : null;
            }
            at = node.child(node.slot(entry.value));
        }
        return at instanceof Installed && ((Installed) at).sameMatch(entry) ? (Installed) at : null;
    }

    @Override
    public void add(Installed entry) {
        int length = length(entry);
        if (length == 0) {
            everything = entry;
        } else {
            root = add(root, 0, entry, length);
        }
        size++;
    }

    /** What is to stand, from that chunk on, in the place of a node, an entry or null. */
    private Object add(Object at, int from, Installed entry, int length) {
        if (at == null) {
            return entry;
        }
        PrefixNode node = at instanceof PrefixNode ? (PrefixNode) at
                : PrefixNode.of(from, (Installed) at, length((Installed) at));
        int chunk = PrefixNode.chunk(length);
        int same = node.same(entry.value, Math.min(chunk, node.chunk()));
        if (same < node.chunk()) {
            PrefixNode above = same == chunk ? PrefixNode.of(from, entry, length) : PrefixNode.empty(from, same, entry);
            above = above.with(node.slot(same), at == node ? node.from(same + 1) : at);
            return same == chunk ? above : above.with(above.slot(entry.value), entry);
        }
        if (chunk == node.chunk()) {
            return node.with(entry, length);
        }
        int slot = node.slot(entry.value);
        Object child = node.child(slot);
        Object fresh = add(child, node.chunk() + 1, entry, length);
        if (child == null) {
            return node.with(slot, fresh);
        }
        node.exchange(slot, fresh);
        return node;
    }

    @Override
    public void remove(Installed entry) {
        int length = length(entry);
        if (length == 0) {
            everything = null;
        } else {
            root = remove(root, entry, length);
        }
        size--;
    }

    /** What is to stand in the place of a node or of the entry itself. */
    private Object remove(Object at, Installed entry, int length) {
        if (at == entry) {
            return null;
        }
        PrefixNode node = (PrefixNode) at;
        if (node.chunk() == PrefixNode.chunk(length)) {
            return node.without(entry, before);
        }
        int slot = node.slot(entry.value);
        Object fresh = remove(node.child(slot), entry, length);
        if (fresh == null) {
            return node.without(slot);
        }
        node.exchange(slot, fresh);
        return node;
    }

    @Override
    public void forEach(Consumer<Installed> consumer) {
        Installed all = everything;
        if (all != null) {
            consumer.accept(all);
        }
        Object top = root;
        if (top instanceof PrefixNode) {
            ((PrefixNode) top).forEach(consumer);
        } else if (top != null) {
            consumer.accept((Installed) top);
        }
    }

    /** How many nodes it has; looks at each. */
    long nodes() {
        return root instanceof PrefixNode ? ((PrefixNode) root).nodes() : 0;
    }

    @Override
    public int size() {
        return size;
    }
}
