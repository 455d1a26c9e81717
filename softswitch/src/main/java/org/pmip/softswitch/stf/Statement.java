// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.util.List;
import java.util.Map;

/** One statement of an STF packet test. Immutable; {@code line} is where it stands, from 1. */
sealed interface Statement {

    /** Where it stands. */
    int line();

    /** A call of an action, its arguments by name. */
    record Call(String action, Map<String, String> arguments) { }

    /**
     * Adds an entry.
     *
     * @param priority greater wins; 0 unless given
     * @param matches values as written, by the name of the key as written
     * @param id by which the test names the entry, or null
     */
    record Add(int line, String table, int priority, Map<String, String> matches, Call call, String id)
            implements Statement { }

    /** Sets the default action of a table. */
    record SetDefault(int line, String table, Call call) implements Statement { }

    /** Removes the entries of all tables. */
    record RemoveAll(int line) implements Statement { }

    /** Sends a frame into a port. */
    record Send(int line, int port, byte[] frame) implements Statement { }

    /**
     * Expects one frame on a port, after those that the statements before this one expect there.
     *
     * @param digits hexadecimal digits in lower case, {@code *} for any; frames may be longer; empty for any frame
     * @param whole whether the frame must not be longer
     */
    record Expect(int line, int port, String digits, boolean whole) implements Statement { }

    /**
     * Compares a counter.
     *
     * @param cell an index, or the id of an entry
     * @param octets whether octets are compared, else packets
     * @param condition one of {@code == != <= < >= >}
     */
    record CheckCounter(int line, String counter, String cell, boolean octets, String condition, long number)
            implements Statement { }

    /** A command that goes beyond tables and packets, with its words. */
    record Device(int line, String command, List<String> words) implements Statement { }

    /** Waits until all packets are through, which they always are here. */
    record Await(int line) implements Statement { }
}
