// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.pmip.onos.lma.Waiting;
import org.pmip.onos.mag.MagService;

/** The mobile access gateways that this application is. */
@Path("gateways")
@Produces(MediaType.APPLICATION_JSON)
public class GatewaysResource extends BaseResource {

    private static final long SECONDS = 60;

    /**
     * The gateways, whether their switches are ready, what they did on this node and how long it took, and what the
     * switches dropped by reason.
     */
    @GET
    public Response list() {
        return Response.ok(get(MagService.class).report()).build();
    }

    /**
     * Compares the gateways' switches that this node keeps with the sessions and mends what differs.
     *
     * @param gateway name of the gateway; without it all
     */
    @POST
    @Path("reconcile")
    public Response reconcile(@QueryParam("gateway") String gateway) {
        int written = Waiting.on("", get(MagService.class).reconcile(Optional.ofNullable(gateway)), SECONDS);
        return Response.ok(JsonNodeFactory.instance.objectNode().put("written", written)).build();
    }
}
