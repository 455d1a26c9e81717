// SPDX-License-Identifier: Apache-2.0
/** How ONOS's flow rules reach the tables of a P4Runtime switch that runs this pipeline. */
package org.pmip.pipeconf.driver;
