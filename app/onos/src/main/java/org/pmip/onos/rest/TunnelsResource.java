// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.pmip.onos.dataplane.TunnelCounts;

/** The tunnels of the anchor and of the gateways. */
@Path("tunnels")
@Produces(MediaType.APPLICATION_JSON)
public class TunnelsResource extends BaseResource {

    /** All tunnels: where they end, how many sessions they have, and what they carried. */
    @GET
    public Response list() {
        return Response.ok(JsonNodeFactory.instance.objectNode()
                .set("tunnels", get(TunnelCounts.class).read())).build();
    }
}
