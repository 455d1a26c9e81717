// SPDX-License-Identifier: Apache-2.0
/**
 * One immutable type for the entries of each table of the P4 program, to and from flow rules. All types are
 * thread-safe. Builders check every value; an {@link java.lang.IllegalArgumentException} names the field and the fix.
 */
package org.pmip.pipeconf.entity;
