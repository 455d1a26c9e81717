// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.Arrays;
import org.pmip.softswitch.pipeline.Pipeline;

/**
 * One packet on its way: its frame, its headers and metadata as words, and what the program asked for. Made once and
 * used again; its members are open because each step of the program touches them. Not thread-safe.
 */
public final class Packet {
    /** No clone session asked for. */
    public static final int NO_SESSION = -1;

    /** Every header and all metadata; see {@link HeaderType} and {@link Layout}. */
    public final long[] words;
    /** Octets of the varbit fields. */
    public final byte[] varbits;
    /** Key of the table being looked up. */
    public final long[] key;
    /** Octets over which a hash or checksum is computed. */
    public final BitBuffer bits = new BitBuffer();

    /** The frame as it came in, from {@link #start} to {@link #end}; what is not parsed begins at {@link #cursor}. */
    public byte[] data;
    public int start;
    public int end;
    public int cursor;

    /** Port it came in by, as the frame's property rather than the program's metadata. */
    public int port;
    /** Port it leaves by, once it is in egress. */
    public int egressPort;
    /** Octets as they came in: what counters and meters count. */
    public int ingressLength;
    /** Octets with headers added and removed since. */
    public int length;
    /** Arguments of the action that runs. */
    public long[] arguments;

    /** Whether the table that was looked up last had an entry for the packet. */
    public boolean hit;
    public boolean exit;
    /** Set by a failed assert or assume: the packet is dropped at once. */
    public boolean aborted;
    public boolean checksumError;
    /** The parser's error, 0 is none. */
    public int error;
    public int cloneSession;
    public int cloneList;
    public int digestList;
    public int resubmitList;
    public int recirculateList;
    public int truncate;

    /** Time in nanoseconds at which it was taken up; read only if the program needs it. */
    public long time;
    public Pipeline.Trace trace;
    public long id;

    private final Layout layout;
    private byte[] own = {};
    private Changes changes;
    private boolean watched;

    /** For programs of that layout. */
    public Packet(Layout layout) {
        this.layout = layout;
        words = new long[layout.words()];
        varbits = new byte[layout.varbitOctets()];
        key = new long[layout.keyWords()];
    }

    /** Becomes a new packet: all headers invalid, all fields zero, nothing asked for. */
    public void reset(byte[] frame, int offset, int count) {
        System.arraycopy(layout.image(), 0, words, 0, words.length);
        data = frame;
        start = offset;
        cursor = offset;
        end = offset + count;
        length = count;
        ingressLength = count;
        truncate = Integer.MAX_VALUE;
        watched = false;
        error = 0;
        checksumError = false;
        clearRequests();
    }

    /** Forgets what the program asked for. */
    public void clearRequests() {
        exit = false;
        aborted = false;
        cloneSession = NO_SESSION;
        cloneList = 0;
        digestList = 0;
        resubmitList = 0;
        recirculateList = 0;
    }

    /** Sets all metadata to zero. */
    public void resetMetadata() {
        System.arraycopy(layout.image(), 0, words, 0, layout.metadataWords());
    }

    /** Becomes a copy of the other, headers, metadata and payload; nothing asked for. The frame is shared. */
    public void copy(Packet other) {
        System.arraycopy(other.words, 0, words, 0, words.length);
        System.arraycopy(other.varbits, 0, varbits, 0, varbits.length);
        data = other.data;
        start = other.start;
        end = other.end;
        cursor = other.cursor;
        port = other.port;
        length = other.length;
        ingressLength = other.ingressLength;
        truncate = other.truncate;
        error = other.error;
        checksumError = other.checksumError;
        trace = other.trace;
        watched = false;
        id = other.id;
        time = other.time;
        clearRequests();
    }

    /** Octets behind what was parsed. */
    public int payload() {
        return end - cursor;
    }

    /** An array of this packet's own with room for that many octets, and eight more. */
    public byte[] own(int octets) {
        if (own.length < octets + 8) {
            own = Arrays.copyOf(own, Math.max(octets + 8, 2048));
        }
        return own;
    }

    /** Tells the trace, which must not be null, what has changed since the last step, and then of this step. */
    public void step(String text) {
        if (changes == null) {
            changes = new Changes(layout);
        }
        if (watched) {
            changes.tell(this);
        } else {
            changes.begin(this);
            watched = true;
        }
        tell(text);
    }

    void tell(String text) {
        trace.step(id, text);
    }
}
