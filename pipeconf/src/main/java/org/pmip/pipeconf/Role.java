// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf;

/**
 * To which network an interface of the switch leads. The numbers are those of the P4 program's enum of the same name.
 */
public enum Role {
    /** The network between anchors and gateways; tunnels end and begin here. */
    TRANSPORT(1),
    /** An operator's network, on the anchor's side. */
    HOME_NETWORK(2),
    /** The link to mobile nodes, on the gateway's side. */
    ACCESS(3),
    /** A home agent's link to which nodes are bridged through tunnels of whole frames. */
    BRIDGED(4);

    private final int code;

    Role(int code) {
        this.code = code;
    }

    /**
     * Returns the number in the pipeline.
     *
     * @return 1 to 255
     */
    public int code() {
        return code;
    }

    /**
     * Returns the role of a number.
     *
     * @param code number in the pipeline
     * @return the role
     * @throws IllegalArgumentException if none has that number
     */
    public static Role of(long code) {
        for (Role role : values()) {
            if (role.code == code) {
                return role;
            }
        }
        throw new IllegalArgumentException("No role has the number " + code);
    }
}
