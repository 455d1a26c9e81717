// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.LongSupplier;
import org.pmip.softswitch.pipeline.load.ProgramLoader;
import org.pmip.softswitch.pipeline.run.LoadedPipeline;

/** Makes a pipeline of the bmv2 JSON that p4c-bm2-ss writes for v1model. */
public final class PipelineLoader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PipelineLoader() {
    }

    /** Loads with the clock of the machine; see {@link #load(String, LongSupplier)}. */
    public static Pipeline load(String json) throws PipelineException {
        return load(json, System::nanoTime);
    }

    /**
     * Loads a program.
     *
     * @param json the text of the bmv2 JSON
     * @param clock nanoseconds since any origin, never going back; meters and time stamps run by it
     * @throws PipelineException when the JSON is not understood in full, with the element
     */
    public static Pipeline load(String json, LongSupplier clock) throws PipelineException {
        JsonNode tree;
        try {
            tree = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new PipelineException("no JSON: " + e.getOriginalMessage() + " at line "
                    + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr(), e);
        } catch (StackOverflowError e) {
            throw new PipelineException("no JSON of a program: nested too deep", e);
        }
        return load(tree, clock);
    }

    /** Loads from a JSON tree; see {@link #load(String, LongSupplier)}. */
    public static Pipeline load(JsonNode json, LongSupplier clock) throws PipelineException {
        return new LoadedPipeline(ProgramLoader.load(json, clock, true));
    }

    /**
     * Loads from a JSON tree a pipeline that does the same as that of {@link #load(JsonNode, LongSupplier)}, but is
     * not compiled: slower, and the measure of what the compiled one has to do.
     */
    public static Pipeline interpret(JsonNode json, LongSupplier clock) throws PipelineException {
        return new LoadedPipeline(ProgramLoader.load(json, clock, false));
    }
}
