// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.mag;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.core.DefaultApplicationId;
import org.onosproject.net.DeviceId;
import org.pmip.onos.NamedMaps;
import org.pmip.onos.dataplane.AccessEntities;
import org.pmip.onos.dataplane.AccessPlane.Placed;
import org.pmip.onos.link.LinkEffects;
import org.pmip.onos.link.NodeSession;
import org.pmip.onos.lma.KeyedSequencer;
import org.pmip.onos.store.ListStore;
import org.pmip.onos.store.NumberBlocks;
import org.pmip.protocol.lma.Moment;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.Effect;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagEngine;
import org.pmip.protocol.mag.MagEvent;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.OutgoingUpdate;
import org.pmip.protocol.wire.BindingAcknowledgement;
import org.pmip.protocol.wire.BindingUpdate;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.GreKey;
import org.pmip.protocol.wire.option.HandoffIndicator;
import org.pmip.protocol.wire.option.HomeNetworkPrefix;
import org.pmip.protocol.wire.option.LinkLocalAddress;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;
import org.pmip.protocol.wire.option.MobileNodeLinkLayerIdentifier;
import org.pmip.protocol.wire.option.MobilityOption;
import org.pmip.protocol.wire.option.Timestamp;

/** A processor over test stores, with switches and links that say what is done with them. */
abstract class MagProcessorBed {

    static final MobileNodeIdentifier ANNA = MobileNodeIdentifier.ofNai("anna@example.net");
    static final Ip6Address LMA = Ip6Address.valueOf("2001:db8:0:1::1");
    static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:100::/64");
    static final byte[] MAC = {2, 0, 0, 0, 0, 1};

    final List<String> seen = new ArrayList<>();
    final List<String> changes = new ArrayList<>();
    final List<OutgoingUpdate> sent = new ArrayList<>();
    final List<CompletableFuture<Void>> writes = new ArrayList<>();
    final CompletableFuture<Void> compared = new CompletableFuture<>();
    final ListStore store = new ListStore(new NamedMaps(), new DefaultApplicationId(1, "org.pmip"),
            (before, after) -> { });
    boolean knowsGre = true;
    final MagStatistics statistics = new MagStatistics();
    long now = 1_000_000;
    final Turnstile turnstile = new Turnstile(() -> now, name -> { },
            MagParameters.DEFAULTS.withContextCoversDomain(true));
    final MagProcessor processor = processor(parts());

    /** A processor by the terms of the only configuration. */
    MagProcessor processor(MagProcessor.Parts parts) {
        MagProcessor made = new MagProcessor(parts);
        made.use(terms(""));
        return made;
    }

    /** Terms of a configuration; what is done by it begins with a word. */
    MagTerms terms(String word) {
        Switches switches = new Switches(word);
        return new MagTerms(new MagEngine(policy(), MagParameters.DEFAULTS.withContextCoversDomain(true)),
                switches, switches, new Links(word));
    }

    MagProcessor.Parts parts() {
        NamedMaps storage = new NamedMaps();
        MagProcessor.Parts parts = new MagProcessor.Parts();
        parts.store = store;
        parts.sessionIds = new NumberBlocks(storage.getAtomicCounter("sessions"), 1, 1_000, store::usesSessionId);
        parts.downlinkKeys = new NumberBlocks(storage.getAtomicCounter("keys"), 101, 1_000, store::usesDownlinkKey);
        parts.sequencer = new KeyedSequencer(Runnable::run, 4);
        parts.clock = () -> new Moment(now, Instant.ofEpochMilli(now));
        parts.turnstile = turnstile;
        parts.counter = statistics::count;
        parts.statistics = statistics;
        return parts;
    }

    static MagPolicy policy() {
        return new MagPolicy(Map.of("mag1", gateway("mag1", 1), "mag2", gateway("mag2", 2)),
                Map.of("lma", Anchor.overIpv6("lma", LMA)), Map.of("anna@example.net", MagProfile.of("lma"),
                        "bert@example.net", MagProfile.of("lma")),
                MagProfile.withoutService(false), GreWish.KEYS);
    }

