// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import javax.ws.rs.HttpMethod;
import javax.ws.rs.Path;
import org.glassfish.jersey.jdkhttp.JdkHttpHandlerContainer;
import org.glassfish.jersey.server.ContainerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.onlab.osgi.ServiceDirectory;
import org.onlab.rest.AuthorizationFilter;
import org.onlab.rest.BaseResource;
import org.pmip.checks.junit.Requirement;
import org.pmip.onos.lma.FakeLma;
import org.pmip.onos.mag.FakeMag;
import org.pmip.onos.mag.MagService;

/** The web application as ONOS's web server would start it, on a server of the JDK. */
class RestTest {

    private final FakeLma lma = new FakeLma()
            .with("anna@example.net", FakeLma.session(1).build())
            .with("bert@example.net", FakeLma.session(2).build(), FakeLma.session(3).build());
    private final FakeMag mag = new FakeMag()
            .with("anna@example.net", FakeMag.session(1).build())
            .with("bert@example.net", FakeMag.session(2).build());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer server;
    private ServiceDirectory former;

    @BeforeEach
    void start() throws Exception {
        former = directory(new ServiceDirectory() {
            @Override
            public <T> T get(Class<T> service) {
                return service.cast(service == MagService.class ? mag : lma);
            }
        });
        // Users and their roles are the web server's matter; the JDK's server has none.
        AuthorizationFilter.disableForTests();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", ContainerFactory.createContainer(JdkHttpHandlerContainer.class,
                ResourceConfig.forApplicationClass(PmipWebApplication.class)));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.stop(0);
        directory(former);
    }

    private static ServiceDirectory directory(ServiceDirectory next) throws Exception {
        Field field = BaseResource.class.getDeclaredField("services");
        field.setAccessible(true);
        ServiceDirectory former = (ServiceDirectory) field.get(null);
        field.set(null, next);
        return former;
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return ask(method, path, HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> ask(String method, String path, HttpRequest.BodyPublisher body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
        return client.send(HttpRequest.newBuilder(uri).header("Content-Type", "application/json")
                .method(method, body).build(), HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> answer = ask("GET", path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void bindingsInPages() throws Exception {
        JsonNode first = get("/bindings?limit=1");
        assertThat(first.get("bindings")).hasSize(1);
        assertThat(first.get("bindings").get(0).get("mobileNode").asText()).isEqualTo("anna@example.net");
        assertThat(first.get("next").asText()).isEqualTo("anna@example.net");
        JsonNode last = get("/bindings?limit=1&after=" + first.get("next").asText());
        assertThat(last.get("bindings").get(0).get("sessions")).hasSize(2);
        assertThat(last.has("next")).isFalse();
    }

    @Test
    void bindingsByConditions() throws Exception {
        assertThat(get("/bindings?mag=mag2&operator=1&state=active&prefix=2001:db8:0:2::/64&mobileNode=bert")
                .get("bindings")).hasSize(1);
        assertThat(get("/bindings?mobileNode=carl").get("bindings")).isEmpty();
    }

    @Test
    void wrongConditionsAreNamed() throws Exception {
        for (Map.Entry<String, String> one : Map.of("state=gone", "state: 'gone'", "operator=x", "operator: 'x'",
                "limit=0", "limit: 0", "limit=1001", "limit: 1001", "prefix=x", "prefix: 'x'", "mag=x", "mag: ")
                .entrySet()) {
            HttpResponse<String> answer = ask("GET", "/bindings?" + one.getKey());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(one.getValue());
        }
    }

    @Test
    void oneBinding() throws Exception {
        JsonNode anna = get("/bindings/anna@example.net");
        assertThat(anna.get("sessions").get(0).get("entries").get(0).asText()).isEqualTo("downlink session 1");
        assertThat(ask("GET", "/bindings/carl@example.net").statusCode()).isEqualTo(404);
    }

    @Test
    void deletion() throws Exception {
        assertThat(ask("DELETE", "/bindings/bert@example.net?session=9").statusCode()).isEqualTo(404);
        assertThat(ask("DELETE", "/bindings/bert@example.net?session=3").statusCode()).isEqualTo(204);
        assertThat(get("/bindings/bert@example.net").get("sessions")).hasSize(1);
        assertThat(ask("DELETE", "/bindings/bert@example.net").statusCode()).isEqualTo(204);
        assertThat(ask("DELETE", "/bindings/bert@example.net").statusCode()).isEqualTo(404);
    }

    @Test
    void theAnchorItself() throws Exception {
        assertThat(get("/mags").get("mags")).hasSize(3);
        assertThat(get("/pools").get("pools").get(0).get("assigned").asInt()).isEqualTo(3);
        JsonNode statistics = get("/statistics");
        assertThat(statistics.get("ready").asBoolean()).isTrue();
        assertThat(statistics.get("statistics").get("registered").asInt()).isEqualTo(3);
        assertThat(statistics.get("latencies").get("pbuToPba").get("percentile99").isIntegralNumber()).isTrue();
        assertThat(statistics.get("drops").get("unknown_key").asInt()).isEqualTo(7);
    }

    @Test
    void reconciliation() throws Exception {
        lma.reconciliation = CompletableFuture.completedFuture(4);
        assertThat(ask("POST", "/reconcile").body()).isEqualTo("{\"written\":4}");
        lma.reconciliation = CompletableFuture.failedFuture(new IllegalStateException("device:s1 is not there"));
        HttpResponse<String> answer = ask("POST", "/reconcile");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("device:s1 is not there");
    }

    @Test
    void attachmentsInPagesAndInFull() throws Exception {
        JsonNode first = get("/attachments?limit=1");
        assertThat(first.get("attachments").get(0).get("mobileNode").asText()).isEqualTo("anna@example.net");
        assertThat(first.get("next").asText()).isEqualTo("anna@example.net");
        JsonNode last = get("/attachments?limit=1&after=anna@example.net");
        assertThat(last.get("attachments").get(0).get("attachments").get(0).get("gateway").asText())
                .isEqualTo("mag2");
        assertThat(last.has("next")).isFalse();
        assertThat(get("/attachments?gateway=mag1&state=active&mobileNode=bert").get("attachments")).isEmpty();
        assertThat(get("/attachments/anna@example.net").get("attachments").get(0).get("entries").get(0).asText())
                .isEqualTo("access node 1");
        assertThat(ask("GET", "/attachments/carl@example.net").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/attachments?state=gone").statusCode()).isEqualTo(400);
        assertThat(ask("GET", "/attachments?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/gateways").get("gateways").get(0).get("device").asText()).isEqualTo("device:mag1");
    }

    @Test
    void gatewaysAreToldWhoCameAndLeft() throws Exception {
        HttpResponse<String> came = ask("POST", "/attachments", HttpRequest.BodyPublishers.ofString(
                "{\"port\":\"device:mag1/2\",\"interface\":\"02:00:00:00:00:01\",\"vlan\":60,"
                + "\"mobileNode\":\"anna@example.net\",\"handoff\":3}"));
        assertThat(came.statusCode()).as(came.body()).isEqualTo(202);
        assertThat(ask("DELETE", "/attachments?port=device:mag1/2&interface=02:00:00:00:00:01&vlan=60").statusCode())
                .isEqualTo(202);
        assertThat(mag.told).containsExactly("attach device:mag1/2 60 02:00:00:00:00:01 3 anna@example.net",
                "detach device:mag1/2 60 02:00:00:00:00:01");
    }

    /** What one cluster shows is what another takes. */
    @Test
    @Requirement({"PMIP10-6.2-2", "PMIP10-5.5-1"})
    void theContextOfAnAttachmentIsTakenAsItIsShown() throws Exception {
        JsonNode shown = get("/attachments/anna@example.net");
        ObjectNode told = new ObjectMapper().createObjectNode().put("port", "device:mag7/3")
                .put("interface", "02:00:00:00:00:01");
        told.set("mobileNode", shown.get("mobileNode"));
        told.set("context", shown.at("/attachments/0/context"));
        String former = " [2001:db8:0:1::/64] at 2001:db8:f::1 link-local :: node :: key 101 sequence 7";
        HttpResponse<String> answer = ask("POST", "/attachments", HttpRequest.BodyPublishers.ofString(told.toString()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        // It has gone over to another interface of the node, and that is to be said.
        told.put("interface", "02:00:00:00:00:09");
        ask("POST", "/attachments", HttpRequest.BodyPublishers.ofString(told.toString()));
        told.put("handoff", 4);
        ask("POST", "/attachments", HttpRequest.BodyPublishers.ofString(told.toString()));
        // Its anchor has not accepted it there.
        told.putNull("context").remove("handoff");
        ask("POST", "/attachments", HttpRequest.BodyPublishers.ofString(told.toString()));
        assertThat(mag.told).containsExactly(
                "attach device:mag7/3 0 02:00:00:00:00:01 3" + former + " anna@example.net",
                "attach device:mag7/3 0 02:00:00:00:00:09 2" + former + " anna@example.net",
                "attach device:mag7/3 0 02:00:00:00:00:09 4" + former + " anna@example.net",
                "attach device:mag7/3 0 02:00:00:00:00:09 4 anna@example.net");
    }

    @Test
    void sessionsOfGatewaysAreDeleted() throws Exception {
        assertThat(ask("DELETE", "/attachments/anna@example.net?session=9").statusCode()).isEqualTo(404);
        assertThat(ask("DELETE", "/attachments/anna@example.net?session=1").statusCode()).isEqualTo(204);
        assertThat(ask("DELETE", "/attachments/carl@example.net").statusCode()).isEqualTo(404);
        assertThat(mag.told).containsExactly("delete anna@example.net 1");
    }

    @Test
    void switchesOfGatewaysAreCompared() throws Exception {
        assertThat(ask("POST", "/gateways/reconcile").body()).isEqualTo("{\"written\":7}");
        assertThat(ask("POST", "/gateways/reconcile?gateway=mag1").body()).isEqualTo("{\"written\":0}");
        HttpResponse<String> answer = ask("POST", "/gateways/reconcile?gateway=mag9");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("device:mag9 is not there");
        assertThat(mag.told).containsExactly("reconcile all", "reconcile mag1");
        assertThat(get("/gateways").at("/latencies/attachToAdvertisement/median").isIntegralNumber()).isTrue();
        assertThat(get("/gateways").at("/drops/unknown_node").asInt()).isEqualTo(4);
    }

    @Test
    void wrongAttachmentsAreNamed() throws Exception {
        String good = "\"port\":\"device:mag1/2\",\"interface\":\"02:00:00:00:00:01\"";
        for (Map.Entry<String, String> one : Map.of("{" + good + ",\"x\":1}", "x: unknown",
                "{\"interface\":\"02:00:00:00:00:01\"}", "port: ", "{\"port\":\"device:mag1/2\"}", "interface: ",
                "{" + good + ",\"vlan\":\"60\"}", "vlan: ", "{" + good + ",\"handoff\":9}", "handoff: 9",
                "{" + good + ",\"mobileNode\":1}", "mobileNode: ", "[]", "no JSON object", "{", "no JSON")
                .entrySet()) {
            HttpResponse<String> answer = ask("POST", "/attachments",
                    HttpRequest.BodyPublishers.ofString(one.getKey()));
            assertThat(answer.statusCode()).as(one.getKey()).isEqualTo(400);
            assertThat(answer.body()).contains(one.getValue());
        }
        assertThat(ask("DELETE", "/attachments?port=x&interface=02:00:00:00:00:01").statusCode()).isEqualTo(400);
        assertThat(mag.told).isEmpty();
    }

    /** The document that people read in ONOS names exactly what there is. */
    @Test
    void theDocumentIsWhole() throws Exception {
        Set<String> offered = new TreeSet<>();
        for (Class<?> resource : Set.of(BindingsResource.class, AnchorResource.class,
                AttachmentsResource.class, GatewaysResource.class, TunnelsResource.class)) {
            String root = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                for (var mark : method.getAnnotations()) {
                    HttpMethod verb = mark.annotationType().getAnnotation(HttpMethod.class);
                    if (verb != null) {
                        Path path = method.getAnnotation(Path.class);
                        offered.add(verb.value() + " " + String.join("/", "", root, path == null ? "" : path.value())
                                .replaceAll("/+", "/").replaceAll("(.)/$", "$1"));
                    }
                }
            }
        }
        Set<String> told = new TreeSet<>();
        try (InputStream in = getClass().getResourceAsStream("/apidoc/swagger.json")) {
            new ObjectMapper().readTree(in).get("paths").fields().forEachRemaining(path ->
                    path.getValue().fieldNames().forEachRemaining(verb ->
                            told.add(verb.toUpperCase() + " " + path.getKey())));
        }
        assertThat(told).isEqualTo(offered);
    }
}
