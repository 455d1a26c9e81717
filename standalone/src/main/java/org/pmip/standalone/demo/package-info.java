// SPDX-License-Identifier: Apache-2.0
/**
 * The demonstration: gateways and a correspondent node as processes of their own around one anchor, and a story that
 * takes a mobile node through its life.
 */
package org.pmip.standalone.demo;
