// SPDX-License-Identifier: Apache-2.0
package org.pmip.pipeconf.generated;

import org.onosproject.net.pi.model.PiActionId;
import org.onosproject.net.pi.model.PiActionParamId;
import org.onosproject.net.pi.model.PiCounterId;
import org.onosproject.net.pi.model.PiMatchFieldId;
import org.onosproject.net.pi.model.PiMeterId;
import org.onosproject.net.pi.model.PiPacketMetadataId;
import org.onosproject.net.pi.model.PiTableId;

/** Names, widths and sizes of the P4 program; written by ConstantsGenerator from the P4Info. */
public final class P4 {

    private P4() {
    }

    /** Table access_deliveries. */
    public static final class AccessDeliveries {
        public static final PiTableId TABLE = PiTableId.of("access_deliveries");
        public static final long SIZE = 65536L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.packet.to_node.delivered_packets");

        private AccessDeliveries() {
        }

        /** Action PmipIngress.packet.to_node.deliver. */
        public static final class Deliver {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.to_node.deliver");
            public static final PiActionParamId PORT = PiActionParamId.of("port");
            public static final int PORT_BITS = 9;
            public static final PiActionParamId VLAN_ID = PiActionParamId.of("vlan_id");
            public static final int VLAN_ID_BITS = 12;
            public static final PiActionParamId SOURCE_MAC = PiActionParamId.of("source_mac");
            public static final int SOURCE_MAC_BITS = 48;
            public static final PiActionParamId DESTINATION_MAC = PiActionParamId.of("destination_mac");
            public static final int DESTINATION_MAC_BITS = 48;

            private Deliver() {
            }
        }

        /** Action PmipIngress.packet.to_node.refuse_session. */
        public static final class RefuseSession {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.to_node.refuse_session");

            private RefuseSession() {
            }
        }
    }

    /** Table access_destinations. */
    public static final class AccessDestinations {
        public static final PiTableId TABLE = PiTableId.of("access_destinations");
        public static final long SIZE = 131072L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId DOMAIN = PiMatchFieldId.of("domain");
        public static final int DOMAIN_BITS = 16;
        /** EXACT, 4 bits. */
        public static final PiMatchFieldId IP_VERSION = PiMatchFieldId.of("ip_version");
        public static final int IP_VERSION_BITS = 4;
        /** LPM, 128 bits. */
        public static final PiMatchFieldId DESTINATION = PiMatchFieldId.of("destination");
        public static final int DESTINATION_BITS = 128;

        private AccessDestinations() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.packet.to_node.expect. */
        public static final class Expect {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.to_node.expect");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId ENCAPSULATION = PiActionParamId.of("encapsulation");
            public static final int ENCAPSULATION_BITS = 8;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private Expect() {
            }
        }
    }

    /** Table access_keys. */
    public static final class AccessKeys {
        public static final PiTableId TABLE = PiTableId.of("access_keys");
        public static final long SIZE = 65536L;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId LOCAL_ADDRESS = PiMatchFieldId.of("local_address");
        public static final int LOCAL_ADDRESS_BITS = 128;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId KEY = PiMatchFieldId.of("key");
        public static final int KEY_BITS = 32;

        private AccessKeys() {
        }

        /** Action PmipIngress.packet.to_node.select_domain. */
        public static final class SelectDomain {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.to_node.select_domain");
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;

            private SelectDomain() {
            }
        }

        /** Action PmipIngress.packet.to_node.unknown_key. */
        public static final class UnknownKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.to_node.unknown_key");

