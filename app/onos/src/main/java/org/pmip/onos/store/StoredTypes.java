// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import org.onlab.util.KryoNamespace;
import org.onosproject.store.serializers.KryoNamespaces;
import org.pmip.protocol.lma.MobileNodeRecord;
import org.pmip.protocol.mag.BindingUpdateList;

/**
 * The numbers by which Kryo knows what is stored. They stand in every stored value, so a number is never changed and
 * never used for another type; a new type gets the next one, and what a type consists of changes by a format number
 * inside of its value, as {@link RecordSerializer} and {@link ListSerializer} have it. Each map has numbers of its own.
 * Stateless.
 */
final class StoredTypes {

    /** The application's first number; those below are ONOS's. */
    static final int RECORD = KryoNamespaces.BEGIN_USER_CUSTOM_ID;
    /** The same number: no map holds records and lists. */
    static final int LIST = KryoNamespaces.BEGIN_USER_CUSTOM_ID;

    private StoredTypes() {
    }

    /** What the map of records is made of: strings and records. */
    static KryoNamespace records() {
        return KryoNamespace.newBuilder()
                .register(KryoNamespaces.BASIC)
                .nextId(RECORD)
                .register(new RecordSerializer(), MobileNodeRecord.class)
                .build("pmip-bindings");
    }

    /** What the map of Binding Update Lists is made of: strings and lists. */
    static KryoNamespace lists() {
        return KryoNamespace.newBuilder()
                .register(KryoNamespaces.BASIC)
                .nextId(LIST)
                .register(new ListSerializer(), BindingUpdateList.class)
                .build("pmip-update-lists");
    }
}
