// SPDX-License-Identifier: Apache-2.0
/** The commands of the Karaf shell. Left out where there is no such shell. */
package org.pmip.onos.cli;
