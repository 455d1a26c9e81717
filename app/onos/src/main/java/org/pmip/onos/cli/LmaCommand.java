// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.pmip.onos.lma.LmaService;

/** What the commands have in common: the anchor they ask, and text for people or JSON for programs. */
public abstract class LmaCommand implements Action {

    @Reference
    LmaService service;

    /** Where the answer goes: the console of whoever gave the command, unless a test says otherwise. */
    PrintStream out;

    @Option(name = "-j", aliases = "--json", description = "Print JSON")
    boolean json;

    @Override
    public final Object execute() throws Exception {
        if (out == null) {
            // The shell puts its own stream here for the time of a command.
            out = System.out;
        }
        try {
            run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            out.println(e.getMessage());
        }
        return null;
    }

    /**
     * Does it.
     *
     * @throws IllegalArgumentException if an argument is wrong; its message is for the user
     * @throws IllegalStateException if it cannot be done now; its message is for the user
     */
    abstract void run() throws Exception;

    void json(JsonNode node) throws Exception {
        out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(node));
    }
}
