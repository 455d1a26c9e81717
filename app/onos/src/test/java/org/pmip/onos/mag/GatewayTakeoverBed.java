// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pmip.onos.Surroundings.HERE;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.onosproject.cluster.NodeId;
import org.onosproject.core.ApplicationId;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.mastership.MastershipServiceAdapter;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.onosproject.net.flow.instructions.Instructions.OutputInstruction;
import org.onosproject.net.packet.DefaultInboundPacket;
import org.onosproject.net.packet.DefaultPacketContext;
import org.onosproject.net.packet.OutboundPacket;
import org.onosproject.net.packet.PacketProcessor;
import org.onosproject.net.packet.PacketServiceAdapter;
import org.pmip.onos.Surroundings;
import org.pmip.onos.config.PmipConfig;
import org.pmip.onos.config.PmipConfigParser;
import org.pmip.onos.dataplane.RuleWriter;
import org.pmip.onos.lma.Machines;
import org.pmip.onos.lma.SharedStorage;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.onos.store.TunnelNumbers;
import org.pmip.onos.store.VisitedPrefixes;
import org.pmip.pipeconf.PuntClass;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.mag.link.Ipv6Frame;
import org.pmip.protocol.mag.link.RouterAdvertisement;
import org.pmip.protocol.mag.link.RouterSolicitation;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.DecodeException;
import org.pmip.protocol.wire.MobilityHeaderCodec;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;
import org.pmip.protocol.wire.packet.SignallingPacket;

/**
 * Nodes of a cluster, on one store, that are one after another the master of a gateway's switch. Time passes only where
 * the test lets it.
 */
abstract class GatewayTakeoverBed {

    private static final String CONFIG = "{'mag': {'gateways': ["
            + "{'name': 'mag1', 'device': 'device:mag1', 'address': '2001:db8:0:11::1'}],"
            + "'anchors': [{'name': 'lma', 'address': '2001:db8:0:1::1', 'grePolicy': 'none'}],"
            + "'mobileNodes': [{'id': 'mn1@example.net', 'interfaces': ['00:00:5e:00:53:41']}],"
            + "'homeLink': {'probeInterval': 0}, 'parameters': {'lifetime': 4000}},"
            + "'switches': {'device:mag1': {'interfaces': [{'port': 1, 'role': 'transport', 'mac': '00:00:5e:00:53:11',"
            + " 'addresses': ['2001:db8:0:11::1']}, {'port': 2, 'role': 'access', 'mac': '00:00:5e:00:52:13'}]}}}";
    private static final DeviceId DEVICE = DeviceId.deviceId("device:mag1");
    static final Ip6Address ANCHOR = Ip6Address.valueOf("2001:db8:0:1::1");
    private static final Ip6Address CARE_OF = Ip6Address.valueOf("2001:db8:0:11::1");
    static final MacAddress NODE = MacAddress.valueOf("00:00:5e:00:53:41");
    static final Ip6Address LINK_LOCAL = Ip6Address.valueOf("fe80::41");
    static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:100::/64");
    private static final int ACCESS_PORT = 2;
    static final long PATIENCE_SECONDS = 60;

    private final ApplicationId application = new DefaultApplicationId(1, "org.pmip");
    final SharedStorage storage = new SharedStorage();
    /** One for all, since ONOS's test stores take one thread at a time. */
    final ExecutorService workers = Executors.newSingleThreadExecutor();
    /** The one switch of all nodes, which takes everything. */
    final Surroundings onos = new Surroundings();
    final Machines machines = new Machines(storage);
    private final List<Member> members = new ArrayList<>();
    final List<RouterAdvertisement> advertisements = new CopyOnWriteArrayList<>();
    final Set<String> counted = ConcurrentHashMap.newKeySet();
    /** Who the switch obeys. */
    volatile NodeId commander = HERE;

    @AfterEach
    void stop() {
        members.forEach(Member::dies);
        workers.shutdownNow();
    }

    /** A node of the cluster. */
    final class Member {
        final BlockingQueue<BindingUpdate> requests = new LinkedBlockingQueue<>();
        private final List<PacketProcessor> processors = new CopyOnWriteArrayList<>();
        final MagManager.Services services = new MagManager.Services();
        final Gateways gateways;
        private volatile boolean master;
        /** Whether what this node asks is answered. */
        volatile boolean answered = true;
        volatile int asked;
        private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
        final Machines.Machine machine;

        Member() throws Exception {
            this(0);
        }

        /** One on a machine whose clock is wrong by so many milliseconds. */
        Member(long error) throws Exception {
            machine = workers.submit(() -> machines.machine(error, workers).joined()).get();
            services.clock = machine.clock();
            services.application = application;
            services.workers = workers;
            services.timer = timer;
            services.counter = counted::add;
            services.desk = new IdentityDesk();
            services.hosts = Optional.empty();
            services.writer = new RuleWriter(onos.flowRules, device -> Optional.empty(),
                    device -> commander, application);
            services.packets = new Packets();
            services.devices = onos.devices;
            services.masterships = new MastershipServiceAdapter() {
                @Override
                public boolean isLocalMaster(DeviceId device) {
                    return master;
                }
            };
            services.meters = onos.meters;
            services.tunnels = new TunnelNumbers(storage, application);
            services.lists = new ListStore(storage, application, (before, after) -> {
                services.index.changed(before, after);
                after.filter(list -> list.deadline().isPresent()).ifPresent(list ->
                        services.deadlines.at(list.key(), list.deadline().getAsLong()));
            });
            services.visitedPrefixes = new VisitedPrefixes(storage, application, services.places::taken,
                    services.places::free);
            services.sessionIds = new NumberBlocks(storage.getAtomicCounter("sessions"), 1, 1_000,
                    services.lists::usesSessionId);
            services.downlinkKeys = new NumberBlocks(storage.getAtomicCounter("keys"), 1, 1_000,
                    services.lists::usesDownlinkKey);
            PmipConfig config = PmipConfigParser.parse(new ObjectMapper().readTree(CONFIG.replace('\'', '"')));
            services.named = sighting -> { };
            services.complete();
            gateways = new Gateways(config, services);
            gateways.start(CompletableFuture.completedFuture(null), gateways.takeOver());
            members.add(this);
        }

