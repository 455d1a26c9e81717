// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.List;
import org.pmip.softswitch.pipeline.Bits;
import org.pmip.softswitch.pipeline.Watch;

/** Fields that later versions of P4Runtime added to messages of which the generated classes know the earlier form. */
final class Unknown {
    /** Port numbers of v1model have 9 bits; the last one drops. */
    private static final int PORT_WIDTH = 9;
    private static final int MOST_PORTS = 511;
    /** {@code watch_port} of 1.2 where the generated classes know {@code watch} only. */
    private static final int WATCH_PORT = 4;

    private Unknown() {
    }

    /** Refuses fields other than that one, 0 for none, which would change what the message means. */
    static void check(UnknownFieldSet fields, int known, String what) throws Refusal {
        if (fields == UnknownFieldSet.getDefaultInstance()) {
            return;
        }
        for (int field : fields.asMap().keySet()) {
            if (field != known) {
                throw Refusal.unsupported(what + " has field " + field
                        + " of a later P4Runtime, which this switch does not know: leave it out");
            }
        }
    }

    /** The last octets in that field, null when there are none. */
    static ByteString octets(UnknownFieldSet fields, int field) {
        List<ByteString> all = fields.getField(field).getLengthDelimitedList();
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    static UnknownFieldSet octets(int field, ByteString value) {
        return UnknownFieldSet.newBuilder().addField(field, UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(value).build()).build();
    }

    /** A port given as octets, which are its name where ports have names. */
    static int port(ByteString octets, SdnNames names, String what) throws Refusal {
        int port = (int) Translations.read(names, octets, PORT_WIDTH, what).toLong();
        if (port >= MOST_PORTS) {
            throw Refusal.invalid(what + " is " + port + ": give a port from 0 to " + (MOST_PORTS - 1));
        }
        return port;
    }

    private static ByteString port(int port, SdnNames names) {
        if (names != null) {
            return names.name(Bits.of(port));
        }
        return port < 256 ? ByteString.copyFrom(new byte[] {(byte) port})
                : ByteString.copyFrom(new byte[] {(byte) (port >> 8), (byte) port});
    }

    /** The port that a member of a group or an action of a set watches, which must be there. */
    static Watch watch(int number, UnknownFieldSet fields, Program program, String what) throws Refusal {
        check(fields, WATCH_PORT, what);
        ByteString octets = octets(fields, WATCH_PORT);
        boolean named = octets != null && !octets.isEmpty();
        if (!named && number == 0) {
            return Watch.NONE;
        }
        int port = named ? port(octets, program.translations().ports(), "the watch port of " + what) : number;
        if (port < 0 || port >= MOST_PORTS || !program.ports().test(port)) {
            throw Refusal.invalid("the watch port of " + what + " is " + port + ", which this switch does not have");
        }
        return new Watch(port, named);
    }

    /** The same for an answer: the number for {@code watch}. */
    static int watchNumber(Watch watch) {
        return watch.any() && !watch.octets() ? watch.port() : 0;
    }

    /** The same for an answer: the field {@code watch_port}. */
    static UnknownFieldSet watchOctets(Watch watch, SdnNames names) {
        return watch.any() && watch.octets() ? octets(WATCH_PORT, port(watch.port(), names))
                : UnknownFieldSet.getDefaultInstance();
    }
}
