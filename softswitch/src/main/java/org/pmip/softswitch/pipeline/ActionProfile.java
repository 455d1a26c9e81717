// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.List;

/** An action profile or action selector of the program (P4Runtime 1.3, section 9.2). Thread-safe. */
public interface ActionProfile {

    /** The name that the P4Info gives it. */
    String name();

    /** Greatest number of members. */
    int size();

    /** Whether it is a selector, which has groups. */
    boolean selector();

    /** Adds a member. Throws ALREADY_EXISTS, FULL, INVALID. */
    void insertMember(int id, ActionCall action) throws TableException;

    /** Replaces the action of a member. Throws NOT_FOUND, INVALID. */
    void modifyMember(int id, ActionCall action) throws TableException;

    /** Removes a member. Throws NOT_FOUND, or IN_USE when a group or an entry names it. */
    void deleteMember(int id) throws TableException;

    /** The action of the member, or null. */
    ActionCall member(int id);

    /** Ids of all members, rising. */
    List<Integer> members();

    /** Adds a group. Throws ALREADY_EXISTS, NOT_FOUND for a member that is not there, INVALID. */
    void insertGroup(Group group) throws TableException;

    /** Replaces the members of a group. Throws NOT_FOUND, INVALID. */
    void modifyGroup(Group group) throws TableException;

    /** Removes a group. Throws NOT_FOUND, or IN_USE when an entry names it. */
    void deleteGroup(int id) throws TableException;

    /** The group of that id, or null. */
    Group group(int id);

    /** Ids of all groups, rising. */
    List<Integer> groups();

    /**
     * A group with its members.
     *
     * @param maxSize its greatest size, 0 for no limit of its own
     * @param counted whether its size is the number of its members and not the sum of their weights
     */
    record Group(int id, int maxSize, boolean counted, List<WeightedMember> members) {
        public Group {
            members = List.copyOf(members);
        }

        /** A group whose size is the sum of its weights. */
        public Group(int id, int maxSize, List<WeightedMember> members) {
            this(id, maxSize, false, members);
        }
    }

    /** A member of a group; weight at least 1. */
    record WeightedMember(int member, int weight, Watch watch) {
        /** A member that depends on no port. */
        public WeightedMember(int member, int weight) {
            this(member, weight, Watch.NONE);
        }
    }
}
