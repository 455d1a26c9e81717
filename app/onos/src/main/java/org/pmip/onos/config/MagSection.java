// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.Ip6Prefix;
import org.onlab.packet.IpAddress;
import org.onlab.packet.MacAddress;
import org.onosproject.net.ConnectPoint;
import org.onosproject.net.DeviceId;
import org.onosproject.net.PortNumber;
import org.pmip.onos.config.MagConfig.LinkPart;
import org.pmip.onos.config.MagConfig.Node;
import org.pmip.onos.config.PmipConfig.SwitchConfig;
import org.pmip.onos.link.AccessLink;
import org.pmip.onos.link.NodeSettings;
import org.pmip.protocol.mag.Anchor;
import org.pmip.protocol.mag.BindingUpdateList;
import org.pmip.protocol.mag.Gateway;
import org.pmip.protocol.mag.GreWish;
import org.pmip.protocol.mag.MagParameters;
import org.pmip.protocol.mag.MagPolicy;
import org.pmip.protocol.mag.MagProfile;
import org.pmip.protocol.mag.link.HomeLink;
import org.pmip.protocol.wire.option.AccessTechnologyType;
import org.pmip.protocol.wire.option.MobileNodeIdentifier;

/** Reads the section {@code mag} of the configuration. Not thread-safe. */
final class MagSection {

    private static final String GRE_WORDS = "a wish for GRE: none, mode-only, keys or keys-only";
    private static final String MAC_EXAMPLE = "a MAC address such as 00:00:5e:00:53:41";
    /** RFC 6543: the link-local address and MAC that RFC 5213 reserves for all gateways of a domain. */
    private static final Ip6Address FIXED = Ip6Address.valueOf("fe80::200:5eff:fe00:5213");
    private static final long DEFAULT_ROUTER_LIFETIME = 90;
    private static final long GREATEST_ROUTER_LIFETIME = 9_000;
    private static final long DEFAULT_LEASE = 3_600;
    private static final long DEFAULT_PROBE = 30_000;
    private static final long LEAST_MTU = 1_280;
    private static final long DEFAULT_MTU = 1_500;
    private static final long GREATEST_MTU = 9_216;
    private static final long DAY_MILLIS = 86_400_000;
    private static final long DAY = 86_400;
    private static final int LAST_TECHNOLOGY = 255;
    private static final int LEAST_LIFETIME = 4;
    private static final int GREATEST_LIFETIME = 262_140;
    /** With the link's it must fit into what a relay agent tells a DHCP server of a client's place. */
    private static final int GREATEST_GATEWAY_NAME = 64;

    private final JsonSection section;
    private final MagParameters parameterDefaults;
    private final Map<MacAddress, MobileNodeIdentifier> interfaces = new LinkedHashMap<>();
    private final Map<String, MagProfile> profiles = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, MobileNodeIdentifier> stableIds = new LinkedHashMap<>();
    private Optional<JsonSection> home = Optional.empty();
    private final Set<String> anchorsAgainstLocalRouting = new HashSet<>();
    private final Map<String, PlainAccess> plainAccess = new LinkedHashMap<>();
    private final List<Ip6Prefix> homeNetworks = new ArrayList<>();
    private boolean localRouting;
    private boolean plain;
    private Node others;

    /** Makes it; protocol variables that the section does not name have their values from the defaults. */
    MagSection(JsonSection section, MagParameters defaults) {
        this.section = section;
        this.parameterDefaults = defaults;
    }

