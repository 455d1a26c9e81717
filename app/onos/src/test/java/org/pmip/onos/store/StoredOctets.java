// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Files of octets as releases have stored them: a name and hexadecimal digits a line. Stateless. */
final class StoredOctets {

    private StoredOctets() {
    }

    /** The lines of a file among the resources, by their names. */
    static Map<String, String> corpus(String file) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                StoredOctets.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
            return in.lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ")).collect(Collectors.toMap(words -> words[0], words -> words[1]));
        }
    }

    static String hex(byte[] octets) {
        StringBuilder out = new StringBuilder();
        for (byte octet : octets) {
            out.append(String.format("%02x", octet & 0xff));
        }
        return out.toString();
    }

    static byte[] of(String hex) {
        byte[] octets = new byte[hex.length() / 2];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        return octets;
    }
}
