// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.parser;

/**
 * Values of the errors that parsing itself raises (P4_16, core library), as the program numbers them; a program that
 * does not number them gets values of their own.
 */
public record ParserErrors(int packetTooShort, int stackOutOfBounds, int headerTooShort, int parserTimeout,
                           int parserInvalidArgument) { }