    Optional<MagConfig> read(Map<DeviceId, SwitchConfig> switches) {
        home = section.object("homeLink", false);
        LinkPart link = link();
        Map<String, DeviceId> devices = new LinkedHashMap<>();
        List<Gateway> gateways = section.objects("gateways", one -> gateway(one, switches, devices, link));
        if (gateways.isEmpty()) {
            section.problem("gateways", "no gateway to work for; name at least one");
        }
        sameRouter(devices, switches);
        home.ifPresent(part -> {
            DhcpServers.checkWays(part, "dhcpv4Servers", link.dhcpv4Servers(), devices, switches);
            DhcpServers.checkWays(part, "dhcpv6Servers", link.dhcpv6Servers(), devices, switches);
        });
        Map<String, Anchor> anchors = new LinkedHashMap<>();
        section.objects("anchors", this::anchor).forEach(anchor -> {
            if (anchors.put(anchor.name(), anchor) != null) {
                section.problem("anchors", anchor.name() + " is there twice");
            }
        });
        if (anchors.isEmpty()) {
            section.problem("anchors", "nobody to register mobile nodes at; name at least one");
        }
        GreWish gre = section.parsed("grePolicy", false, GRE_WORDS, MagSection::wish).orElse(GreWish.KEYS);
        localRouting = section.flag("enableMagLocalRouting")
                .orElse(parameterDefaults.enableMagLocalRouting());
        HomeLinkDefaults defaults = new HomeLinkDefaults(home, link.mtu());
        plain = section.flag("plainAccess").orElse(false);
        boolean strangers = section.parsed("unknownInterfaces", false, "refuse or plain", word -> {
            if (!word.equals("refuse") && !word.equals("plain")) {
                throw new IllegalArgumentException("there is no third way");
            }
            return word.equals("plain");
        }).orElse(false);
        others = new Node(localRouting, strangers, defaults.settings(home));
        MagProfile unlisted = section.object("otherNodes", false).map(one -> {
            MagProfile profile = profile(one, anchors, true);
            one.nothingElse();
            return profile;
        }).orElse(MagProfile.withoutService(false));
        section.objects("mobileNodes", one -> node(one, anchors, defaults));
        stableIds.keySet().stream().filter(profiles::containsKey).forEach(name -> section.problem("mobileNodes",
                name + " is a temporary identifier and a stable one"));
        checkPlainAccess();
        MagParameters parameters = MagParametersSection.read(section, parameterDefaults)
                .withEnableMagLocalRouting(localRouting);
        home.ifPresent(JsonSection::nothingElse);
        KeyRange downlinkKeys = KeyRange.read(section, "downlinkKeys");
        section.nothingElse();
        Map<String, Gateway> byName = new LinkedHashMap<>();
        gateways.forEach(one -> byName.put(one.name(), one));
        return Optional.of(new MagConfig(devices, gateways, new MagPolicy(byName, anchors, profiles,
                unlisted, gre), parameters, interfaces, stableIds, nodes, others, link,
                anchorsAgainstLocalRouting, plainAccess, downlinkKeys));
    }

    /** Section 6.14: an address of a node without the service is not from a home network. */
    private void checkPlainAccess() {
        boolean wanted = others.plainAccess() || nodes.values().stream().anyMatch(Node::plainAccess);
        if (wanted && plainAccess.isEmpty()) {
            section.problem("plainAccess", "no gateway has prefixes for it; name some under gateways/plainAccess");
        }
        List<Ip6Prefix> all = new ArrayList<>(homeNetworks);
        plainAccess.forEach((gateway, access) -> {
            Ip6Prefix own = access.pool().prefix();
            all.stream().filter(other -> other.contains(own) || own.contains(other)).forEach(other ->
                    section.problem("gateways", "plainAccess of " + gateway + ", " + own + ", overlaps " + other
                            + (homeNetworks.contains(other) ? ", a mobile node's home network"
                                    : " of another gateway")));
            all.add(own);
        });
    }

