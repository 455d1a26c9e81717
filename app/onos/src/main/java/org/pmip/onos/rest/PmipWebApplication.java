// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import java.util.Set;
import org.onlab.rest.AbstractWebApplication;

/** The REST interface as ONOS's web server starts it, with ONOS's own answers to failures and its roles of users. */
public class PmipWebApplication extends AbstractWebApplication {

    @Override
    public Set<Class<?>> getClasses() {
        return getClasses(BindingsResource.class, AnchorResource.class, AttachmentsResource.class,
                GatewaysResource.class, TunnelsResource.class);
    }
}
