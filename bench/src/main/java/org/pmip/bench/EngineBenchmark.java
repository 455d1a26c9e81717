// SPDX-License-Identifier: Apache-2.0
package org.pmip.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pmip.protocol.lma.LmaEngine;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.lma.Request;
import org.pmip.protocol.lma.Supply;
import org.pmip.protocol.lma.Transition;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** One step of the anchor's engine: from a decoded request to the next record and the encoded answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {

    private final LmaEngine engine = Domain.engine();
    private final MobileNodeRecord none = MobileNodeRecord.none(Domain.NODE);
    private final Moment now = Domain.after(1);
    private final Supply supply = Domain.supply();
    private MobileNodeRecord attached;
    private Request initial;
    private Request extension;
    private Request handoff;

    /** Makes the requests and a record with one session. */
    @Setup
    public void setUp() {
        initial = Domain.request(Domain.update(1, HandoffIndicator.NEW_INTERFACE, 0), Domain.MAG1, 0);
        extension = Domain.request(Domain.update(2, HandoffIndicator.UNCHANGED, 1), Domain.MAG1, 1);
        handoff = Domain.request(Domain.update(7, HandoffIndicator.BETWEEN_GATEWAYS, 1), Domain.MAG2, 1);
        attached = engine.process(none, initial, Domain.after(0), supply).after();
    }

    /** Initial registration, with prefix and keys. */
    @Benchmark
    public Transition register() {
        return engine.process(none, initial, Domain.after(0), supply);
    }

    /** Lifetime extension by the same gateway. */
    @Benchmark
    public Transition extend() {
        return engine.process(attached, extension, now, Supply.NOTHING);
    }

    /** Handoff to another gateway. */
    @Benchmark
    public Transition handOff() {
        return engine.process(attached, handoff, now, Supply.NOTHING);
    }

    /** A retransmission of the initial registration. */
    @Benchmark
    public Transition repeat() {
        return engine.process(attached, initial, now, Supply.NOTHING);
    }
}
