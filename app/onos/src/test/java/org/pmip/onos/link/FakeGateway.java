// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.link;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.MacAddress;
import org.pmip.protocol.lma.Ipv4Home;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.Attachment;
import org.pmip.protocol.mag.Binding;
import org.pmip.protocol.mag.BindingUpdateListEntry;
import org.pmip.protocol.mag.BindingUpdateListEntry.State;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** A gateway without signalling: the test says what becomes of sessions. */
final class FakeGateway implements Attachments {

    static final Ip6Prefix HOME = Ip6Prefix.valueOf("2001:db8:100:7::/64");
    static final Ipv4Home HOME4 = new Ipv4Home(Ip4Address.valueOf("10.1.0.9"), 16, Ip4Address.valueOf("10.1.0.1"));
    static final int LIFETIME_SECONDS = 400;

    final Map<MacAddress, String> profiles = new LinkedHashMap<>();
    final List<Attachment> attached = new ArrayList<>();
    final List<Attachment> detached = new ArrayList<>();
    final List<byte[]> clientIds = new ArrayList<>();
    final List<NodeSession> denied = new ArrayList<>();
    final List<Boolean> presences = new ArrayList<>();
    /** What was told of attachments, in order. */
    final List<String> told = new ArrayList<>();
    boolean compared = true;
    final List<NodeSession> sessions = new ArrayList<>();

    @Override
    public Optional<MobileNodeIdentifier> identify(AccessLink link, MacAddress node, Optional<byte[]> clientId) {
        clientId.ifPresent(clientIds::add);
        return Optional.ofNullable(profiles.get(node)).map(MobileNodeIdentifier::ofNai);
    }

    @Override
    public void attached(MobileNodeIdentifier node, Attachment attachment, int hint) {
        attached.add(attachment);
        told.add("came to " + attachment.link());
    }

    @Override
    public void cameAgain(NodeSession session, Attachment attachment) {
        told.add("came again to " + attachment.link());
    }

    @Override
    public void denied(NodeSession session) {
        denied.add(session);
    }

    @Override
    public void detached(Attachment attachment) {
        detached.add(attachment);
        told.add("left " + attachment.link());
    }

    @Override
    public void presence(NodeSession session, boolean present) {
        presences.add(present);
    }

    @Override
    public Optional<NodeSession> at(Attachment place) {
        return sessions.stream().filter(one -> one.entry().attachment().sameLink(place)
                && one.entry().attachment().sameInterface(place)).findFirst();
    }

    @Override
    public boolean compared(String gateway) {
        return compared;
    }

    @Override
    public void entriesAreMissing(NodeSession session) {
        told.add("entries are missing at " + session.entry().attachment().link());
    }

    @Override
    public Collection<NodeSession> active(String gateway) {
        return sessions.stream().filter(one -> one.entry().attachment().gateway().equals(gateway)
                && one.binding().isPresent()).collect(Collectors.toList());
    }

    /** Puts a session in the place of what the node had. */
    NodeSession session(Attachment at, State state, Binding.Builder binding, long now) {
        BindingUpdateListEntry entry = BindingUpdateListEntry.builder().sessionId(7).attachment(at)
                .tunnel(Anchor.overIpv6("lma", Ip6Address.valueOf("2001:db8:0:1::1")),
                        Ip6Address.valueOf("2001:db8:0:11::1"))
                .state(state).binding(Optional.of(binding.lifetime(LIFETIME_SECONDS / 4, now).build()))
                .forwards(state == State.ACTIVE).build();
        return session(entry);
    }

    NodeSession session(BindingUpdateListEntry entry) {
        NodeSession session = new NodeSession(MobileNodeIdentifier.ofNai("mn1@example.net"), entry);
        sessions.removeIf(one -> one.sessionId() == session.sessionId());
        sessions.add(session);
        return session;
    }

    static Binding.Builder ipv6() {
        return Binding.builder().prefixes(List.of(HOME));
    }

    static Binding.Builder ipv4() {
        return Binding.builder().ipv4(Optional.of(HOME4), true);
    }
}
