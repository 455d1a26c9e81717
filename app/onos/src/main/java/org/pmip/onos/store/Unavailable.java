// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.util.function.Supplier;
import org.onosproject.store.service.StorageException;

/**
 * Makes every failure of a store a StorageException: ONOS 2.5 passes some of Atomix's own exceptions through, which an
 * application cannot even name. Stateless.
 */
final class Unavailable {

    private Unavailable() {
    }

    static <T> T unless(Supplier<T> operation) {
        try {
            return operation.get();
        } catch (StorageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StorageException(e);
        }
    }

    static void unless(Runnable operation) {
        unless(() -> {
            operation.run();
            return null;
        });
    }
}
