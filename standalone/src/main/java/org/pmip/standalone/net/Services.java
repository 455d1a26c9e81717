// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.net;

import org.onlab.osgi.ServiceDirectory;

/**
 * Finds services of one framework.
 *
 * <p>ONOS's own directory asks the class loader of the service's class for its bundle, which on a class path is
 * nobody's; and there may be several frameworks in one process. Safe for use by many threads.
 */
@FunctionalInterface
public interface Services extends ServiceDirectory {
    /**
     * Finds a service.
     *
     * @param type interface
     * @param <T> type
     * @return the service
     * @throws org.onlab.osgi.ServiceNotFoundException when nobody offers it
     */
    @Override
    <T> T get(Class<T> type);
}
