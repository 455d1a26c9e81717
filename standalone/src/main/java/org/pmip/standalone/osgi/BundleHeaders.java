// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.osgi;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/**
 * Reads what the jars of the class path say about themselves as OSGi bundles (OSGi Core R8, section 3.2).
 *
 * <p>Instances are immutable and safe for use by many threads.
 */
public final class BundleHeaders {
    private static final String SYMBOLIC_NAME = "Bundle-SymbolicName";
    private static final String EXPORT_PACKAGE = "Export-Package";

    private final Map<String, Jar> jars;

    private BundleHeaders(Map<String, Jar> jars) {
        this.jars = jars;
    }

    /**
     * Reads the manifests of all jars that a class loader reaches.
     *
     * @param loader class loader whose resources are read
     * @return the headers of those jars that are OSGi bundles
     * @throws IOException when a manifest cannot be read
     */
    public static BundleHeaders of(ClassLoader loader) throws IOException {
        Map<String, Jar> jars = new LinkedHashMap<>();
        for (URL url : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
            Attributes attributes;
            try (InputStream in = url.openStream()) {
                attributes = new Manifest(in).getMainAttributes();
            }
            String name = attributes.getValue(SYMBOLIC_NAME);
            if (name != null) {
                String symbolic = name.split(";")[0].trim();
                jars.putIfAbsent(symbolic, new Jar(location(url), headers(attributes)));
            }
        }
        return new BundleHeaders(jars);
    }

    /**
     * Finds a bundle of the class path.
     *
     * @param symbolicName its Bundle-SymbolicName
     * @return where its jar (or its folder of classes) is, or null when it is not on the class path
     */
    public String location(String symbolicName) {
        Jar jar = jars.get(symbolicName);
        return jar == null ? null : jar.location();
    }

    /**
     * The manifest of a bundle of the class path.
     *
     * @param symbolicName its Bundle-SymbolicName
     * @return its headers, or null when it is not on the class path
     */
    public Map<String, String> headers(String symbolicName) {
        Jar jar = jars.get(symbolicName);
        return jar == null ? null : jar.headers();
    }

    /**
     * What the system bundle exports on behalf of the class path.
     *
     * @param except symbolic names of bundles that are installed as bundles, and of the framework itself
     * @return value for the framework property {@code org.osgi.framework.system.packages.extra}
     */
    public String exportsExcept(Set<String> except) {
        Map<String, String> packages = new TreeMap<>();
        jars.forEach((name, jar) -> {
            String exports = jar.headers().get(EXPORT_PACKAGE);
            if (!except.contains(name) && exports != null) {
                for (String clause : split(exports, ',')) {
                    addClause(clause, packages);
                }
            }
        });
        StringBuilder value = new StringBuilder();
        packages.forEach((name, version) -> value.append(value.length() == 0 ? "" : ",").append(name)
            .append(version.isEmpty() ? "" : ";version=\"" + version + '"'));
        return value.toString();
    }

    private static void addClause(String clause, Map<String, String> packages) {
        List<String> names = new ArrayList<>();
        String version = "";
        for (String part : split(clause, ';')) {
            String text = part.trim();
            if (text.startsWith("version=")) {
                version = text.substring("version=".length()).replace("\"", "");
            } else if (!text.contains("=")) {
                names.add(text);
            }
        }
        for (String name : names) {
            packages.putIfAbsent(name, version);
        }
    }

    /** Splits at a separator that is not inside quotes. */
    static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static String location(URL manifest) {
        String text = manifest.toString();
        return text.startsWith("jar:")
            ? text.substring("jar:".length(), text.indexOf("!/"))
            : text.substring(0, text.length() - "META-INF/MANIFEST.MF".length());
    }

    private static Map<String, String> headers(Attributes attributes) {
        Map<String, String> headers = new HashMap<>();
        attributes.forEach((name, value) -> headers.put(name.toString(), value.toString()));
        return Map.copyOf(headers);
    }

    private record Jar(String location, Map<String, String> headers) {
    }
}