            private UnknownKey() {
            }
        }
    }

    /** Table access_nodes. */
    public static final class AccessNodes {
        public static final PiTableId TABLE = PiTableId.of("access_nodes");
        public static final long SIZE = 65536L;
        /** EXACT, 9 bits. */
        public static final PiMatchFieldId INGRESS_PORT = PiMatchFieldId.of("ingress_port");
        public static final int INGRESS_PORT_BITS = 9;
        /** EXACT, 12 bits. */
        public static final PiMatchFieldId VLAN_ID = PiMatchFieldId.of("vlan_id");
        public static final int VLAN_ID_BITS = 12;
        /** EXACT, 48 bits. */
        public static final PiMatchFieldId MAC = PiMatchFieldId.of("mac");
        public static final int MAC_BITS = 48;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.admission.node_packets");

        private AccessNodes() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.admission.attach. */
        public static final class Attach {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.attach");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;
            public static final PiActionParamId LOCAL_ROUTING = PiActionParamId.of("local_routing");
            public static final int LOCAL_ROUTING_BITS = 1;

            private Attach() {
            }
        }

        /** Action PmipIngress.admission.attach_layer2. */
        public static final class AttachLayer2 {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.attach_layer2");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;

            private AttachLayer2() {
            }
        }
    }

    /** Table access_sources. */
    public static final class AccessSources {
        public static final PiTableId TABLE = PiTableId.of("access_sources");
        public static final long SIZE = 131072L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        /** EXACT, 4 bits. */
        public static final PiMatchFieldId IP_VERSION = PiMatchFieldId.of("ip_version");
        public static final int IP_VERSION_BITS = 4;
        /** LPM, 128 bits. */
        public static final PiMatchFieldId SOURCE = PiMatchFieldId.of("source");
        public static final int SOURCE_BITS = 128;

        private AccessSources() {
        }

        /** Action PmipIngress.packet.from_node.permit. */
        public static final class Permit {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.from_node.permit");

            private Permit() {
            }
        }

        /** Action PmipIngress.packet.from_node.refuse_source. */
        public static final class RefuseSource {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.from_node.refuse_source");

            private RefuseSource() {
            }
        }
    }

    /** Table access_uplinks. */
    public static final class AccessUplinks {
        public static final PiTableId TABLE = PiTableId.of("access_uplinks");
        public static final long SIZE = 65536L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.tunnel_begin.access_packets");

        private AccessUplinks() {
        }

        /** Action PmipIngress.tunnel_begin.discard. */
        public static final class Discard {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.discard");

            private Discard() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_ethernet_gre_key. */
        public static final class EncapsulateEthernetGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_ethernet_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateEthernetGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_gre. */
        public static final class EncapsulateGre {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_gre");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateGre() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_gre_key. */
        public static final class EncapsulateGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_ip. */
        public static final class EncapsulateIp {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_ip");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateIp() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp. */
        public static final class EncapsulateUdp {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateUdp() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre. */
        public static final class EncapsulateUdpTlvGre {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateUdpTlvGre() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre_key. */
        public static final class EncapsulateUdpTlvGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateUdpTlvGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.refuse_session. */
        public static final class RefuseSession {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.refuse_session");

            private RefuseSession() {
            }
        }

        /** Action PmipIngress.tunnel_begin.route_plainly. */
        public static final class RoutePlainly {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.route_plainly");

            private RoutePlainly() {
            }
        }
    }

    /** Table downlink_sessions. */
    public static final class DownlinkSessions {
        public static final PiTableId TABLE = PiTableId.of("downlink_sessions");
        public static final long SIZE = 65536L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.tunnel_begin.session_packets");

        private DownlinkSessions() {
        }

        /** Action PmipIngress.tunnel_begin.discard. */
        public static final class Discard {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.discard");

            private Discard() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_ethernet_gre_key. */
        public static final class EncapsulateEthernetGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_ethernet_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateEthernetGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_gre. */
        public static final class EncapsulateGre {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_gre");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateGre() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_gre_key. */
        public static final class EncapsulateGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_ip. */
        public static final class EncapsulateIp {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_ip");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateIp() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp. */
        public static final class EncapsulateUdp {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateUdp() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre. */
        public static final class EncapsulateUdpTlvGre {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;

            private EncapsulateUdpTlvGre() {
            }
        }

        /** Action PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre_key. */
        public static final class EncapsulateUdpTlvGreKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.encapsulate_udp_tlv_gre_key");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private EncapsulateUdpTlvGreKey() {
            }
        }

        /** Action PmipIngress.tunnel_begin.refuse_session. */
        public static final class RefuseSession {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.refuse_session");

            private RefuseSession() {
            }
        }
    }

    /** Table drops. */
    public static final class Drops {
        public static final PiTableId TABLE = PiTableId.of("drops");
        public static final long SIZE = 64L;
        /** EXACT, 8 bits. */
        public static final PiMatchFieldId REASON = PiMatchFieldId.of("reason");
        public static final int REASON_BITS = 8;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.drops.dropped_packets");

        private Drops() {
        }

        /** Action PmipIngress.drops.discard. */
        public static final class Discard {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.drops.discard");

            private Discard() {
            }
        }

        /** Action PmipIngress.drops.report. */
        public static final class Report {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.drops.report");

            private Report() {
            }
        }
    }

    /** Table home_networks. */
    public static final class HomeNetworks {
        public static final PiTableId TABLE = PiTableId.of("home_networks");
        public static final long SIZE = 131072L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId DOMAIN = PiMatchFieldId.of("domain");
        public static final int DOMAIN_BITS = 16;
        /** EXACT, 4 bits. */
        public static final PiMatchFieldId IP_VERSION = PiMatchFieldId.of("ip_version");
        public static final int IP_VERSION_BITS = 4;
        /** LPM, 128 bits. */
        public static final PiMatchFieldId DESTINATION = PiMatchFieldId.of("destination");
        public static final int DESTINATION_BITS = 128;

        private HomeNetworks() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.tunnel_begin.no_binding. */
        public static final class NoBinding {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.no_binding");

            private NoBinding() {
            }
        }

        /** Action PmipIngress.tunnel_begin.to_session. */
        public static final class ToSession {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.to_session");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;

            private ToSession() {
            }
        }
    }

    /** Table interfaces. */
    public static final class Interfaces {
        public static final PiTableId TABLE = PiTableId.of("interfaces");
        public static final long SIZE = 1024L;
        /** EXACT, 9 bits. */
        public static final PiMatchFieldId INGRESS_PORT = PiMatchFieldId.of("ingress_port");
        public static final int INGRESS_PORT_BITS = 9;
        /** EXACT, 12 bits. */
        public static final PiMatchFieldId VLAN_ID = PiMatchFieldId.of("vlan_id");
        public static final int VLAN_ID_BITS = 12;

        private Interfaces() {
        }

        /** Action PmipIngress.admission.connect. */
        public static final class Connect {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.connect");
            public static final PiActionParamId ROLE = PiActionParamId.of("role");
            public static final int ROLE_BITS = 8;
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;

            private Connect() {
            }
        }

        /** Action PmipIngress.admission.refuse_interface. */
        public static final class RefuseInterface {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.refuse_interface");

            private RefuseInterface() {
            }
        }
    }

    /** Table layer2_copies. */
    public static final class Layer2Copies {
        public static final PiTableId TABLE = PiTableId.of("layer2_copies");
        public static final long SIZE = 65536L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId INSTANCE = PiMatchFieldId.of("instance");
        public static final int INSTANCE_BITS = 16;

        private Layer2Copies() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipEgress.layer2_copies.copy_over_ip4. */
        public static final class CopyOverIp4 {
            public static final PiActionId ACTION = PiActionId.of("PmipEgress.layer2_copies.copy_over_ip4");
            public static final PiActionParamId SOURCE = PiActionParamId.of("source");
            public static final int SOURCE_BITS = 32;
            public static final PiActionParamId DESTINATION = PiActionParamId.of("destination");
            public static final int DESTINATION_BITS = 32;
            public static final PiActionParamId TTL = PiActionParamId.of("ttl");
            public static final int TTL_BITS = 8;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;
            public static final PiActionParamId VLAN_ID = PiActionParamId.of("vlan_id");
            public static final int VLAN_ID_BITS = 12;
            public static final PiActionParamId SOURCE_MAC = PiActionParamId.of("source_mac");
            public static final int SOURCE_MAC_BITS = 48;
            public static final PiActionParamId DESTINATION_MAC = PiActionParamId.of("destination_mac");
            public static final int DESTINATION_MAC_BITS = 48;

            private CopyOverIp4() {
            }
        }

        /** Action PmipEgress.layer2_copies.copy_over_ip6. */
        public static final class CopyOverIp6 {
            public static final PiActionId ACTION = PiActionId.of("PmipEgress.layer2_copies.copy_over_ip6");
            public static final PiActionParamId SOURCE = PiActionParamId.of("source");
            public static final int SOURCE_BITS = 128;
            public static final PiActionParamId DESTINATION = PiActionParamId.of("destination");
            public static final int DESTINATION_BITS = 128;
            public static final PiActionParamId HOP_LIMIT = PiActionParamId.of("hop_limit");
            public static final int HOP_LIMIT_BITS = 8;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;
            public static final PiActionParamId VLAN_ID = PiActionParamId.of("vlan_id");
            public static final int VLAN_ID_BITS = 12;
            public static final PiActionParamId SOURCE_MAC = PiActionParamId.of("source_mac");
            public static final int SOURCE_MAC_BITS = 48;
            public static final PiActionParamId DESTINATION_MAC = PiActionParamId.of("destination_mac");
            public static final int DESTINATION_MAC_BITS = 48;

            private CopyOverIp6() {
            }
        }
    }

    /** Table layer2_destinations. */
    public static final class Layer2Destinations {
        public static final PiTableId TABLE = PiTableId.of("layer2_destinations");
        public static final long SIZE = 65536L;
        /** EXACT, 9 bits. */
        public static final PiMatchFieldId INGRESS_PORT = PiMatchFieldId.of("ingress_port");
        public static final int INGRESS_PORT_BITS = 9;
        /** EXACT, 12 bits. */
        public static final PiMatchFieldId VLAN_ID = PiMatchFieldId.of("vlan_id");
        public static final int VLAN_ID_BITS = 12;
        /** EXACT, 48 bits. */
        public static final PiMatchFieldId MAC = PiMatchFieldId.of("mac");
        public static final int MAC_BITS = 48;

        private Layer2Destinations() {
        }

        /** Action PmipIngress.frame.from_bridge.flood. */
        public static final class Flood {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.frame.from_bridge.flood");
            public static final PiActionParamId GROUP = PiActionParamId.of("group");
            public static final int GROUP_BITS = 16;
            public static final PiActionParamId MTU = PiActionParamId.of("mtu");
            public static final int MTU_BITS = 16;

            private Flood() {
            }
        }

        /** Action PmipIngress.frame.from_bridge.refuse_destination. */
        public static final class RefuseDestination {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.frame.from_bridge.refuse_destination");

            private RefuseDestination() {
            }
        }

        /** Action PmipIngress.frame.from_bridge.to_layer2_session. */
        public static final class ToLayer2Session {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.frame.from_bridge.to_layer2_session");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;

            private ToLayer2Session() {
            }
        }
    }

    /** Table layer2_stations. */
    public static final class Layer2Stations {
        public static final PiTableId TABLE = PiTableId.of("layer2_stations");
        public static final long SIZE = 65536L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        /** EXACT, 48 bits. */
        public static final PiMatchFieldId MAC = PiMatchFieldId.of("mac");
        public static final int MAC_BITS = 48;

        private Layer2Stations() {
        }

        /** Action PmipIngress.packet.tunnel_end.from_layer2_tunnel.permit. */
        public static final class Permit {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.from_layer2_tunnel.permit");

            private Permit() {
            }
        }

        /** Action PmipIngress.packet.tunnel_end.from_layer2_tunnel.refuse_station. */
        public static final class RefuseStation {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.from_layer2_tunnel.refuse_station");

            private RefuseStation() {
            }
        }
    }

    /** Table layer2_tunnels. */
    public static final class Layer2Tunnels {
        public static final PiTableId TABLE = PiTableId.of("layer2_tunnels");
        public static final long SIZE = 65536L;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId LOCAL_ADDRESS = PiMatchFieldId.of("local_address");
        public static final int LOCAL_ADDRESS_BITS = 128;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId KEY = PiMatchFieldId.of("key");
        public static final int KEY_BITS = 32;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.packet.tunnel_end.from_layer2_tunnel.layer2_packets");

        private Layer2Tunnels() {
        }

        /** Action PmipIngress.packet.tunnel_end.from_layer2_tunnel.end_layer2_tunnel. */
        public static final class EndLayer2Tunnel {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.from_layer2_tunnel.end_layer2_tunnel");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId PORT = PiActionParamId.of("port");
            public static final int PORT_BITS = 9;
            public static final PiActionParamId CHECK_STATION = PiActionParamId.of("check_station");
            public static final int CHECK_STATION_BITS = 1;

            private EndLayer2Tunnel() {
            }
        }

        /** Action PmipIngress.packet.tunnel_end.from_layer2_tunnel.refuse_key. */
        public static final class RefuseKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.from_layer2_tunnel.refuse_key");

            private RefuseKey() {
            }
        }
    }

    /** Table local_addresses. */
    public static final class LocalAddresses {
        public static final PiTableId TABLE = PiTableId.of("local_addresses");
        public static final long SIZE = 1024L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId DOMAIN = PiMatchFieldId.of("domain");
        public static final int DOMAIN_BITS = 16;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId ADDRESS = PiMatchFieldId.of("address");
        public static final int ADDRESS_BITS = 128;

        private LocalAddresses() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.admission.deliver_locally. */
        public static final class DeliverLocally {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.deliver_locally");

            private DeliverLocally() {
            }
        }
    }

    /** Table next_hops. */
    public static final class NextHops {
        public static final PiTableId TABLE = PiTableId.of("next_hops");
        public static final long SIZE = 4096L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId NEXT_HOP_ID = PiMatchFieldId.of("next_hop_id");
        public static final int NEXT_HOP_ID_BITS = 32;

        private NextHops() {
        }

        /** Action PmipIngress.forwarding.no_next_hop. */
        public static final class NoNextHop {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.forwarding.no_next_hop");

            private NoNextHop() {
            }
        }

        /** Action PmipIngress.forwarding.transmit. */
        public static final class Transmit {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.forwarding.transmit");
            public static final PiActionParamId PORT = PiActionParamId.of("port");
            public static final int PORT_BITS = 9;
            public static final PiActionParamId VLAN_ID = PiActionParamId.of("vlan_id");
            public static final int VLAN_ID_BITS = 12;
            public static final PiActionParamId SOURCE_MAC = PiActionParamId.of("source_mac");
            public static final int SOURCE_MAC_BITS = 48;
            public static final PiActionParamId DESTINATION_MAC = PiActionParamId.of("destination_mac");
            public static final int DESTINATION_MAC_BITS = 48;

            private Transmit() {
            }
        }
    }

    /** Table punt. */
    public static final class Punt {
        public static final PiTableId TABLE = PiTableId.of("punt");
        public static final long SIZE = 256L;
        /** TERNARY, 8 bits. */
        public static final PiMatchFieldId ROLE = PiMatchFieldId.of("role");
        public static final int ROLE_BITS = 8;
        /** TERNARY, 16 bits. */
        public static final PiMatchFieldId ETHER_TYPE = PiMatchFieldId.of("ether_type");
        public static final int ETHER_TYPE_BITS = 16;
        /** TERNARY, 8 bits. */
        public static final PiMatchFieldId NEXT_HEADER = PiMatchFieldId.of("next_header");
        public static final int NEXT_HEADER_BITS = 8;
        /** TERNARY, 1 bits. */
        public static final PiMatchFieldId TO_LOCAL = PiMatchFieldId.of("to_local");
        public static final int TO_LOCAL_BITS = 1;
        /** TERNARY, 8 bits. */
        public static final PiMatchFieldId MOBILITY_TYPE = PiMatchFieldId.of("mobility_type");
        public static final int MOBILITY_TYPE_BITS = 8;
        /** TERNARY, 8 bits. */
        public static final PiMatchFieldId ICMP_TYPE = PiMatchFieldId.of("icmp_type");
        public static final int ICMP_TYPE_BITS = 8;
        /** TERNARY, 16 bits. */
        public static final PiMatchFieldId DESTINATION_PORT = PiMatchFieldId.of("destination_port");
        public static final int DESTINATION_PORT_BITS = 16;

        private Punt() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.admission.to_controller. */
        public static final class ToController {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.to_controller");
            public static final PiActionParamId PUNT_CLASS = PiActionParamId.of("punt_class");
            public static final int PUNT_CLASS_BITS = 6;

            private ToController() {
            }
        }
    }

    /** Table routes. */
    public static final class Routes {
        public static final PiTableId TABLE = PiTableId.of("routes");
        public static final long SIZE = 16384L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId DOMAIN = PiMatchFieldId.of("domain");
        public static final int DOMAIN_BITS = 16;
        /** EXACT, 4 bits. */
        public static final PiMatchFieldId IP_VERSION = PiMatchFieldId.of("ip_version");
        public static final int IP_VERSION_BITS = 4;
        /** LPM, 128 bits. */
        public static final PiMatchFieldId DESTINATION = PiMatchFieldId.of("destination");
        public static final int DESTINATION_BITS = 128;

        private Routes() {
        }

        /** Action PmipIngress.forwarding.forward. */
        public static final class Forward {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.forwarding.forward");
            public static final PiActionParamId NEXT_HOP_ID = PiActionParamId.of("next_hop_id");
            public static final int NEXT_HOP_ID_BITS = 32;

            private Forward() {
            }
        }

        /** Action PmipIngress.forwarding.unreachable. */
        public static final class Unreachable {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.forwarding.unreachable");

            private Unreachable() {
            }
        }
    }

    /** Table stations. */
    public static final class Stations {
        public static final PiTableId TABLE = PiTableId.of("stations");
        public static final long SIZE = 1024L;
        /** EXACT, 9 bits. */
        public static final PiMatchFieldId INGRESS_PORT = PiMatchFieldId.of("ingress_port");
        public static final int INGRESS_PORT_BITS = 9;
        /** EXACT, 48 bits. */
        public static final PiMatchFieldId MAC = PiMatchFieldId.of("mac");
        public static final int MAC_BITS = 48;

        private Stations() {
        }

        /** Action NoAction. */
        public static final class NoAction {
            public static final PiActionId ACTION = PiActionId.of("NoAction");

            private NoAction() {
            }
        }

        /** Action PmipIngress.admission.accept_frame. */
        public static final class AcceptFrame {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.admission.accept_frame");

            private AcceptFrame() {
            }
        }
    }

    /** Table tunnel_endpoints. */
    public static final class TunnelEndpoints {
        public static final PiTableId TABLE = PiTableId.of("tunnel_endpoints");
        public static final long SIZE = 16384L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId TUNNEL_ID = PiMatchFieldId.of("tunnel_id");
        public static final int TUNNEL_ID_BITS = 32;

        private TunnelEndpoints() {
        }

        /** Action PmipIngress.tunnel_begin.ip4_path. */
        public static final class Ip4Path {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.ip4_path");
            public static final PiActionParamId SOURCE = PiActionParamId.of("source");
            public static final int SOURCE_BITS = 32;
            public static final PiActionParamId DESTINATION = PiActionParamId.of("destination");
            public static final int DESTINATION_BITS = 32;
            public static final PiActionParamId TTL = PiActionParamId.of("ttl");
            public static final int TTL_BITS = 8;
            public static final PiActionParamId MTU = PiActionParamId.of("mtu");
            public static final int MTU_BITS = 16;
            public static final PiActionParamId SOURCE_PORT = PiActionParamId.of("source_port");
            public static final int SOURCE_PORT_BITS = 16;
            public static final PiActionParamId DESTINATION_PORT = PiActionParamId.of("destination_port");
            public static final int DESTINATION_PORT_BITS = 16;

            private Ip4Path() {
            }
        }

        /** Action PmipIngress.tunnel_begin.ip6_path. */
        public static final class Ip6Path {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.ip6_path");
            public static final PiActionParamId SOURCE = PiActionParamId.of("source");
            public static final int SOURCE_BITS = 128;
            public static final PiActionParamId DESTINATION = PiActionParamId.of("destination");
            public static final int DESTINATION_BITS = 128;
            public static final PiActionParamId HOP_LIMIT = PiActionParamId.of("hop_limit");
            public static final int HOP_LIMIT_BITS = 8;
            public static final PiActionParamId MTU = PiActionParamId.of("mtu");
            public static final int MTU_BITS = 16;

            private Ip6Path() {
            }
        }

        /** Action PmipIngress.tunnel_begin.no_path. */
        public static final class NoPath {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.tunnel_begin.no_path");

            private NoPath() {
            }
        }
    }

    /** Table tunnels. */
    public static final class Tunnels {
        public static final PiTableId TABLE = PiTableId.of("tunnels");
        public static final long SIZE = 16384L;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId OUTER_SOURCE = PiMatchFieldId.of("outer_source");
        public static final int OUTER_SOURCE_BITS = 128;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId OUTER_DESTINATION = PiMatchFieldId.of("outer_destination");
        public static final int OUTER_DESTINATION_BITS = 128;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId SOURCE_PORT = PiMatchFieldId.of("source_port");
        public static final int SOURCE_PORT_BITS = 16;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.packet.tunnel_end.tunnel_packets");

        private Tunnels() {
        }

        /** Action PmipIngress.packet.tunnel_end.decapsulate. */
        public static final class Decapsulate {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.decapsulate");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;

            private Decapsulate() {
            }
        }

        /** Action PmipIngress.packet.tunnel_end.decapsulate_to_access. */
        public static final class DecapsulateToAccess {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.decapsulate_to_access");
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;

            private DecapsulateToAccess() {
            }
        }

        /** Action PmipIngress.packet.tunnel_end.refuse_tunnel. */
        public static final class RefuseTunnel {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.tunnel_end.refuse_tunnel");

            private RefuseTunnel() {
            }
        }
    }

    /** Table uplink_keys. */
    public static final class UplinkKeys {
        public static final PiTableId TABLE = PiTableId.of("uplink_keys");
        public static final long SIZE = 65536L;
        /** EXACT, 128 bits. */
        public static final PiMatchFieldId LOCAL_ADDRESS = PiMatchFieldId.of("local_address");
        public static final int LOCAL_ADDRESS_BITS = 128;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId KEY = PiMatchFieldId.of("key");
        public static final int KEY_BITS = 32;

        private UplinkKeys() {
        }

        /** Action PmipIngress.packet.uplink.select_domain. */
        public static final class SelectDomain {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.uplink.select_domain");
            public static final PiActionParamId DOMAIN = PiActionParamId.of("domain");
            public static final int DOMAIN_BITS = 16;

            private SelectDomain() {
            }
        }

        /** Action PmipIngress.packet.uplink.unknown_key. */
        public static final class UnknownKey {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.uplink.unknown_key");

            private UnknownKey() {
            }
        }
    }

    /** Table uplink_sessions. */
    public static final class UplinkSessions {
        public static final PiTableId TABLE = PiTableId.of("uplink_sessions");
        public static final long SIZE = 65536L;
        /** EXACT, 32 bits. */
        public static final PiMatchFieldId SESSION_ID = PiMatchFieldId.of("session_id");
        public static final int SESSION_ID_BITS = 32;
        public static final PiCounterId COUNTER = PiCounterId.of("PmipIngress.accounting.session_packets");

        private UplinkSessions() {
        }

        /** Action PmipIngress.accounting.accept_packet. */
        public static final class AcceptPacket {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.accounting.accept_packet");

            private AcceptPacket() {
            }
        }

        /** Action PmipIngress.accounting.refuse_session. */
        public static final class RefuseSession {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.accounting.refuse_session");

            private RefuseSession() {
            }
        }
    }

    /** Table uplink_sources. */
    public static final class UplinkSources {
        public static final PiTableId TABLE = PiTableId.of("uplink_sources");
        public static final long SIZE = 131072L;
        /** EXACT, 16 bits. */
        public static final PiMatchFieldId DOMAIN = PiMatchFieldId.of("domain");
        public static final int DOMAIN_BITS = 16;
        /** EXACT, 4 bits. */
        public static final PiMatchFieldId IP_VERSION = PiMatchFieldId.of("ip_version");
        public static final int IP_VERSION_BITS = 4;
        /** LPM, 128 bits. */
        public static final PiMatchFieldId SOURCE = PiMatchFieldId.of("source");
        public static final int SOURCE_BITS = 128;

        private UplinkSources() {
        }

        /** Action PmipIngress.packet.uplink.expect. */
        public static final class Expect {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.uplink.expect");
            public static final PiActionParamId SESSION_ID = PiActionParamId.of("session_id");
            public static final int SESSION_ID_BITS = 32;
            public static final PiActionParamId TUNNEL_ID = PiActionParamId.of("tunnel_id");
            public static final int TUNNEL_ID_BITS = 32;
            public static final PiActionParamId ENCAPSULATION = PiActionParamId.of("encapsulation");
            public static final int ENCAPSULATION_BITS = 8;
            public static final PiActionParamId KEY = PiActionParamId.of("key");
            public static final int KEY_BITS = 32;

            private Expect() {
            }
        }

        /** Action PmipIngress.packet.uplink.refuse_source. */
        public static final class RefuseSource {
            public static final PiActionId ACTION = PiActionId.of("PmipIngress.packet.uplink.refuse_source");

            private RefuseSource() {
            }
        }
    }

    /** Header of a PACKET_OUT at the CPU port. */
    public static final class PacketOut {
        public static final PiPacketMetadataId EGRESS_PORT = PiPacketMetadataId.of("egress_port");
        public static final int EGRESS_PORT_BITS = 9;
        public static final PiPacketMetadataId THROUGH_PIPELINE = PiPacketMetadataId.of("through_pipeline");
        public static final int THROUGH_PIPELINE_BITS = 1;
        public static final PiPacketMetadataId PAD = PiPacketMetadataId.of("pad");
        public static final int PAD_BITS = 6;
        public static final PiPacketMetadataId DOMAIN = PiPacketMetadataId.of("domain");
        public static final int DOMAIN_BITS = 16;

        private PacketOut() {
        }
    }

    /** Header of a PACKET_IN at the CPU port. */
    public static final class PacketIn {
        public static final PiPacketMetadataId INGRESS_PORT = PiPacketMetadataId.of("ingress_port");
        public static final int INGRESS_PORT_BITS = 9;
        public static final PiPacketMetadataId PAD = PiPacketMetadataId.of("pad");
        public static final int PAD_BITS = 7;
        public static final PiPacketMetadataId REASON = PiPacketMetadataId.of("reason");
        public static final int REASON_BITS = 16;
        public static final PiPacketMetadataId DOMAIN = PiPacketMetadataId.of("domain");
        public static final int DOMAIN_BITS = 16;
        public static final PiPacketMetadataId MTU = PiPacketMetadataId.of("mtu");
        public static final int MTU_BITS = 16;

        private PacketIn() {
        }
    }

    /** Indirect meters. */
    public static final class Meters {
        public static final PiMeterId PUNT_METER = PiMeterId.of("punt_meter");
        public static final long PUNT_METER_SIZE = 64L;

        private Meters() {
        }
    }
}
