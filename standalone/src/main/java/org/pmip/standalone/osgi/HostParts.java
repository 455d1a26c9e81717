// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.osgi;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.connect.ConnectContent;
import org.osgi.framework.connect.ConnectModule;
import org.osgi.framework.connect.ModuleConnector;

/**
 * Lets declarative-services components of the class path take part in the framework (OSGi Core R8, section 60,
 * Connect).
 *
 * <p>A part is a bundle without a file: its classes come from the host's class loader and its only header of weight
 * is the list of components to start. So ONOS's managers run from the class path with the wiring that their own
 * descriptors state, and only those that the host wants. Safe for use by many threads.
 */
final class HostParts implements ModuleConnector {
    private static final String SCHEME = "host:";
    private static final String SERVICE_COMPONENT = "Service-Component";

    private final Map<String, Part> parts = new ConcurrentHashMap<>();
    private final ClassLoader loader;

    HostParts(ClassLoader loader) {
        this.loader = loader;
    }

    /**
     * Declares a part.
     *
     * @param name of the part, unique in this framework
     * @param components class names of its components, whose descriptors are on the class path under OSGI-INF
     * @return location by which the framework installs it
     */
    String declare(String name, List<String> components) {
        List<String> descriptors = components.stream().map(c -> "OSGI-INF/" + c + ".xml").collect(Collectors.toList());
        return declare(name, Map.of(
            Constants.BUNDLE_MANIFESTVERSION, "2",
            Constants.BUNDLE_SYMBOLICNAME, "org.pmip.standalone." + name,
            Constants.BUNDLE_VERSION, "1.0.0",
            SERVICE_COMPONENT, String.join(",", descriptors)));
    }

    /**
     * Declares a bundle whose file is on the class path as a part: it is resolved by its manifest, but its classes
     * are those of the host.
     *
     * @param name of the part, unique in this framework
     * @param headers of its manifest
     * @return location by which the framework installs it
     */
    String declare(String name, Map<String, String> headers) {
        String location = SCHEME + name;
        parts.put(location, new Part(headers));
        return location;
    }

    @Override
    public void initialize(File storage, Map<String, String> configuration) {
        // Nothing is kept between two starts.
    }

    @Override
    public Optional<ConnectModule> connect(String location) throws BundleException {
        Part part = parts.get(location);
        if (part == null && location.startsWith(SCHEME)) {
            throw new BundleException("No part of the host is called " + location);
        }
        return part == null ? Optional.empty() : Optional.of(() -> part);
    }

    @Override
    public Optional<BundleActivator> newBundleActivator() {
        return Optional.empty();
    }

    private final class Part implements ConnectContent {
        private final Map<String, String> headers;
        private final List<String> entries;

        private Part(Map<String, String> headers) {
            this.headers = headers;
            entries = Arrays.stream(headers.getOrDefault(SERVICE_COMPONENT, "").split(",")).map(String::trim)
                .filter(entry -> !entry.isEmpty()).collect(Collectors.toList());
        }

        @Override
        public Optional<Map<String, String>> getHeaders() {
            return Optional.of(headers);
        }

        @Override
        public Iterable<String> getEntries() {
            return entries;
        }

        @Override
        public Optional<ConnectEntry> getEntry(String path) {
            String name = path.startsWith("/") ? path.substring(1) : path;
            return entries.contains(name) ? Optional.of(new Descriptor(name)) : Optional.empty();
        }

        @Override
        public Optional<ClassLoader> getClassLoader() {
            return Optional.of(loader);
        }

        @Override
        public void open() {
            // The class path is open as long as the host runs.
        }

        @Override
        public void close() {
            // See open().
        }
    }

    private final class Descriptor implements ConnectContent.ConnectEntry {
        private final String name;

        private Descriptor(String name) {
            this.name = name;
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public long getLastModified() {
            return 0;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream in = loader.getResourceAsStream(name);
            if (in == null) {
                throw new IOException("The class path lacks the component descriptor " + name);
            }
            return in;
        }
    }
}
