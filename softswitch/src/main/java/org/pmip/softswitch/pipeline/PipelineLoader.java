// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.LongSupplier;

/** Makes a pipeline of the bmv2 JSON that p4c-bm2-ss writes for v1model. */
public final class PipelineLoader {
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
        throw new PipelineException("not loaded: " + json.length());
    }

    /** Loads from a JSON tree; see {@link #load(String, LongSupplier)}. */
    public static Pipeline load(JsonNode json, LongSupplier clock) throws PipelineException {
        throw new PipelineException("not loaded: " + json.size());
    }
}
