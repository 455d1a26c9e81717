// SPDX-License-Identifier: Apache-2.0
package org.pmip.standalone.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.onosproject.net.DeviceId;
import org.pmip.standalone.net.Drivers;
import org.pmip.standalone.p4runtime.TargetAddress;

/**
 * The configuration file of the host: ONOS's network configuration as it is, and a section {@code standalone} that
 * the host alone reads. Immutable, safe for use by many threads.
 *
 * @param network what ONOS gets: everything but the section {@code standalone}
 * @param targets addresses of all devices, in the order of the file
 * @param switches that the host runs itself, in the order of the file
 * @param storeDirectory where the store is kept, if it is to survive the process
 */
public record RunConfiguration(ObjectNode network, Map<DeviceId, TargetAddress> targets, List<SwitchSection> switches,
                               Optional<Path> storeDirectory) {
    /** Key of the section that is not ONOS's. */
    static final String STANDALONE = "standalone";

    private static final String DEVICES = "devices";
    private static final String APPS = "apps";
    private static final String APP = "org.pmip";
    private static final String APP_KEY = "pmip";
    private static final String PIPECONF = "org.pmip.pipeconf";
    private static final List<String> ROLES = List.of("lma", "mag");
    private static final Set<String> TOP = Set.of(DEVICES, APPS, STANDALONE, "ports", "links", "hosts", "regions",
        "layouts");
    private static final Set<String> BASIC = Set.of("managementAddress", "driver", "pipeconf", "type", "manufacturer",
        "hwVersion", "swVersion", "serial", "deviceKeyId", "purgeOnDisconnection", "name", "locType", "latitude",
        "longitude", "gridX", "gridY", "uiType", "rackAddress", "owner", "roles", "allowed");

    /**
     * Reads a file.
     *
     * @param file JSON
     * @param application says what is wrong with the object under apps/org.pmip/pmip, one line a problem
     * @return the configuration
     * @throws ConfigurationException with all problems
     */
    public static RunConfiguration read(Path file, Function<JsonNode, List<String>> application)
        throws ConfigurationException {
        JsonNode root;
        try {
            ObjectMapper mapper = new ObjectMapper();
            mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            mapper.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
            root = mapper.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ConfigurationException(List.of(file + ": is no JSON: " + e.getOriginalMessage() + " in line "
                + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr()));
        } catch (NoSuchFileException e) {
            throw new ConfigurationException(List.of(file + ": there is no such file"));
        } catch (IOException e) {
            throw new ConfigurationException(List.of(file + ": cannot be read: " + (Files.isDirectory(file)
                ? "it is a directory" : Files.isReadable(file) ? e.getMessage() : "not permitted")));
        }
        if (root == null || !root.isObject()) {
            throw new ConfigurationException(List.of(file + ": is no JSON object: write {\"devices\": {...}, ...}"));
        }
        return check((ObjectNode) root, application);
    }

    /**
     * Checks a configuration.
     *
     * @param root of the file
     * @param application as for {@link #read}
     * @return the configuration
     * @throws ConfigurationException with all problems
     */
    public static RunConfiguration check(ObjectNode root, Function<JsonNode, List<String>> application)
        throws ConfigurationException {
        Problems problems = new Problems();
        problems.knownOnly(root, "", TOP);
        Map<DeviceId, TargetAddress> targets = devices(problems, problems.object(root, "", DEVICES));
        JsonNode standalone = problems.object(root, "", STANDALONE);
        problems.knownOnly(standalone, STANDALONE, Set.of("softswitches", "storage"));
        List<SwitchSection> switches = SwitchSection.all(problems,
            problems.object(standalone, STANDALONE, "softswitches"), targets);
        Optional<Path> store = storage(problems, problems.object(standalone, STANDALONE, "storage"));
        applications(problems, problems.object(root, "", APPS), targets, application);
        if (!problems.lines().isEmpty()) {
            throw new ConfigurationException(problems.lines());
        }
        ObjectNode network = root.deepCopy();
        network.remove(STANDALONE);
        return new RunConfiguration(network, targets, switches, store);
    }

    private static Map<DeviceId, TargetAddress> devices(Problems problems, JsonNode devices) {
        Map<DeviceId, TargetAddress> targets = new LinkedHashMap<>();
        if (devices.isEmpty()) {
            problems.add(
                DEVICES, "names no device: write {\"device:NAME\": {\"basic\": {\"managementAddress\": ...}}}");
        }
        devices.fields().forEachRemaining(device -> {
            String path = Problems.join(DEVICES, device.getKey());
            try {
                DeviceId id = DeviceId.deviceId(device.getKey());
                JsonNode sections = problems.object(devices, DEVICES, device.getKey());
                problems.knownOnly(sections, path, Set.of("basic", "ports"));
                TargetAddress address = basic(problems, problems.object(sections, path, "basic"),
                    Problems.join(path, "basic"));
                if (address != null) {
                    targets.forEach((other, same) -> {
                        if (address.equals(same)) {
                            problems.add(path + "/basic/managementAddress", "is that of " + other
                                + ", too: each device needs an address or a device_id of its own");
                        }
                    });
                }
                targets.put(id, address);
            } catch (IllegalArgumentException e) {
                problems.add(path, "is no device identity: write device:NAME");
            }
        });
        return targets;
    }

    private static TargetAddress basic(Problems problems, JsonNode basic, String path) {
        problems.knownOnly(basic, path, BASIC);
        String driver = problems.text(basic, path, "driver", "write \"bmv2\" for a P4Runtime target");
        if (driver != null && !Drivers.P4RUNTIME.contains(driver)) {
            problems.add(path + "/driver", "is " + driver + ": should be one of "
                + String.join(", ", new TreeSet<>(Drivers.P4RUNTIME)));
        }
        String pipeconf = problems.text(basic, path, "pipeconf", "write \"" + PIPECONF + '"');
        if (pipeconf != null && !PIPECONF.equals(pipeconf)) {
            problems.add(path + "/pipeconf", "is " + pipeconf + ": should be " + PIPECONF);
        }
        String address = problems.text(basic, path, "managementAddress", "write \"grpc://HOST:PORT?device_id=N\"");
        try {
            return address == null ? null : TargetAddress.parse(address);
        } catch (IllegalArgumentException e) {
            problems.add(path + "/managementAddress", e.getMessage());
            return null;
        }
    }

    private static Optional<Path> storage(Problems problems, JsonNode storage) {
        String path = STANDALONE + "/storage";
        problems.knownOnly(storage, path, Set.of("directory"));
        if (storage.isMissingNode()) {
            return Optional.empty();
        }
        String directory = problems.text(storage, path, "directory",
            "write the path of a directory, or leave the section storage out");
        if (directory == null) {
            return Optional.empty();
        }
        Path chosen = Path.of(directory);
        if (Files.exists(chosen) && !Files.isDirectory(chosen)) {
            problems.add(path + "/directory", directory + " is a file: choose a directory");
        } else if (!writable(chosen.toAbsolutePath())) {
            problems.add(path + "/directory", directory + " cannot be written: choose another or change its owner");
        }
        return Optional.of(chosen);
    }

    private static boolean writable(Path directory) {
        Path there = directory;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        return there != null && Files.isWritable(there);
    }

    private static void applications(Problems problems, JsonNode apps, Map<DeviceId, TargetAddress> targets,
                                     Function<JsonNode, List<String>> application) {
        problems.knownOnly(apps, APPS, Set.of(APP));
        JsonNode app = problems.object(apps, APPS, APP);
        String path = APPS + '/' + APP;
        problems.knownOnly(app, path, Set.of(APP_KEY));
        JsonNode section = problems.object(app, path, APP_KEY);
        path = path + '/' + APP_KEY;
        if (section.isMissingNode()) {
            problems.add(path, "is missing: without it the application does nothing");
            return;
        }
        if (ROLES.stream().noneMatch(section::hasNonNull)) {
            problems.add(path, "names no role: write {\"lma\": {...}} for an anchor, {\"mag\": {...}} for gateways");
        }
        problems.addAll(application.apply(section));
        List<String> named = new ArrayList<>();
        JsonNode switches = section.path("switches");
        if (switches.isObject()) {
            switches.fieldNames().forEachRemaining(named::add);
        }
        for (String name : named) {
            missing(problems, path + "/switches/" + name, name, targets);
        }
        for (String role : ROLES) {
            JsonNode device = section.path(role).path("device");
            if (device.isTextual() && !named.contains(device.textValue())) {
                missing(problems, path + '/' + role + "/device", device.textValue(), targets);
            }
        }
    }

    private static void missing(Problems problems, String path, String name, Map<DeviceId, TargetAddress> targets) {
        if (targets.keySet().stream().noneMatch(id -> id.toString().equals(name))) {
            problems.add(path, name + " is no device of this file: add " + DEVICES + '/' + name
                + " or correct the name");
        }
    }
}
