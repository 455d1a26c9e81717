// SPDX-License-Identifier: Apache-2.0
/** The mobility options, one class each. */
package org.pmip.protocol.wire.option;
