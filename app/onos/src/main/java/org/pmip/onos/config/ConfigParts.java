// SPDX-License-Identifier: Apache-2.0
package org.pmip.onos.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of the configuration is whose business: a change of anything else leaves it at work. Pure functions.
 */
public final class ConfigParts {

    private static final String LMA = "lma";
    private static final String MAG = "mag";
    private static final String SWITCHES = "switches";
    private static final String PARAMETERS = "parameters";
    /** What gateways look at of an anchor in the same application. */
    private static final List<String> TOLD_TO_GATEWAYS =
            List.of("device", "address", "ipv4Address", "enableMagLocalRouting", "mobileNodes");

    private ConfigParts() {
    }

    /**
     * What makes another anchor of it: all but its protocol variables, which the anchor at work takes over, and what
     * gateways on other switches have.
     *
     * @param root the whole configuration, or null for none
     */
    public static JsonNode anchor(JsonNode root) {
        ObjectNode part = copy(root);
        Set<String> gateways = gateways(part);
        Set<String> anchors = devices(part.path(LMA));
        if (part.path(LMA).isObject()) {
            ((ObjectNode) part.get(LMA)).remove(PARAMETERS);
        }
        if (anchors.stream().noneMatch(gateways::contains)) {
            part.remove(MAG);
            withoutSwitches(part, gateways);
        }
        return part;
    }

    /**
     * What makes other gateways of them: all but what only the anchor and its switch have.
     *
     * @param root the whole configuration, or null for none
     */
    public static JsonNode gateways(JsonNode root) {
        ObjectNode part = copy(root);
        Set<String> anchors = devices(part.path(LMA));
        Set<String> gateways = gateways(part);
        if (part.path(LMA).isObject()) {
            ((ObjectNode) part.get(LMA)).retain(TOLD_TO_GATEWAYS);
        }
        if (anchors.stream().noneMatch(gateways::contains)) {
            withoutSwitches(part, anchors);
        }
        return part;
    }

    /** What gateways have, without their protocol variables, which those at work take over. */
    public static JsonNode withoutVariables(JsonNode part) {
        ObjectNode rest = copy(part);
        if (rest.path(MAG).isObject()) {
            ((ObjectNode) rest.get(MAG)).remove(PARAMETERS);
        }
        return rest;
    }

    private static ObjectNode copy(JsonNode root) {
        return root != null && root.isObject() ? root.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    private static Set<String> gateways(ObjectNode root) {
        Set<String> devices = new TreeSet<>();
        root.path(MAG).path("gateways").forEach(one -> devices.addAll(devices(one)));
        return devices;
    }

    private static Set<String> devices(JsonNode one) {
        return one.path("device").isTextual() ? Set.of(one.get("device").asText()) : Set.of();
    }

    private static void withoutSwitches(ObjectNode root, Set<String> devices) {
        if (root.path(SWITCHES).isObject()) {
            ((ObjectNode) root.get(SWITCHES)).remove(new ArrayList<>(devices));
        }
    }
}
