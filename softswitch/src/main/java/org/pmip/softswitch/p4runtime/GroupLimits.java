// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import p4.config.v1.P4InfoOuterClass.ActionProfile;

/**
 * What the P4Info says of the groups of an action selector (P4Runtime, section 6.4.3, up to 1.5): their greatest size,
 * whether the size is the sum of weights or the number of members, and the weights that members may have.
 *
 * @param most greatest size of a group, 0 for no limit
 * @param counted whether the size is the number of members
 * @param mostWeight greatest weight of a member, 0 for no limit
 * @param weightless whether members must not have weights
 */
record GroupLimits(int most, boolean counted, int mostWeight, boolean weightless) {
    private static final int SUM_OF_MEMBERS = 7;
    private static final int MAX_MEMBER_WEIGHT = 1;
    private static final int WEIGHTS_DISALLOWED = 8;

    static GroupLimits of(ActionProfile info) throws Refusal {
        UnknownFieldSet later = info.getUnknownFields();
        ByteString counted = Unknown.octets(later, SUM_OF_MEMBERS);
        long weight = 0;
        if (counted != null) {
            try {
                weight = last(UnknownFieldSet.parseFrom(counted), MAX_MEMBER_WEIGHT);
            } catch (InvalidProtocolBufferException e) {
                throw Refusal.invalid("action profile '" + info.getPreamble().getName()
                        + "' of the P4Info has a broken sum_of_members: " + e.getMessage());
            }
        }
        return new GroupLimits(info.getMaxGroupSize(), counted != null, (int) weight,
                last(later, WEIGHTS_DISALLOWED) != 0);
    }

    private static long last(UnknownFieldSet fields, int field) {
        long last = 0;
        for (long value : fields.getField(field).getVarintList()) {
            last = value;
        }
        return last;
    }

    /** The weight with which a member given with that weight is chosen. */
    int weight(int given, String what) throws Refusal {
        if (weightless) {
            if (given != 0) {
                throw Refusal.invalid(what + " has weight " + given + ": the program allows none here, leave it out");
            }
            return 1;
        }
        if (given < 1 || mostWeight > 0 && given > mostWeight) {
            throw Refusal.invalid(what + " has weight " + given + ": give at least 1"
                    + (mostWeight > 0 ? " and at most " + mostWeight : ""));
        }
        return given;
    }

    /** The weight that stands in an answer. */
    int shown(int weight) {
        return weightless ? 0 : weight;
    }

    /** Refuses an action set that is too large. */
    void checkSet(int members, long weights, String what) throws Refusal {
        long size = counted ? members : weights;
        if (most > 0 && size > most) {
            throw Refusal.invalid(what + " has " + (counted ? members + " actions"
                    : "weights that add up to " + weights) + ": the program allows " + most);
        }
    }

    /** Refuses a max_size that the program does not allow. */
    void checkMaxSize(int given, String what) throws Refusal {
        if (given < 0 || most > 0 && (given == 0 || given > most)) {
            throw Refusal.invalid("max_size of " + what + " is " + given + ": give a number from "
                    + (most > 0 ? "1 to " + most : "0 up"));
        }
    }
}
