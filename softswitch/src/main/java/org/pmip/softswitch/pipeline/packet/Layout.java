// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.packet;

import java.util.List;

/**
 * Sizes of a packet's state for one program, settled once it is loaded. Metadata lies in front.
 *
 * @param image the words of a new packet: all zero, but metadata is valid
 * @param metadataWords words of metadata
 * @param varbitOctets octets of all varbit fields
 * @param keyWords words of the widest key
 * @param headers all headers and metadata, for traces
 */
public record Layout(long[] image, int metadataWords, int varbitOctets, int keyWords, List<Header> headers) {
    /** Words of headers and metadata. */
    public int words() {
        return image.length;
    }
}
