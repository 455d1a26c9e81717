// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.pmip.standalone.osgi.BundleHeaders;

/**
 * Tells which bundles the tests can use.
 */
public final class Bundles {
    public static final String REASON = "the application's bundles are not packaged: run mvn verify, not mvn test";

    private Bundles() {
    }

    /** Skips the test where the application's bundles are not packaged. */
    public static void assumePackaged() throws IOException {
        for (String bundle : StandaloneHost.APPLICATION) {
            assumeTrue(packaged(bundle), REASON);
        }
    }

    public static boolean packaged(String symbolicName) throws IOException {
        return BundleHeaders.of(Bundles.class.getClassLoader()).location(symbolicName) != null;
    }
}
