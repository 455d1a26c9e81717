// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import p4.v1.P4RuntimeOuterClass.PacketMetadata;
import p4.v1.P4RuntimeOuterClass.PacketOut;
import p4.v1.P4RuntimeOuterClass.StreamMessageRequest;
import p4.v1.P4RuntimeOuterClass.Update;

/** Messages for tests of the whole switch, which do not care for the details of P4Runtime. */
public final class Messages {
    private Messages() {
    }

    /** Frames for that MAC address leave by that port. */
    public static Update stationTo(String mac, int port) {
        return Lab.insert(Lab.station(mac).setAction(Lab.direct("forward", String.format("%04x", port))));
    }

    /** Frames for that MAC address go to the controller. */
    public static Update stationPunted(String mac, int reason) {
        return Lab.insert(Lab.station(mac).setAction(Lab.direct("punt", String.format("%04x", reason))));
    }

    /** A frame to leave by that port. */
    public static StreamMessageRequest packetOut(byte[] frame, int port) {
        return StreamMessageRequest.newBuilder().setPacket(PacketOut.newBuilder()
                .setPayload(ByteString.copyFrom(frame)).addMetadata(PacketMetadata.newBuilder().setMetadataId(1)
                        .setValue(Lab.hex(String.format("%04x", port))))).build();
    }
}