    static Gateway gateway(String name, int net) {
        return new Gateway(name, Ip6Address.valueOf("2001:db8:0:1" + net + "::1"), Optional.empty(),
                Ip6Address.valueOf("fe80::1"));
    }

    final class Switches implements MagProcessor.Switches, MagTerms.Messages {
        private final String word;

        Switches(String word) {
            this.word = word;
        }

        @Override
        public Optional<Placed> placed(MobileNodeIdentifier node, BindingUpdateListEntry entry) {
            return Optional.of(new Placed(entry, DeviceId.deviceId("device:" + entry.attachment().gateway()),
                    new AccessEntities.Attached(2, 0, MacAddress.valueOf(MAC), MacAddress.valueOf(MAC), 1, false)));
        }

        @Override
        public CompletableFuture<Void> change(List<Placed> removed, List<Placed> installed) {
            changes.add(removed + " " + installed);
            seen.add(word + "change -" + removed.size() + " +" + installed.size());
            CompletableFuture<Void> write = new CompletableFuture<>();
            writes.add(write);
            return write;
        }

        @Override
        public CompletableFuture<Void> compare(DeviceId device) {
            seen.add(word + "compare " + device);
            return compared;
        }

        @Override
        public CompletableFuture<Void> compareAll() {
            seen.add(word + "compare all");
            return compared;
        }

        @Override
        public void send(Effect effect) {
            seen.add(word + "send from " + effect.entry().attachment().gateway());
            sent.add(effect.message().orElseThrow());
        }

        @Override
        public void synchroniseClock() {
            seen.add("clock");
        }
    }

    final class Links implements LinkEffects {
        private final String word;

        Links(String word) {
            this.word = word;
        }

        @Override
        public void advertise(NodeSession session) {
            seen.add(word + "advertise at " + session.entry().attachment().gateway());
        }

        @Override
        public void withdraw(NodeSession session, List<Ip6Prefix> prefixes, boolean staysRouter) {
            seen.add("withdraw");
        }

        @Override
        public void removed(NodeSession session) {
            seen.add(word + "removed at " + session.entry().attachment().gateway());
        }

        @Override
        public void checkPresence(NodeSession session) {
            seen.add("check");
        }

        @Override
        public void tearDown(NodeSession session) {
            seen.add("tear down");
        }

        @Override
        public void deny(NodeSession session, String why) {
            seen.add("deny");
        }
    }

    static Attachment at(String gateway) {
        return Attachment.of(gateway, "2", MAC, AccessTechnologyType.ETHERNET);
    }

    void attach(String gateway) {
        processor.submit(ANNA, MagEvent.attached(at(gateway), HandoffIndicator.UNKNOWN, Optional.empty()));
    }

    /** The anchor accepts the last request, as section 5.3 has it. */
    void accept() {
        accept(processor);
    }

    void accept(MagProcessor by) {
        OutgoingUpdate last = sent.get(sent.size() - 1);
        BindingUpdate update = last.update();
        List<MobilityOption> options = new ArrayList<>(List.of(ANNA, HomeNetworkPrefix.of(HOME)));
        update.first(HandoffIndicator.class).ifPresent(options::add);
        update.first(AccessTechnologyType.class).ifPresent(options::add);
        update.first(Timestamp.class).ifPresent(options::add);
        update.first(MobileNodeLinkLayerIdentifier.class).ifPresent(options::add);
        update.first(LinkLocalAddress.class).ifPresent(asked -> options.add(
                LinkLocalAddress.of(Ip6Address.valueOf("fe80::1"))));
        update.first(GreKey.class).filter(asked -> knowsGre).ifPresent(asked -> options.add(GreKey.of(201)));
        BindingAcknowledgement.Builder answer = BindingAcknowledgement.builder().status(0)
                .flags(BindingAcknowledgement.P).sequence(update.sequence()).lifetime(update.lifetime());
        options.forEach(answer::option);
        IpAddress gateway = last.source();
        by.submit(ANNA, MagEvent.acknowledged(answer.build(), last.destination(), gateway));
    }

    BindingUpdateList list() {
        return store.read(ANNA).list();
    }

    void written(int index) {
        writes.get(index).complete(null);
    }
}
