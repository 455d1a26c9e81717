// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.AllServiceListener;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * An OSGi framework in this process, whose system bundle exports the class path.
 *
 * <p>Bundles are installed from files and resolved against those exports, as they would be in Karaf. Several
 * instances may live in one process. Safe for use by many threads once {@link #start} has returned.
 */
public final class EmbeddedFramework implements AutoCloseable {
    private static final String SCR = "org.apache.felix.scr";
    private static final String CONFIG_ADMIN = "org.apache.felix.configadmin";
    private static final Set<String> NOT_EXPORTED = Set.of(SCR, CONFIG_ADMIN, "org.apache.felix.framework",
        "org.pmip.protocol", "org.pmip.pipeconf", "org.pmip.onos");
    private static final long STOP_MILLIS = 3000;

    private final Framework framework;
    private final HostParts parts;
    private final BundleHeaders classPath;
    /** What was looked up since services last came or went: drivers ask for several with each packet and rule. */
    private volatile Map<String, Found> found = new ConcurrentHashMap<>();

    private record Found(ServiceReference<?> reference, Object service) {
    }

    private EmbeddedFramework(Framework framework, HostParts parts, BundleHeaders classPath) {
        this.framework = framework;
        this.parts = parts;
        this.classPath = classPath;
        AllServiceListener forget = event -> found = new ConcurrentHashMap<>();
        framework.getBundleContext().addServiceListener(forget);
    }

    /**
     * Starts a framework with the configuration admin and declarative services.
     *
     * @param cache folder for the framework's own files, emptied at each start
     * @return the running framework
     * @throws BundleException when the framework or one of the two bundles does not start
     * @throws IOException when the class path cannot be read
     */
    public static EmbeddedFramework start(Path cache) throws BundleException, IOException {
        ClassLoader loader = EmbeddedFramework.class.getClassLoader();
        BundleHeaders classPath = BundleHeaders.of(loader);
        HostParts parts = new HostParts(loader);
        Map<String, String> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, classPath.exportsExcept(NOT_EXPORTED));
        // The log service's place is taken by SLF4J; the framework itself only speaks of errors.
        properties.put("felix.log.level", "1");
        // Declarative services would otherwise start a timer for each change, which outlives the framework.
        properties.put("ds.service.changecount.timeout", "0");
        // Resolving a dozen bundles needs no threads of its own.
        properties.put("felix.resolver.parallelism", "1");
        Framework framework = new org.apache.felix.framework.FrameworkFactory().newFramework(properties, parts);
        framework.init();
        framework.start();
        HostBundles.started(framework);
        EmbeddedFramework embedded = new EmbeddedFramework(framework, parts, classPath);
        try {
            embedded.startBundle(embedded.fromClassPath(CONFIG_ADMIN));
            embedded.startBundle(embedded.fromClassPath(SCR));
        } catch (BundleException e) {
            embedded.close();
            throw e;
        }
        return embedded;
    }

    /**
     * Where a bundle of the class path is.
     *
     * @param symbolicName its Bundle-SymbolicName
     * @return its location for {@link #install}
     * @throws BundleException when it is not on the class path
     */
    public String fromClassPath(String symbolicName) throws BundleException {
        String location = classPath.location(symbolicName);
        if (location == null) {
            throw new BundleException("The bundle " + symbolicName + " is not on the class path");
        }
        return location;
    }

    /**
     * A bundle of the class path that keeps the classes of the host, so that host and bundle can talk in the
     * bundle's types. It is resolved as its manifest demands.
     *
     * @param symbolicName its Bundle-SymbolicName
     * @return its location for {@link #install}
     * @throws BundleException when it is not on the class path
     */
    public String sharedFromClassPath(String symbolicName) throws BundleException {
        fromClassPath(symbolicName);
        return parts.declare(symbolicName, classPath.headers(symbolicName));
    }

    /**
     * Starts components whose classes and descriptors are on the class path.
     *
     * @param name of this group, for messages; unique in this framework
     * @param components class names
     * @throws BundleException when the group does not start
     */
    public void startParts(String name, List<String> components) throws BundleException {
        startBundle(parts.declare(name, components));
    }

    /**
     * Installs a bundle without starting it.
     *
     * @param location URL of its file
     * @return the bundle
     * @throws BundleException when the file is no bundle
     */
    public Bundle install(String location) throws BundleException {
        return framework.getBundleContext().installBundle(location);
    }

    private void startBundle(String location) throws BundleException {
        install(location).start();
    }

    /**
     * Resolves and starts installed bundles, all or none: each problem found is in the message.
     *
     * @param bundles to start, in this order
     * @throws BundleException when one does not resolve or start
     */
    public void start(List<Bundle> bundles) throws BundleException {
        framework.adapt(FrameworkWiring.class).resolveBundles(bundles);
        List<String> problems = new ArrayList<>();
        for (Bundle bundle : bundles) {
            try {
                bundle.start();
            } catch (BundleException e) {
                problems.add(bundle.getSymbolicName() + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new BundleException(String.join("; ", problems));
        }
    }

    /**
     * Registers a service of the host.
     *
     * @param service object
     * @param types interfaces under which it is found
     */
    public void register(Object service, Class<?>... types) {
        String[] names = new String[types.length];
        for (int i = 0; i < types.length; i++) {
            names[i] = types[i].getName();
        }
        Dictionary<String, Object> none = new Hashtable<>();
        framework.getBundleContext().registerService(names, service, none);
    }

    /**
     * Looks a service up.
     *
     * @param type interface of the class path
     * @param <T> type
     * @return the service, or null when nobody offers it
     */
    public <T> T service(Class<T> type) {
        return type.cast(service(type.getName()));
    }

    /**
     * Looks a service up by the name of its interface, which may be a class that only bundles see.
     *
     * @param type name of the interface
     * @return the service, or null when nobody offers it
     */
    public Object service(String type) {
        BundleContext context = framework.getBundleContext();
        if (context == null) {
            throw new IllegalStateException("The framework is stopped");
        }
        Map<String, Found> known = found;
        Found before = known.get(type);
        // A service that goes is still to be found while its going is told, hence is looked at again.
        if (before != null && before.reference().getBundle() != null) {
            return before.service();
        }
        try {
            // All references: the system bundle need not see the class under which a bundle registered.
            ServiceReference<?>[] references = context.getAllServiceReferences(type, null);
            Object service = references == null ? null : context.getService(references[0]);
            if (service != null) {
                known.put(type, new Found(references[0], service));
            }
            return service;
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * The framework's own context.
     *
     * @return context of the system bundle
     */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /**
     * Stops all bundles in the reverse order of their start, then the framework.
     *
     * @throws BundleException when it does not stop within three seconds
     */
    @Override
    public void close() throws BundleException {
        HostBundles.stopped(framework);
        framework.stop();
        try {
            FrameworkEvent event = framework.waitForStop(STOP_MILLIS);
            if (event.getType() == FrameworkEvent.WAIT_TIMEDOUT) {
                throw new BundleException("The framework did not stop within " + TimeUnit.MILLISECONDS.toSeconds(
                    STOP_MILLIS) + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("Interrupted while the framework stopped", e);
        }
    }
}
