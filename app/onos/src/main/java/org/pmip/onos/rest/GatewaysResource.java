// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.pmip.onos.mag.MagService;

/** The mobile access gateways that this application is. */
@Path("gateways")
@Produces(MediaType.APPLICATION_JSON)
public class GatewaysResource extends BaseResource {

    /** The gateways, whether their switches are ready, and what happened how often on this node. */
    @GET
    public Response list() {
        MagService service = get(MagService.class);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("ready", service.ready());
        root.set("gateways", service.gateways());
        service.statistics().forEach(root.putObject("statistics")::put);
        return Response.ok(root).build();
    }
}
