// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.roam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.flow.FlowEntry;
import org.onosproject.net.flow.FlowRuleService;
import org.pmip.onos.lma.LmaService;
import org.pmip.onos.mag.MagService;
import org.pmip.pipeconf.entity.PipelineEntities;
import org.pmip.pipeconf.entity.PipelineEntity;
import org.pmip.protocol.lma.BindingCacheEntry;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.standalone.Bundles;

/**
 * An anchor, two gateways and hosts in their cells, for tests that change what the configuration says. One application
 * serves all tests of a class, so each has hosts of its own and begins with the configuration as it was.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LiveGatewaysBed {
    private static final int HOSTS = 40;
    private static final long FIRST_MAC = 0x00005e005340L;
    private static final long FIRST_MARKER = 0x020000000000L;

    RoamBed bed;
    LmaService lma;
    MagService mag;
    private final List<Guest> guests = new ArrayList<>();
    private int guestNumber;
    private int changes;
    private boolean changed;
    private JsonNode anchor;
    private int anchorChanges;

    /** A host of a test, and its policy profile. */
    final class Guest {
        final ScriptedNode host;
        final String id;
        private final MacAddress mac;
        private int number;
        private int cell;

        private Guest(int number) {
            id = "mn" + number + "@example.net";
            mac = MacAddress.valueOf(FIRST_MAC + number);
            host = new ScriptedNode(mac);
            this.number = number * 1_000;
        }

        /** Its profile in a configuration. */
        ObjectNode profile(ObjectNode pmip) {
            return (ObjectNode) StreamSupport.stream(pmip.at("/mag/mobileNodes").spliterator(), false)
                .filter(one -> one.path("id").asText().equals(id)).findFirst().orElseThrow();
        }

        Guest goesTo(int next) {
            cell = next;
            host.goTo(bed.cell(next));
            return this;
        }

        /** Says something until it is registered at the gateway of its cell and has an address if it is to. */
        Guest registered() {
            RoamTest.until(id + " is registered at mag" + cell, host::solicit, () -> isAt("mag" + cell)
                && (binding().prefixes().isEmpty() || host.addressValid()
                    && binding().prefixes().stream().anyMatch(prefix -> prefix.contains(host.address()))));
            return this;
        }

        Optional<BindingUpdateListEntry> session() {
            return mag.list(id).flatMap(list -> list.first(entry -> entry.state() == State.ACTIVE));
        }

        BindingUpdateListEntry entry() {
            return session().orElseThrow(() -> new AssertionError(id + " has no session"));
        }

        Binding binding() {
            return entry().binding().orElseThrow();
        }

        boolean isAt(String gateway) {
            return session().filter(entry -> entry.attachment().gateway().equals(gateway)).isPresent();
        }

        /** The anchor's sessions of the node. */
        List<BindingCacheEntry> atAnchor() {
            return lma.bindings(id).map(record -> record.entries()).orElse(List.of());
        }

        /** Waits for a packet each way. */
        void carries() {
            carries(host.address(), RoamBed.CORRESPONDENT);
        }

        /** The same with its IPv4 home address, for which it asks by DHCP. */
        void carriesIpv4() {
            leases();
            RoamTest.until("the router's address", host::askForRouter4, host::knowsRouter4);
            carries(host.address4().orElseThrow(), RoamBed.CORRESPONDENT_4);
        }

        void leases() {
            RoamTest.until("an offer", host::discover, host::offered);
            RoamTest.until("a lease", host::request, host::leased);
        }

        private void carries(IpAddress own, IpAddress correspondent) {
            int one = ++number;
            RoamTest.until("a packet each way of " + id, () -> {
                host.send(one, correspondent);
                bed.send(one, own);
            }, () -> bed.heard(own, one) && host.got(one));
        }

        void leaves() {
            mag.detach(port(cell), 0, mac);
        }

        /** Leaves, is forgotten by gateways and anchor, and comes back. */
        void comesAnew() {
            leaves();
            RoamTest.until(id + " is forgotten", () -> mag.list(id).isEmpty() && atAnchor().isEmpty());
            registered();
        }

        private void end() {
            host.switchOff();
            if (cell != 0 && mag.list(id).isPresent()) {
                leaves();
            }
        }
    }

    static ConnectPoint port(int gateway) {
        return ConnectPoint.deviceConnectPoint("device:mag" + gateway + "/2");
    }

    @BeforeAll
    void start() throws Exception {
        Bundles.assumePackaged();
        bed = new RoamBed(configuration(), LiveGatewaysBed::hasty);
        lma = bed.host().service(LmaService.class);
        mag = bed.host().service(MagService.class);
        RoamTest.until("anchor and gateways are ready", () -> lma.ready() && mag.ready());
    }

    @BeforeEach
    void begin() {
        if (changed) {
            change(pmip -> { });
            changed = false;
        }
    }

    @AfterEach
    void end() {
        guests.forEach(Guest::end);
        guests.clear();
    }

    @AfterAll
    void stop() throws Exception {
        if (bed != null) {
            bed.close();
        }
    }

    /** Who has left is soon forgotten by the anchor. */
    private static void hasty(ObjectNode pmip) {
        ((ObjectNode) pmip.at("/lma/parameters")).put("minDelayBeforeBceDelete", 200);
    }

    private static ObjectNode configuration() {
        ObjectNode root = RoamBed.gateways();
        ObjectNode mag = (ObjectNode) root.get("mag");
        for (int number = 1; number <= 2; number++) {
            ((ObjectNode) mag.at("/gateways/" + (number - 1))).putObject("plainAccess")
                .put("prefix", "2001:db8:90" + number + "::/56");
        }
        ArrayNode anchors = mag.putArray("anchors");
        anchors.addObject().put("name", "lma").put("address", "2001:db8:0:1::1");
        anchors.addObject().put("name", "lma4").put("ipv4Address", "198.51.100.1");
        ArrayNode nodes = mag.putArray("mobileNodes");
        for (int number = 1; number <= HOSTS; number++) {
            nodes.addObject().put("id", "mn" + number + "@example.net").put("anchor", "lma").putArray("interfaces")
                .add(MacAddress.valueOf(FIRST_MAC + number).toString());
        }
        mag.putObject("parameters").put("contextRetention", 100);
        return root;
    }

    /** A host of which nobody has heard yet. */
    Guest guest() {
        Guest guest = new Guest(++guestNumber);
        guests.add(guest);
        return guest;
    }

    /** Changes what the file said at first and waits until anchor and gateways work by that. */
    void change(Consumer<ObjectNode> how) {
        changed = true;
        MacAddress marker = MacAddress.valueOf(FIRST_MARKER + ++changes);
        bed.change(configuration(), pmip -> {
            hasty(pmip);
            how.accept(pmip);
            if (!pmip.get("lma").equals(anchor)) {
                anchor = pmip.get("lma").deepCopy();
                anchorChanges = changes;
            }
            ((ArrayNode) pmip.at("/lma/mags")).addObject().put("name", "marker" + anchorChanges)
                .put("address", "2001:db8:0:99::1");
            ((ArrayNode) pmip.at("/mag/mobileNodes")).addObject().put("id", "marker" + changes)
                .put("mobilityService", false).putArray("interfaces").add(marker.toString());
        });
        RoamTest.until("the new configuration is at work", () -> isKnown(marker) && mag.ready()
            && StreamSupport.stream(lma.gateways().spliterator(), false)
                .anyMatch(one -> one.path("name").asText().equals("marker" + anchorChanges)) && lma.ready());
    }

    private boolean isKnown(MacAddress marker) {
        try {
            mag.attach(port(2), 0, marker, 4, Optional.empty());
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }

    /** The rules of a switch, in whatever state: they are ADDED only when the switch has been read. */
    Stream<FlowEntry> rules(String device) {
        return StreamSupport.stream(bed.host().service(FlowRuleService.class)
            .getFlowEntries(DeviceId.deviceId(device)).spliterator(), false);
    }

    <T extends PipelineEntity> Stream<T> entities(String device, Class<T> type) {
        return rules(device).map(PipelineEntities::fromFlowRule).filter(type::isInstance).map(type::cast);
    }
}
