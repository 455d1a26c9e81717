// SPDX-License-Identifier: Apache-2.0
package org.pmip.checks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The modules of the build and who depends on whom, as their poms say. Immutable. */
public final class Reactor {

    /** Group of all our artifacts. */
    private static final String GROUP = "org.pmip";

    private final Path root;
    private final List<Module> modules;

    private Reactor(Path root, List<Module> modules) {
        this.root = root;
        this.modules = List.copyOf(modules);
    }

    /**
     * A dependency on one of our own modules.
     *
     * @param artifactId the other module
     * @param scope Maven scope, {@code compile} where the pom is silent
     */
    public record Dependency(String artifactId, String scope) {
    }

    /**
     * One module.
     *
     * @param path folder relative to the root, with forward slashes
     * @param artifactId its artifact
     * @param dependencies on our own modules only
     */
    public record Module(String path, String artifactId, List<Dependency> dependencies) {

        /** Whether it holds the product, not the tools that check it. */
        public boolean isProduct() {
            return !path.startsWith("checks/");
        }
    }

    /**
     * Reads the root pom and those of its modules.
     *
     * @throws IllegalArgumentException when a pom is no XML
     */
    public static Reactor read(Path root) throws IOException {
        List<Module> modules = new ArrayList<>();
        for (String path : children(children(pom(root), "modules").get(0), "module").stream()
                .map(element -> element.getTextContent().trim()).toList()) {
            Element project = pom(root.resolve(path));
            List<Dependency> dependencies = new ArrayList<>();
            for (Element list : children(project, "dependencies")) {
                for (Element dependency : children(list, "dependency")) {
                    if (text(dependency, "groupId").orElse("").equals(GROUP)) {
                        dependencies.add(new Dependency(text(dependency, "artifactId").orElseThrow(),
                                text(dependency, "scope").orElse("compile")));
                    }
                }
            }
            modules.add(new Module(path, text(project, "artifactId").orElseThrow(), List.copyOf(dependencies)));
        }
        return new Reactor(root, modules);
    }

    /** The folder that holds the root pom. */
    public Path root() {
        return root;
    }

    /** The modules in the order of the root pom. */
    public List<Module> modules() {
        return modules;
    }

    /** The module itself and all of ours that it depends on, through others too. */
    public Set<Module> closure(Module module) {
        Set<Module> found = new LinkedHashSet<>();
        add(module, found);
        return found;
    }

    private void add(Module module, Set<Module> found) {
        if (found.add(module)) {
            for (Dependency dependency : module.dependencies()) {
                modules.stream().filter(other -> other.artifactId().equals(dependency.artifactId()))
                        .forEach(other -> add(other, found));
            }
        }
    }

    private static Element pom(Path folder) throws IOException {
        Path file = folder.resolve("pom.xml");
        try (var in = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> text(Element parent, String name) {
        return children(parent, name).stream().map(element -> element.getTextContent().trim()).findFirst();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
