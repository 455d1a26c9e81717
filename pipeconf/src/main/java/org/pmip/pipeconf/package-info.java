// SPDX-License-Identifier: Apache-2.0
/** The pipeline as ONOS sees it: pipeconf, interpreter, and the numbers that it shares with the P4 program. */
package org.pmip.pipeconf;
