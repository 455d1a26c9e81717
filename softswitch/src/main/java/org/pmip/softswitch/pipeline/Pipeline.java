// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A loaded P4 program, ready to take packets: the seam between the execution core and what surrounds it (P4Runtime
 * server, ports, tracing).
 *
 * <p>Thread-safe: packets may be given from several threads while tables are written.
 */
public interface Pipeline {

    /** The tables of the program by the name that the P4Info gives them, for example {@code Ingress.routes}. */
    Collection<? extends Table> tables();

    /**
     * Returns the table of that name.
     *
     * @throws IllegalArgumentException when the program has none, with the name
     */
    Table table(String name);

    /** All indirect counters of the program. */
    Collection<? extends CounterArray> counters();

    /** All indirect meters of the program. */
    Collection<? extends MeterArray> meters();

    /** All registers of the program. */
    Collection<? extends RegisterArray> registers();

    /** Indirect counter array of that name; as {@link #table} when there is none. */
    CounterArray counters(String name);

    /** Indirect meter array of that name; as {@link #table} when there is none. */
    MeterArray meters(String name);

    /** Register of that name; as {@link #table} when there is none. */
    RegisterArray registers(String name);

    /** Action profile or selector of that name; as {@link #table} when there is none. */
    ActionProfile profile(String name);

    /** Value set of the parser of that name; as {@link #table} when there is none. */
    ValueSet valueSet(String name);

    /** Widths in bits of the parameters of an action, in order; none when no table has an action of that name. */
    List<Integer> parameterWidths(String action);

    /** The fields of each type of headers with their widths in bits, in the order of declaration. */
    Collection<Map<String, Integer>> headerTypes();

    /** The pipeline's clock in nanoseconds, by which {@link Table#lastHit} tells the time. */
    long now();

    /** Multicast groups and clone sessions. */
    Replication replication();

    /**
     * Tells that a port went down or came up: members of groups that watch it are left out while it is down. All ports
     * are up at first.
     *
     * @param port 0 to 510
     */
    void port(int port, boolean up);

    /**
     * Does work between two packets: none is in the pipeline meanwhile, and those that come wait. What the work writes
     * is seen by packets all at once. It must not give packets to this pipeline.
     *
     * @return false when packets did not leave within a second, because what takes their output blocks; then the work
     *     was not done
     */
    boolean withoutPackets(Runnable work);

    /**
     * Runs one packet through the pipeline on the caller's thread.
     *
     * @param port ingress port, 0 to 511
     * @param frame holds the frame; not kept, not changed
     * @param offset where the frame begins
     * @param length its octets
     * @param output takes what leaves; called on the same thread, before this method returns
     */
    void receive(int port, byte[] frame, int offset, int length, Output output);

    /** Takes what leaves the pipeline. */
    interface Output {
        /** One frame to one port; the array is only valid during the call. */
        void transmit(int port, byte[] frame, int offset, int length);

        /** One digest, its fields in the order of declaration, each big-endian in ceil(width / 8) octets. */
        void digest(String name, byte[][] fields);
    }

    /** Takes a line for every step of a packet's way; see {@link #trace}. */
    interface Trace {
        /** One step, for example {@code Table 'Ingress.routes': hit with handle 3}. */
        void step(long packet, String text);
    }

    /** Sets or, with null, clears the trace; costs nothing while it is clear. */
    void trace(Trace trace);
}
