// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.osgi;

import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.osgi.framework.Bundle;
import org.osgi.framework.connect.FrameworkUtilHelper;

/**
 * Answers {@code FrameworkUtil.getBundle(Class)} for classes of the class path with the system bundle, which
 * exports them.
 *
 * <p>ONOS's {@code DefaultServiceDirectory} finds services in that way. Where several frameworks run in one
 * process, the one that was started last answers. Safe for use by many threads.
 */
public final class HostBundles implements FrameworkUtilHelper {
    private static final Deque<Bundle> RUNNING = new ConcurrentLinkedDeque<>();

    static void started(Bundle systemBundle) {
        RUNNING.addFirst(systemBundle);
    }

    static void stopped(Bundle systemBundle) {
        RUNNING.remove(systemBundle);
    }

    @Override
    public Optional<Bundle> getBundle(Class<?> type) {
        return type.getClassLoader() == HostBundles.class.getClassLoader()
            ? Optional.ofNullable(RUNNING.peekFirst())
            : Optional.empty();
    }
}