        void takesOver() {
            master = true;
            gateways.switches().changed(DEVICE);
            Surroundings.until("the switch is compared", () -> gateways.switches().keeps(DEVICE));
        }

        /** Waits until this node has looked what is due at the time that it is now. */
        void looks() {
            long before = timer.getCompletedTaskCount();
            Surroundings.until("the timer runs", () -> timer.getCompletedTaskCount() > before + 1);
        }

        /** Takes over while the node comes, until that is told of its prefix. */
        void takesOverAndServes() throws InterruptedException {
            takesOver();
            solicit();
            accepted(request());
            Surroundings.until("the node is told of its prefix", () -> !advertisements.isEmpty());
        }

        void dies() {
            master = false;
            gateways.stop();
            machine.dies();
            services.timer.shutdownNow();
        }

        void hear(int port, PuntClass punted, byte[] frame) {
            DefaultPacketContext context = new DefaultPacketContext(0, new DefaultInboundPacket(
                    new ConnectPoint(DEVICE, PortNumber.portNumber(port)), null, ByteBuffer.wrap(frame),
                    Optional.of((long) punted.code())), null, false) {
                @Override
                public void send() {
                    throw new IllegalStateException("nothing is to be sent through the context");
                }
            };
            processors.forEach(processor -> processor.process(context));
        }

        void solicit() {
            hear(ACCESS_PORT, PuntClass.ROUTER_SOLICITATION, RouterSolicitation.frame(NODE, LINK_LOCAL).octets());
        }

        /** The next request that this node has the switch send. */
        BindingUpdate request() throws InterruptedException {
            BindingUpdate request = requests.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(request).as("a request").isNotNull();
            return request;
        }

        /** The anchor accepts a request. */
        void accepted(BindingUpdate update) {
            List<MobilityOption> options = new ArrayList<>(List.of(
                    update.first(MobileNodeIdentifier.class).orElseThrow(), HomeNetworkPrefix.of(HOME)));
            update.first(HandoffIndicator.class).ifPresent(options::add);
            update.first(AccessTechnologyType.class).ifPresent(options::add);
            update.first(Timestamp.class).ifPresent(options::add);
            update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(options::add);
            update.first(LinkLocalAddress.class).ifPresent(options::add);
            BindingAcknowledgement.Builder answer = BindingAcknowledgement.builder().status(0)
                    .flags(BindingAcknowledgement.P).sequence(update.sequence()).lifetime(update.lifetime());
            options.forEach(answer::option);
            hear(1, PuntClass.MOBILITY_SIGNALLING, SignallingPacket.encode(MacAddress.ZERO, MacAddress.ZERO, ANCHOR,
                    CARE_OF, MobilityHeaderCodec.encode(answer.build(), ANCHOR, CARE_OF)));
        }

        /** What the switch sends, as far as this node still lives. */
        private final class Packets extends PacketServiceAdapter {
            @Override
            public void addProcessor(PacketProcessor processor, int priority) {
                processors.add(processor);
            }

            @Override
            public void removeProcessor(PacketProcessor processor) {
                processors.remove(processor);
            }

            @Override
            public void emit(OutboundPacket packet) {
                byte[] frame = packet.data().array();
                PortNumber port = ((OutputInstruction) packet.treatment().allInstructions().get(0)).port();
                try {
                    if (!master) {
                        return;
                    }
                    if (!port.equals(PortNumber.portNumber(ACCESS_PORT))) {
                        requests.add((BindingUpdate) MobilityHeaderCodec.decode(SignallingPacket.decode(frame)
                                .mobilityHeader(), CARE_OF, ANCHOR));
                    } else if ((frame[54] & 0xff) == RouterAdvertisement.TYPE) {
                        advertisements.add(RouterAdvertisement.decode(Ipv6Frame.decode(frame)));
                    } else {
                        asked++;
                        if (answered) {
                            // It is asked whether it is there; whatever it says shows that it is.
                            workers.execute(Member.this::solicit);
                        }
                    }
                } catch (DecodeException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    long entries(String name) {
        return onos.entries(name);
    }

    /**
     * The next change of the list, that the node is to be asked, is stored when its time for an answer is long over.
     *
     * @param meanwhile done before it is stored
     */
    void storedLate(Runnable meanwhile) {
        storage.disturb("pmip-update-lists", () -> {
            storage.disturb("", () -> { });
            machines.leap(60_000);
            meanwhile.run();
        });
    }

    boolean isActive(Member member) {
        return member.services.lists.find("mn1@example.net").flatMap(list ->
                list.first(entry -> entry.state() == State.ACTIVE && entry.forwards())).isPresent();
    }

    void pass(long seconds) throws Exception {
        machines.leap(TimeUnit.SECONDS.toMillis(seconds));
        workers.submit(machines::tick).get();
    }

    /** The node sends, and the switch does not let it in. */
    void refused(Member member) throws Exception {
        byte[] data = Ipv6Frame.udp(NODE, MacAddress.valueOf("00:00:5e:00:52:13"), Ip6Address.valueOf(
                "2001:db8:100::41"), 1, ANCHOR, 2, new byte[8]).octets();
        member.hear(ACCESS_PORT, PuntClass.STATION, data);
        pass(2);
        member.hear(ACCESS_PORT, PuntClass.STATION, data);
    }
}
