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
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.MobilityMessage;
import org.pmip.protocol.wire.option.HandoffIndicator;

/** Octets to message and back, checksum included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {

    private BindingUpdate update;
    private MobilityMessage acknowledgement;
    private byte[] updateOctets;
    private byte[] acknowledgementOctets;

    /** Makes the messages; the acknowledgement is the anchor's own answer to the update. */
    @Setup
    public void setUp() throws DecodeException {
        LmaEngine engine = Domain.engine();
        update = Domain.update(1, HandoffIndicator.NEW_INTERFACE, 0);
        updateOctets = MobilityHeaderCodec.encode(update, Domain.MAG1, Domain.LMAA);
        acknowledgementOctets = engine.process(MobileNodeRecord.none(Domain.NODE),
                Domain.request(update, Domain.MAG1, 0), Domain.after(0), Domain.supply())
                .answer().orElseThrow().mobilityHeader();
        acknowledgement = decodeAcknowledgement();
    }

    /** Proxy Binding Update to octets. */
    @Benchmark
    public byte[] encodeUpdate() {
        return MobilityHeaderCodec.encode(update, Domain.MAG1, Domain.LMAA);
    }

    /** Octets to Proxy Binding Update. */
    @Benchmark
    public MobilityMessage decodeUpdate() throws DecodeException {
        return MobilityHeaderCodec.decode(updateOctets, Domain.MAG1, Domain.LMAA);
    }

    /** Proxy Binding Acknowledgement to octets. */
    @Benchmark
    public byte[] encodeAcknowledgement() {
        return MobilityHeaderCodec.encode(acknowledgement, Domain.LMAA, Domain.MAG1);
    }

    /** Octets to Proxy Binding Acknowledgement. */
    @Benchmark
    public MobilityMessage decodeAcknowledgement() throws DecodeException {
        return MobilityHeaderCodec.decode(acknowledgementOctets, Domain.LMAA, Domain.MAG1);
    }
}
