// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.Set;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.onlab.rest.BaseResource;
import org.onlab.util.ItemNotFoundException;
import org.pmip.onos.lma.Waiting;
import org.pmip.onos.mag.AttachmentEvent;
import org.pmip.onos.mag.AttachmentFilter;
import org.pmip.onos.mag.MagService;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;

/** The mobile access gateways: who is attached where. */
@Path("attachments")
@Produces(MediaType.APPLICATION_JSON)
public class AttachmentsResource extends BaseResource {

    private static final long SECONDS = 60;
    private static final Set<String> KEYS = Set.of("port", "vlan", "interface", "mobileNode", "handoff",
            "context");

    /**
     * One page of the mobile nodes at the gateways, by identifier.
     *
     * @param mobileNode only identifiers that contain this text
     * @param gateway only nodes at the gateway of this name
     * @param state only nodes in this state: registering, active, superseded, denied, ending or left
     * @param after the value of {@code next} in the page before
     * @param limit most mobile nodes on the page, 1 to 1000
     */
    @GET
    public Response list(@QueryParam("mobileNode") String mobileNode, @QueryParam("gateway") String gateway,
                         @QueryParam("state") String state, @QueryParam("after") @DefaultValue("") String after,
                         @QueryParam("limit") @DefaultValue("100") String limit) {
        MagService service = get(MagService.class);
        AttachmentFilter filter = AttachmentFilter.of(mobileNode, gateway, state);
        return Pages.page("attachments", limit, most -> AttachmentFilter.page(filter.all(service), after, most),
                service::summary, BindingUpdateList::key);
    }

    /** All that the gateways know of one mobile node. */
    @GET
    @Path("{mobileNode}")
    public Response one(@PathParam("mobileNode") String mobileNode) {
        MagService service = get(MagService.class);
        return Response.ok(service.describe(service.list(mobileNode).orElseThrow(() ->
                new ItemNotFoundException("'" + mobileNode + "' is attached to no gateway")))).build();
    }

    /**
     * Tells a gateway that an interface has come: an object with {@code port} (such as device:mag1/2) and
     * {@code interface} (its MAC address), and where they matter {@code vlan}, {@code mobileNode} (its identifier),
     * {@code handoff} (the Handoff Indicator, 1 to 4) and {@code context} (what another cluster shows of the node under
     * that name). It is registered afterwards.
     */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response attach(InputStream body) {
        JsonNode given = read(body);
        AttachmentEvent event = AttachmentEvent.of(text(given, "port"), number(given, "vlan", 0),
                text(given, "interface"));
        event.attach(get(MagService.class), text(given, "mobileNode"),
                given.hasNonNull("handoff") ? number(given, "handoff", 0) : null, given.path("context"));
        return Response.accepted().build();
    }

    /**
     * Tells a gateway that an interface has left. It is de-registered afterwards.
     *
     * @param port switch and port, such as device:mag1/2
     * @param vlan VLAN of the access link; 0 for untagged frames
     * @param mac MAC address of the interface
     */
    @DELETE
    public Response detach(@QueryParam("port") String port, @QueryParam("vlan") @DefaultValue("0") String vlan,
                           @QueryParam("interface") String mac) {
        AttachmentEvent.of(port, Pages.number("vlan", vlan), mac).detach(get(MagService.class));
        return Response.accepted().build();
    }

    /**
     * Ends the sessions of a mobile node at the gateways, or the one of that number: de-registers them where that can
     * be done, forgets them otherwise.
     *
     * @param session number of the session
     */
    @DELETE
    @Path("{mobileNode}")
    public Response delete(@PathParam("mobileNode") String mobileNode, @QueryParam("session") Long session) {
        MagService service = get(MagService.class);
        BindingUpdateList list = service.list(mobileNode).orElseThrow(() ->
                new ItemNotFoundException("'" + mobileNode + "' is attached to no gateway"));
        boolean any = false;
        for (BindingUpdateListEntry entry : list.entries()) {
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

    private static JsonNode read(InputStream body) {
        JsonNode given;
        try {
            given = new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no JSON: " + e.getMessage(), e);
        }
        if (given == null || !given.isObject()) {
            throw new IllegalArgumentException("the body is no JSON object with port and interface");
        }
        for (Iterator<String> names = given.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!KEYS.contains(name)) {
                throw new IllegalArgumentException(name + ": unknown; known are port, interface, vlan, mobileNode,"
                        + " handoff and context");
            }
        }
        return given;
    }

    private static String text(JsonNode given, String name) {
        JsonNode value = given.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + ": a text is expected, not " + value);
        }
        return value.asText();
    }

    private static int number(JsonNode given, String name, int other) {
        JsonNode value = given.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return other;
        }
        if (!value.isInt()) {
            throw new IllegalArgumentException(name + ": a whole number is expected, not " + value);
        }
        return value.asInt();
    }
}
