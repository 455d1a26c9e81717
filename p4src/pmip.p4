/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Anchors and gateways of a Proxy Mobile IP domain.
 *
 * The ingress decides and the egress rewrites. What is in include/ knows nothing of the target; what v1model (bmv2)
 * alone has is in v1model/.
 */
#include <core.p4>
#include <v1model.p4>

#include "include/sizes.p4"
#include "include/constants.p4"
#include "include/headers.p4"
#include "include/metadata.p4"
#include "include/functions.p4"
#include "v1model/externs.p4"
#include "include/parser.p4"
#include "include/packet.p4"
#include "include/admission.p4"
#include "include/layer2.p4"
#include "include/tunnel_end.p4"
#include "include/uplink.p4"
#include "include/access.p4"
#include "include/tunnel_begin.p4"
#include "include/steps.p4"
#include "include/forwarding.p4"
#include "include/rewrite.p4"
#include "v1model/parser.p4"
#include "v1model/checksums.p4"
#include "v1model/ingress.p4"
#include "v1model/egress.p4"
#include "v1model/deparser.p4"

V1Switch(PmipParser(), VerifyChecksums(), PmipIngress(), PmipEgress(), ComputeChecksums(), PmipDeparser()) main;
