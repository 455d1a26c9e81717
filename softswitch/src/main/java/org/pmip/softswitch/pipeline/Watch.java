// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

/**
 * The port on which a member of a group depends: while that port is down the member is not chosen (P4Runtime 1.3,
 * section 9.2.2).
 *
 * @param port 0 to 510, or negative for a member that depends on none
 * @param octets whether the controller gave it as octets ({@code watch_port}) and not as the older number
 */
public record Watch(int port, boolean octets) {
    /** Depends on no port. */
    public static final Watch NONE = new Watch(-1, false);

    /** Whether it depends on a port. */
    public boolean any() {
        return port >= 0;
    }
}
