// SPDX-License-Identifier: Apache-2.0
/** The network configuration of the application, read and checked. */
package org.pmip.onos.config;
