// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.onlab.util.ItemNotFoundException;
import org.pmip.onos.lma.BindingFilter;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.lma.Waiting;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.lma.MobileNodeRecord;

/** The binding cache. */
@Path("bindings")
@Produces(MediaType.APPLICATION_JSON)
public class BindingsResource extends BaseResource {

    private static final long SECONDS = 60;

    /**
     * One page of the mobile nodes that have sessions, by identifier.
     *
     * @param mobileNode only identifiers that contain this text
     * @param prefix only sessions with this prefix or address
     * @param mag only sessions at this gateway, by name or address
     * @param operator only sessions of this operator, 1 to 65535
     * @param state only sessions in this state: active or ending
     * @param after the value of {@code next} in the page before
     * @param limit most mobile nodes on the page, 1 to 1000
     */
    @GET
    public Response list(@QueryParam("mobileNode") String mobileNode, @QueryParam("prefix") String prefix,
                         @QueryParam("mag") String mag, @QueryParam("operator") String operator,
                         @QueryParam("state") String state, @QueryParam("after") @DefaultValue("") String after,
                         @QueryParam("limit") @DefaultValue("100") String limit) {
        LmaService service = get(LmaService.class);
        BindingFilter filter = BindingFilter.ALL;
        filter = mobileNode == null ? filter : filter.mobileNode(mobileNode);
        filter = prefix == null ? filter : filter.prefix(prefix);
        filter = mag == null ? filter : filter.gateway(mag, service);
        filter = operator == null ? filter : filter.operator(Pages.number("operator", operator));
        filter = state == null ? filter : filter.state(state);
        BindingFilter chosen = filter;
        return Pages.page("bindings", limit, most -> chosen.page(service, after, most), service::summary,
                MobileNodeRecord::key);
    }

    /** All that is known of one mobile node's sessions, with table entries and counters. */
    @GET
    @Path("{mobileNode}")
    public Response one(@PathParam("mobileNode") String mobileNode) {
        LmaService service = get(LmaService.class);
        return Response.ok(service.describe(record(service, mobileNode))).build();
    }

    /**
     * Ends the sessions of a mobile node, or the one of that number.
     *
     * @param session number of the session
     */
    @DELETE
    @Path("{mobileNode}")
    public Response delete(@PathParam("mobileNode") String mobileNode, @QueryParam("session") Long session) {
        LmaService service = get(LmaService.class);
        boolean any = false;
        for (BindingCacheEntry entry : record(service, mobileNode).entries()) {
            if (session == null || session == entry.sessionId()) {
                any |= Waiting.on("session " + entry.sessionId() + ": ",
                        service.delete(mobileNode, entry.sessionId()), SECONDS);
            }
        }
        if (!any) {
            throw new ItemNotFoundException("'" + mobileNode + "' has no session "
                    + (session == null ? "any more" : session));
        }
        return Response.noContent().build();
    }

    private static MobileNodeRecord record(LmaService service, String mobileNode) {
        return service.bindings(mobileNode).orElseThrow(() ->
                new ItemNotFoundException("no session of '" + mobileNode + "' is known"));
    }
}
