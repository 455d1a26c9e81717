// SPDX-License-Identifier: Apache-2.0
/** What an anchor tells the routers beside it of the home networks that it leads to. */
package org.pmip.protocol.wire.rip;
