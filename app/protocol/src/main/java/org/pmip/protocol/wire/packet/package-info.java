// SPDX-License-Identifier: Apache-2.0
/** The packets around the Mobility Header. */
package org.pmip.protocol.wire.packet;
