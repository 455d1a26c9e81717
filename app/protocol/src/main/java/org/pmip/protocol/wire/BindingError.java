// SPDX-License-Identifier: Apache-2.0
package org.pmip.protocol.wire;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.onlab.packet.Ip6Address;
import org.pmip.protocol.wire.option.MobilityOption;

/** Binding Error, MH Type 7 (RFC 6275 section 6.1.9). Immutable. */
public final class BindingError extends MobilityMessage {

    /** The MH Type. */
    public static final int TYPE = 7;
    /** Unknown binding for the Home Address destination option. */
    public static final int UNKNOWN_BINDING = 1;
    /** Unrecognized MH Type value. */
    public static final int UNRECOGNIZED_MH_TYPE = 2;
    static final int FIXED_LENGTH = 18;

    private final int status;
    private final Ip6Address homeAddress;

    private BindingError(int status, Ip6Address homeAddress, List<MobilityOption> options) {
        super(options);
        this.status = status;
        this.homeAddress = homeAddress;
    }

    /**
     * Makes a message.
     *
     * @param status 0 to 255
     * @param homeAddress from the Home Address destination option; unspecified if there was none
     */
    public static BindingError of(int status, Ip6Address homeAddress) {
        return new BindingError(range("status", status, 0xff), Objects.requireNonNull(homeAddress,
                "homeAddress is missing: use Ip6Address.ZERO if there was none"), List.of());
    }

    static BindingError read(ByteBuffer data, List<MobilityOption> options) {
        int status = data.get() & 0xff;
        data.get();
        byte[] address = new byte[Ip6Address.BYTE_LENGTH];
        data.get(address);
        return new BindingError(status, Ip6Address.valueOf(address), options);
    }

    @Override
    public int type() {
        return TYPE;
    }

    /** What is wrong, 0 to 255. */
    public int status() {
        return status;
    }

    /** The home address, or the unspecified address. */
    public Ip6Address homeAddress() {
        return homeAddress;
    }

    @Override
    int fixedLength() {
        return FIXED_LENGTH;
    }

    @Override
    void writeFixed(ByteBuffer out) {
        out.put((byte) status).put((byte) 0).put(homeAddress.toOctets());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BindingError && status == ((BindingError) other).status
                && homeAddress.equals(((BindingError) other).homeAddress)
                && options().equals(((BindingError) other).options());
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, homeAddress, options());
    }

    @Override
    public String toString() {
        return "BE status=" + status + " home=" + homeAddress + " " + options();
    }
}
