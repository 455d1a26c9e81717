// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import org.onosproject.rest.ApiDocProvider;
import org.onosproject.rest.ApiDocService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Shows the REST interface among ONOS's API documents, where there are any. Thread-safe. */
@Component(immediate = true, service = ApiDocRegistrator.class)
public class ApiDocRegistrator {

    private final ApiDocProvider document =
            new ApiDocProvider("/onos/pmip", "Proxy Mobile IP", ApiDocRegistrator.class.getClassLoader());

    /** ONOS's collection of documents has come. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    protected void bindDocuments(ApiDocService documents) {
        documents.register(document);
    }

    /** ONOS's collection of documents, or this component, goes. */
    protected void unbindDocuments(ApiDocService documents) {
        documents.unregister(document);
    }
}
