// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.util.Map;
import java.util.TreeMap;

/**
 * The status values of a Binding Acknowledgement (RFC 6275 section 6.1.8, RFC 5213 section 8.9, RFC 5844 section
 * 3.3.5, RFC 5845 section 6.4): below 128 accepted, from 128 on rejected.
 */
public final class Status {

    /** The least value that rejects. */
    public static final int FIRST_REJECTION = 128;
    /** Binding Update accepted. */
    public static final int ACCEPTED = 0;
    /** Accepted but prefix discovery necessary. */
    public static final int PREFIX_DISCOVERY_NECESSARY = 1;
    /** Accepted, the GRE Key option was not required. */
    public static final int GRE_KEY_OPTION_NOT_REQUIRED = 2;
    /** Accepted, GRE without the TLV header. */
    public static final int GRE_TUNNELING_BUT_TLV_HEADER_NOT_SUPPORTED = 3;
    /** Reason unspecified. */
    public static final int REASON_UNSPECIFIED = 128;
    /** Administratively prohibited. */
    public static final int ADMINISTRATIVELY_PROHIBITED = 129;
    /** Insufficient resources. */
    public static final int INSUFFICIENT_RESOURCES = 130;
    /** Home registration not supported. */
    public static final int HOME_REGISTRATION_NOT_SUPPORTED = 131;
    /** Not home subnet. */
    public static final int NOT_HOME_SUBNET = 132;
    /** Not home agent for this mobile node. */
    public static final int NOT_HOME_AGENT_FOR_THIS_MOBILE_NODE = 133;
    /** Duplicate Address Detection failed. */
    public static final int DUPLICATE_ADDRESS_DETECTION_FAILED = 134;
    /** Sequence number out of window. */
    public static final int SEQUENCE_NUMBER_OUT_OF_WINDOW = 135;
    /** Proxy registration is not enabled for the mobile node. */
    public static final int PROXY_REG_NOT_ENABLED = 152;
    /** Not the anchor of this mobile node. */
    public static final int NOT_LMA_FOR_THIS_MOBILE_NODE = 153;
    /** The gateway may not send proxy registrations. */
    public static final int MAG_NOT_AUTHORIZED_FOR_PROXY_REG = 154;
    /** The mobile node may not use this prefix. */
    public static final int NOT_AUTHORIZED_FOR_HOME_NETWORK_PREFIX = 155;
    /** The timestamp is not near the anchor's clock. */
    public static final int TIMESTAMP_MISMATCH = 156;
    /** The timestamp is not after the one accepted before. */
    public static final int TIMESTAMP_LOWER_THAN_PREV_ACCEPTED = 157;
    /** No Home Network Prefix option. */
    public static final int MISSING_HOME_NETWORK_PREFIX_OPTION = 158;
    /** The session has other prefixes than the request. */
    public static final int BCE_PBU_PREFIX_SET_DO_NOT_MATCH = 159;
    /** No Mobile Node Identifier option. */
    public static final int MISSING_MN_IDENTIFIER_OPTION = 160;
    /** No Handoff Indicator option. */
    public static final int MISSING_HANDOFF_INDICATOR_OPTION = 161;
    /** No Access Technology Type option. */
    public static final int MISSING_ACCESS_TECH_TYPE_OPTION = 162;
    /** Policy requires GRE with keys. */
    public static final int GRE_KEY_OPTION_REQUIRED = 163;
    /** No IPv4 mobility service for this node. */
    public static final int NOT_AUTHORIZED_FOR_IPV4_MOBILITY_SERVICE = 170;
    /** The node may not use this IPv4 home address. */
    public static final int NOT_AUTHORIZED_FOR_IPV4_HOME_ADDRESS = 171;
    /** No IPv6 mobility service for this node. */
    public static final int NOT_AUTHORIZED_FOR_IPV6_MOBILITY_SERVICE = 172;
    /** Only one IPv4 home address is assigned. */
    public static final int MULTIPLE_IPV4_HOME_ADDRESS_ASSIGNMENT_NOT_SUPPORTED = 173;

    private static final Map<Integer, String> NAMES = new TreeMap<>();

    static {
        for (java.lang.reflect.Field field : Status.class.getFields()) {
            try {
                if (!field.getName().equals("FIRST_REJECTION")) {
                    NAMES.put(field.getInt(null), field.getName());
                }
            } catch (IllegalAccessException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }

    private Status() {
    }

    /** The name of a value, for example {@code GRE_KEY_OPTION_REQUIRED}; of an unknown one {@code status N}. */
    public static String name(int status) {
        return NAMES.getOrDefault(status, "status " + status);
    }

    /** Whether a value accepts. */
    public static boolean accepts(int status) {
        return status < FIRST_REJECTION;
    }
}
