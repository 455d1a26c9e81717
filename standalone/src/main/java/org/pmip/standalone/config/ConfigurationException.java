// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import java.util.List;

/**
 * All that is wrong with a configuration. Immutable, safe for use by many threads.
 */
public final class ConfigurationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /**
     * Creates the exception.
     *
     * @param problems one line each, with path and fix
     */
    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * The problems.
     *
     * @return one line each, with path and fix
     */
    public List<String> problems() {
        return problems;
    }
}
