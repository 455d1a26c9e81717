// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;

/** Multicast groups and clone sessions (P4Runtime 1.3, section 9.5). Thread-safe; a write never blocks a packet. */
public interface Replication {

    /** Adds a group. Throws ALREADY_EXISTS, INVALID. */
    void insertGroup(Group group) throws TableException;

    /** Replaces a group. Throws NOT_FOUND, INVALID. */
    void modifyGroup(Group group) throws TableException;

    /** Removes a group. Throws NOT_FOUND. */
    void deleteGroup(int id) throws TableException;

    /** The group of that id, or null. */
    Group group(int id);

    /** All groups, by rising id. */
    List<Group> groups();

    /** Adds a clone session. Throws ALREADY_EXISTS, INVALID. */
    void insertSession(CloneSession session) throws TableException;

    /** Replaces a clone session. Throws NOT_FOUND, INVALID. */
    void modifySession(CloneSession session) throws TableException;

    /** Removes a clone session. Throws NOT_FOUND. */
    void deleteSession(int id) throws TableException;

    /** The clone session of that id, or null. */
    CloneSession session(int id);

    /** All clone sessions, by rising id. */
    List<CloneSession> sessions();

    /** One copy: the port it leaves by, and its instance, which the program sees as {@code egress_rid}, 0 to 65535. */
    record Replica(int port, int instance) { }

    /** A multicast group; id 1 to 65535, no two replicas the same. */
    record Group(int id, List<Replica> replicas) {
        public Group {
            replicas = List.copyOf(replicas);
        }
    }

    /**
     * A clone session; id 1 to 32767.
     *
     * @param truncate greatest length of the copy in octets; 0 is whole
     */
    record CloneSession(int id, List<Replica> replicas, int truncate) {
        public CloneSession {
            replicas = List.copyOf(replicas);
        }
    }
}
