// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.hash;

import java.util.Map;

/** A hash or checksum over octets. Stateless. */
@FunctionalInterface
public interface HashFunction {

    /** The functions by the names that the JSON gives them. */
    Map<String, HashFunction> ALL = Map.ofEntries(
            Map.entry("crc16", Crc.reflected(0xA001L, 0, 0)),
            Map.entry("crc16_custom", Crc.reflected(0xA001L, 0, 0)),
            Map.entry("crc32", Crc.reflected(0xEDB88320L, 0xFFFFFFFFL, 0xFFFFFFFFL)),
            Map.entry("crc32_custom", Crc.reflected(0xEDB88320L, 0xFFFFFFFFL, 0xFFFFFFFFL)),
            Map.entry("crcCCITT", Crc.forward(16, 0x1021L, 0xFFFFL)),
            Map.entry("csum16", Sums::internet),
            Map.entry("cksum16", Sums::internet),
            Map.entry("xor16", (octets, length) -> Sums.xor(octets, length, 2)),
            Map.entry("xor32", (octets, length) -> Sums.xor(octets, length, 4)),
            Map.entry("identity", Sums::identity));

    /** The result over the first {@code length} octets, an unsigned number. */
    long hash(byte[] octets, int length);
}
