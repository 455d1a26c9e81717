// SPDX-License-Identifier: Apache-2.0
/** The REST interface under {@code /onos/pmip}. Left out where there is no web server. */
package org.pmip.onos.rest;
