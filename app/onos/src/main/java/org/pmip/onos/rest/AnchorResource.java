// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.Waiting;

/** The anchor itself: gateways, pools, counters, and the state of its switch. */
@Path("")
@Produces(MediaType.APPLICATION_JSON)
public class AnchorResource extends BaseResource {

    private static final long SECONDS = 60;

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The gateways that may register mobile nodes. */
    @GET
    @Path("mags")
    public Response gateways() {
        return Response.ok(object().set("mags", get(LmaService.class).gateways())).build();
    }

    /** The pools and how full they are. */
    @GET
    @Path("pools")
    public Response pools() {
        return Response.ok(object().set("pools", get(LmaService.class).pools())).build();
    }

    /**
     * What the anchor did on this node and how long it took, what the switch dropped by reason, and whether the switch
     * is ready.
     */
    @GET
    @Path("statistics")
    public Response statistics() {
        return Response.ok(get(LmaService.class).report()).build();
    }

    /** Compares the switch with the sessions and mends what differs. */
    @POST
    @Path("reconcile")
    public Response reconcile() {
        return Response.ok(object().put("written", Waiting.on("", get(LmaService.class).reconcile(), SECONDS))).build();
    }
}
