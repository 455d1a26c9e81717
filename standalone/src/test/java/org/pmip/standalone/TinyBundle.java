// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.pmip.standalone.tiny.TinyComponent;

/**
 * Makes a bundle of one component.
 */
final class TinyBundle {
    private static final String IMPORTS = "org.onosproject.cfg;version=\"[2.5,3)\","
        + "org.onosproject.net.flow;version=\"[2.5,3)\"";
    private static final String DESCRIPTOR = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        + "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"%1$s\" immediate=\"true\""
        + " activate=\"activate\" modified=\"modified\" deactivate=\"deactivate\">"
        + "<implementation class=\"%1$s\"/>"
        + "<service><provide interface=\"java.util.function.Supplier\"/></service>"
        + "<property name=\"greeting\" value=\"hello\"/>"
        + "<reference name=\"configs\" interface=\"org.onosproject.cfg.ComponentConfigService\" bind=\"bindConfigs\"/>"
        + "<reference name=\"rules\" interface=\"%2$s\" bind=\"bindRules\"/>"
        + "</scr:component>";

    private TinyBundle() {
    }

    static Path make(Path folder) throws IOException {
        return make(folder, IMPORTS, "org.onosproject.net.flow.FlowRuleService");
    }

    static Path importing(Path folder, String missing) throws IOException {
        return make(folder, IMPORTS + ',' + missing, "org.onosproject.net.flow.FlowRuleService");
    }

    static Path referring(Path folder, String service) throws IOException {
        return make(folder, IMPORTS, service);
    }

    private static Path make(Path folder, String imports, String service) throws IOException {
        String name = TinyComponent.class.getName();
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Bundle-ManifestVersion", "2");
        attributes.putValue("Bundle-SymbolicName", "org.pmip.standalone.tiny");
        attributes.putValue("Bundle-Version", "1.0.0");
        attributes.putValue("Import-Package", imports);
        attributes.putValue("Service-Component", "OSGI-INF/" + name + ".xml");
        Path jar = folder.resolve("tiny.jar");
        try (OutputStream out = Files.newOutputStream(jar); JarOutputStream entries = new JarOutputStream(out,
            manifest)) {
            String path = name.replace('.', '/');
            try (InputStream code = TinyComponent.class.getResourceAsStream("TinyComponent.class")) {
                put(entries, path + ".class", code.readAllBytes());
            }
            put(entries, path + ".cfgdef", "greeting|STRING|hello|What to say\n".getBytes(StandardCharsets.UTF_8));
            put(entries, "OSGI-INF/" + name + ".xml",
                String.format(DESCRIPTOR, name, service).getBytes(StandardCharsets.UTF_8));
        }
        return jar;
    }

    private static void put(JarOutputStream entries, String name, byte[] content) throws IOException {
        entries.putNextEntry(new JarEntry(name));
        entries.write(content);
        entries.closeEntry();
    }
}
