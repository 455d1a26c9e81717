// SPDX-License-Identifier: Apache-2.0
/**
 * The local mobility anchor as a function: what a Proxy Binding Update makes of the sessions of one mobile node
 * (draft-ietf-netlmm-proxymip6-10 section 5, RFC 5213 section 5, RFC 5845 section 5).
 *
 * <p>Nothing here reads a clock, draws a random number, opens a socket or keeps state between calls: time, allocated
 * values and policy are arguments, the next record and the answer are results.
 */
package org.pmip.protocol.lma;
