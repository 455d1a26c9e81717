// SPDX-License-Identifier: Apache-2.0
/** What the cluster keeps: bindings, claims and numbers, in ONOS distributed primitives. */
package org.pmip.onos.store;
