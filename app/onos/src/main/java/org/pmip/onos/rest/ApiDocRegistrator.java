// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import org.onosproject.rest.AbstractApiDocRegistrator;
import org.onosproject.rest.ApiDocProvider;
import org.osgi.service.component.annotations.Component;

/** Shows the REST interface among ONOS's API documents. */
@Component(immediate = true)
public class ApiDocRegistrator extends AbstractApiDocRegistrator {

    /** Made by the component runtime. */
    public ApiDocRegistrator() {
        super(new ApiDocProvider("/onos/pmip", "Proxy Mobile IP", ApiDocRegistrator.class.getClassLoader()));
    }
}
