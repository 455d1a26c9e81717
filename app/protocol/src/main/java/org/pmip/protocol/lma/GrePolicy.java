// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.lma;

/**
 * What the policy check of RFC 5845 section 5.2 says of GRE for one mobility session.
 */
public enum GrePolicy {
    /** GRE is not required: a request for it is accepted with status 2 and no GRE Key option. */
    NOT_REQUIRED("not-required"),
    /** GRE encapsulation without keys, where the gateway asks for GRE at all. */
    MODE_ONLY("mode-only"),
    /** GRE with keys: a request without a downlink key is rejected with status 163. */
    KEYS("keys"),
    /** The anchor has no wish of its own and grants what the gateway asks for. */
    AS_REQUESTED("as-requested");

    private final String word;

    GrePolicy(String word) {
        this.word = word;
    }

    /** The word by which configuration names this policy. */
    public String word() {
        return word;
    }

    /**
     * Finds a policy by its configuration word.
     *
     * @throws IllegalArgumentException when there is none, naming those that there are
     */
    public static GrePolicy ofWord(String word) {
        for (GrePolicy policy : values()) {
            if (policy.word.equals(word)) {
                return policy;
            }
        }
        throw new IllegalArgumentException("'" + word
                + "' is no GRE policy: use not-required, mode-only, keys or as-requested");
    }
}