    private static GreWish wish(String word) {
        if (!word.equals(word.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(word);
        }
        return GreWish.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private LinkPart link() {
        if (home.isEmpty()) {
            return new LinkPart(FIXED, AccessTechnologyType.ETHERNET, List.of(), DEFAULT_PROBE,
                    (int) DEFAULT_MTU, List.of(), false);
        }
        JsonSection part = home.get();
        Ip6Address linkLocal = part.parsed("linkLocal", false, "a link-local IPv6 address", text -> {
            Ip6Address address = Ip6Address.valueOf(text);
            if (!address.isLinkLocal()) {
                throw new IllegalArgumentException("not in fe80::/10");
            }
            return address;
        }).orElse(FIXED);
        int technology = part.number("accessTechnology", false, 1, LAST_TECHNOLOGY)
                .orElse((long) AccessTechnologyType.ETHERNET).intValue();
        List<Ip6Address> servers = DhcpServers.read(part, "dhcpv6Servers", "the IPv6 address of a server",
                Ip6Address::valueOf);
        long probe = part.number("probeInterval", false, 0, DAY_MILLIS).orElse(DEFAULT_PROBE);
        List<Ip4Address> servers4 = DhcpServers.read(part, "dhcpv4Servers", "the IPv4 address of a server",
                Ip4Address::valueOf);
        boolean atGateway = part.parsed("dhcpv4RelayAddress", false, "default-router or gateway", word -> {
            if (!word.equals("default-router") && !word.equals("gateway")) {
                throw new IllegalArgumentException("servers answer to one of them");
            }
            return word.equals("gateway");
        }).orElse(false);
        if (servers4.isEmpty() && part.has("dhcpv4RelayAddress")) {
            part.problem("dhcpv4RelayAddress", "means nothing without dhcpv4Servers");
        }
        return new LinkPart(linkLocal, technology, servers, probe,
                part.number("mtu", false, LEAST_MTU, GREATEST_MTU).orElse(DEFAULT_MTU).intValue(), servers4,
                atGateway);
    }

    private Optional<Gateway> gateway(JsonSection one, Map<DeviceId, SwitchConfig> switches,
                                      Map<String, DeviceId> devices, LinkPart link) {
        Optional<String> name = one.text("name", true);
        Optional<DeviceId> device = one.parsed("device", true, "a device identifier", DeviceId::deviceId);
        Optional<Ip6Address> address = one.parsed("address", true, "an IPv6 address", Ip6Address::valueOf);
        Optional<Ip4Address> ipv4 = one.parsed("ipv4Address", false, "an IPv4 address", Ip4Address::valueOf);
        if (device.isPresent()) {
            mustBeThere(one, device.get(), switches, address, ipv4);
        }
        name.map(own -> own.getBytes(StandardCharsets.UTF_8).length).filter(octets -> octets > GREATEST_GATEWAY_NAME)
                .ifPresent(octets -> one.problem("name", "has " + octets + " octets in UTF-8; use at most "
                        + GREATEST_GATEWAY_NAME));
        Optional<PlainAccess> access = PlainAccess.read(one, name.orElse(""));
        if (name.isEmpty() || device.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        if (link.relaysDhcpv4() && !one.has("ipv4Address")) {
            one.problem("ipv4Address", "missing; homeLink/dhcpv4Servers are asked from there");
        }
        access.ifPresent(prefixes -> plainAccess.put(name.get(), prefixes));
        if (devices.containsValue(device.get())) {
            one.problem("device", device.get() + " is another gateway's; one switch is one gateway");
        }
        if (devices.put(name.get(), device.get()) != null) {
            one.problem("name", name.get() + " is there twice");
        }
        return Optional.of(new Gateway(name.get(), address.get(), ipv4, link.linkLocal())
                .withKeysOn(linksWithKeys(device.get(), Optional.ofNullable(switches.get(device.get())))));
    }

    /** The tunnels' packets without keys are those of one operator, the first access interface's. */
    private static Set<String> linksWithKeys(DeviceId device, Optional<SwitchConfig> own) {
        Set<String> links = new HashSet<>();
        own.ifPresent(one -> one.interfaces().stream().filter(port -> port.role() == Interface.Role.ACCESS
                && port.domain() != one.accessDomain()).forEach(port -> port.vlans().forEach(vlan -> links.add(
                        new AccessLink("", new ConnectPoint(device, PortNumber.portNumber(port.port())), vlan)
                                .name()))));
        return links;
    }

    private static void mustBeThere(JsonSection one, DeviceId device, Map<DeviceId, SwitchConfig> switches,
                                    Optional<Ip6Address> address, Optional<Ip4Address> ipv4) {
        SwitchConfig own = switches.get(device);
        if (own == null) {
            one.problem("device", device + " has no entry under apps/org.pmip/pmip/switches");
            return;
        }
        if (own.interfaces().stream().noneMatch(port -> port.role() == Interface.Role.ACCESS)) {
            one.problem("device", device + " has no interface of the role access");
        }
        address.filter(care -> !isTransport(own, care)).ifPresent(care -> one.problem("address",
                care + " is no address of a transport interface of " + device));
        ipv4.filter(care -> !isTransport(own, care)).ifPresent(care -> one.problem("ipv4Address",
                care + " is no address of a transport interface of " + device));
    }

    private static boolean isTransport(SwitchConfig own, IpAddress address) {
        return own.interfaces().stream().anyMatch(port -> port.role() == Interface.Role.TRANSPORT
                && port.addresses().contains(address));
    }

    /** Section 6.9.3: a node must not notice that its router is another one. */
    private void sameRouter(Map<String, DeviceId> devices, Map<DeviceId, SwitchConfig> switches) {
        Set<MacAddress> routers = new HashSet<>();
        devices.values().stream().map(switches::get).filter(own -> own != null)
                .flatMap(own -> own.interfaces().stream())
                .filter(port -> port.role() == Interface.Role.ACCESS).forEach(port -> routers.add(port.mac()));
        if (routers.size() > 1) {
            section.problem("gateways", "their access interfaces have different MAC addresses, " + routers
                    + "; mobile nodes must find the same router everywhere");
        }
    }

    private Optional<Anchor> anchor(JsonSection one) {
        Optional<String> name = one.text("name", true);
        boolean overIpv4 = one.has("ipv4Address");
        Optional<Ip6Address> address = one.parsed("address", !overIpv4, "an IPv6 address", Ip6Address::valueOf);
        Optional<Ip4Address> ipv4 = one.parsed("ipv4Address", false, "an IPv4 address", Ip4Address::valueOf);
        if (overIpv4 && one.has("address")) {
            one.problem("ipv4Address", "an anchor is reached over IPv6 or over IPv4; name it twice for both");
        }
        boolean forceUdp = one.flag("forceUdp").orElse(false);
        boolean nat = one.flag("translator").orElse(false);
        if (!overIpv4 && (forceUdp || nat)) {
            one.problem(forceUdp ? "forceUdp" : "translator", "means nothing without ipv4Address");
        }
        Optional<GreWish> gre = one.parsed("grePolicy", false, GRE_WORDS, MagSection::wish);
        if (!one.flag("enableMagLocalRouting").orElse(true)) {
            name.ifPresent(anchorsAgainstLocalRouting::add);
        }
        if (name.isEmpty() || overIpv4 && ipv4.isEmpty() || !overIpv4 && address.isEmpty()) {
            return Optional.empty();
        }
        Anchor anchor = overIpv4 ? Anchor.overIpv4(name.get(), ipv4.get(), forceUdp, nat)
                : Anchor.overIpv6(name.get(), address.get());
        return Optional.of(gre.map(anchor::withGre).orElse(anchor));
    }

    private Optional<String> node(JsonSection one, Map<String, Anchor> anchors, HomeLinkDefaults defaults) {
        Optional<String> id = one.text("id", true);
        List<MacAddress> macs = one.texts("interfaces", MAC_EXAMPLE, MacAddress::valueOf);
        boolean service = one.flag("mobilityService").orElse(true);
        boolean plainly = one.flag("plainAccess").orElse(plain);
        // Who loses the service keeps the rest of the profile, which is checked but does not count.
        MagProfile served = profile(one, anchors, service);
        MagProfile profile = service ? served : MagProfile.withoutService(plainly);
        Node node = new Node(one.flag("enableMagLocalRouting").orElse(localRouting), plainly,
                defaults.settings(Optional.of(one)));
        List<String> temporary = one.texts("temporaryIds", "an identifier", text -> text);
        if (id.isEmpty()) {
            return id;
        }
        MobileNodeIdentifier identifier = MobileNodeIdentifier.ofNai(id.get());
        String key = BindingUpdateList.key(identifier);
        if (profiles.put(key, profile) != null) {
            one.problem("id", id.get() + " is there twice");
        }
        nodes.put(key, node);
        for (String name : temporary) {
            if (stableIds.put(name, identifier) != null) {
                one.problem("temporaryIds", name + " is there twice");
            }
        }
        for (MacAddress mac : macs) {
            if (interfaces.put(mac, identifier) != null) {
                one.problem("interfaces", mac + " is another node's");
            }
        }
        return id;
    }

    private MagProfile profile(JsonSection one, Map<String, Anchor> anchors, boolean service) {
        Optional<String> named = one.text("anchor", service && anchors.size() > 1);
        String anchor = named.orElseGet(() -> anchors.keySet().stream().findFirst().orElse(""));
        named.filter(name -> !anchors.containsKey(name)).ifPresent(name ->
                one.problem("anchor", name + " is none of the anchors"));
        MagProfile profile = MagProfile.of(anchor);
        List<Ip6Prefix> prefixes = one.texts("prefixes", LmaSection.PREFIX_EXAMPLE, Ip6Prefix::valueOf);
        homeNetworks.addAll(prefixes);
        if (!prefixes.isEmpty()) {
            profile = profile.withPrefixes(prefixes);
        }
        Optional<Ip4Address> address = one.parsed("ipv4HomeAddress", false, "an IPv4 address", Ip4Address::valueOf);
        boolean ipv6 = one.flag("ipv6Service").orElse(true);
        boolean ipv4 = one.flag("ipv4Service").orElse(false) || address.isPresent();
        if (ipv6 || ipv4) {
            profile = profile.withServices(ipv6, ipv4, address);
        } else {
            one.problem("ipv6Service", "neither IPv6 nor IPv4 service; say mobilityService false for a node without");
        }
        Optional<Long> lifetime = one.number("lifetime", false, LEAST_LIFETIME, GREATEST_LIFETIME);
        if (lifetime.isPresent()) {
            profile = profile.withLifetime(lifetime.get().intValue());
        }
        Optional<GreWish> gre = one.parsed("grePolicy", false, GRE_WORDS, MagSection::wish);
        return gre.isPresent() ? profile.withGre(gre.get()) : profile;
    }

    /** What router advertisements and leases say, unless a node has a word of its own. */
    private static final class HomeLinkDefaults {
        private final boolean stateless;
        private final boolean stateful;
        private final long routerLifetime;
        private final Optional<Long> prefixLifetime;
        private final int mtu;
        private final long lease;

        HomeLinkDefaults(Optional<JsonSection> part, int mtu) {
            stateless = part.flatMap(one -> one.flag("stateless")).orElse(true);
            stateful = part.flatMap(one -> one.flag("stateful")).orElse(false);
            routerLifetime = part.flatMap(one -> one.number("routerLifetime", false, 1, GREATEST_ROUTER_LIFETIME))
                    .orElse(DEFAULT_ROUTER_LIFETIME);
            prefixLifetime = part.flatMap(one -> one.number("prefixLifetime", false, 1, GREATEST_LIFETIME));
            this.mtu = mtu;
            lease = part.flatMap(one -> one.number("dhcpLease", false, 1, DAY)).orElse(DEFAULT_LEASE);
        }

        NodeSettings settings(Optional<JsonSection> node) {
            boolean byItself = node.flatMap(one -> one.flag("stateless")).orElse(stateless);
            boolean byServer = node.flatMap(one -> one.flag("stateful")).orElse(stateful);
            OptionalLong lifetime = prefixLifetime.map(OptionalLong::of).orElse(OptionalLong.empty());
            return new NodeSettings(new HomeLink(byItself, byServer, (int) routerLifetime, lifetime, mtu),
                    (int) routerLifetime, lease);
        }
    }
}
