// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.p4runtime;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a P4Runtime target listens, in the form of ONOS's {@code managementAddress}: {@code
 * grpc://HOST:PORT?device_id=N}.
 *
 * @param host name or address of the server
 * @param port TCP port, 1 to 65535
 * @param deviceId P4Runtime's number of the device, unsigned
 */
public record TargetAddress(String host, int port, long deviceId) {
    private static final String FORM = "should be grpc://HOST:PORT?device_id=N";

    /**
     * Reads an address.
     *
     * @param text as in the network configuration
     * @return the address
     * @throws IllegalArgumentException with what is wrong and the form that is right
     */
    public static TargetAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is no URI (" + e.getReason() + "): " + FORM, e);
        }
        if (!"grpc".equals(uri.getScheme())) {
            throw new IllegalArgumentException((uri.getScheme() == null ? "has no scheme"
                : "has the scheme " + uri.getScheme()) + ": " + FORM);
        }
        if (uri.getHost() == null || uri.getPort() < 1 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("lacks a host or a port from 1 to 65535: " + FORM);
        }
        String query = uri.getQuery() == null ? "" : uri.getQuery();
        for (String part : query.split("&")) {
            if (part.startsWith("device_id=")) {
                try {
                    long id = Long.parseUnsignedLong(part.substring("device_id=".length()));
                    String host = uri.getHost();
                    return new TargetAddress(host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                        uri.getPort(), id);
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException("has a device_id that is no number: " + FORM, e);
                }
            }
        }
        throw new IllegalArgumentException("lacks the device_id: " + FORM);
    }

    @Override
    public String toString() {
        return (host.contains(":") ? '[' + host + ']' : host) + ':' + port;
    }
}
