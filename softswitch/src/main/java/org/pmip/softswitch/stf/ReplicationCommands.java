// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.stf;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.pmip.softswitch.pipeline.Replication;
import org.pmip.softswitch.pipeline.Replication.Replica;
import org.pmip.softswitch.pipeline.TableException;

/**
 * Multicast groups and clone sessions as bmv2's command line builds them: from nodes, which are associated with groups;
 * a session copies to a port or to a group.
 */
final class ReplicationCommands {
    private final Replication replication;
    private final List<List<Replica>> nodes = new ArrayList<>();
    private final Map<Integer, List<Integer>> groups = new TreeMap<>();
    private final Map<Integer, Integer> sessionGroups = new TreeMap<>();
    private final Map<Integer, Integer> sessionPorts = new TreeMap<>();

    ReplicationCommands(Replication replication) {
        this.replication = replication;
    }

    /** Executes a command with its numbers; false when it is none of these. Throws IllegalArgumentException. */
    boolean execute(String command, List<Integer> numbers) throws TableException {
        switch (command) {
            case "mc_mgrp_create" -> groups.put(number(numbers, 0), new ArrayList<>());
            case "mc_node_create" -> nodes.add(replicas(number(numbers, 0), numbers));
            case "mc_node_update" -> {
                int node = node(number(numbers, 0));
                int instance = nodes.get(node).isEmpty() ? 0 : nodes.get(node).get(0).instance();
                nodes.set(node, replicas(instance, numbers));
            }
            case "mc_node_associate" -> group(number(numbers, 0)).add(node(number(numbers, 1)));
            case "mirroring_add" -> {
                sessionGroups.remove(number(numbers, 0));
                sessionPorts.put(number(numbers, 0), number(numbers, 1));
            }
            case "mirroring_add_mc" -> {
                sessionPorts.remove(number(numbers, 0));
                sessionGroups.put(number(numbers, 0), number(numbers, 1));
            }
            case "mirroring_delete" -> {
                sessionPorts.remove(number(numbers, 0));
                sessionGroups.remove(number(numbers, 0));
            }
            default -> {
                return false;
            }
        }
        apply();
        return true;
    }

    private static int number(List<Integer> numbers, int index) {
        if (index >= numbers.size()) {
            throw new IllegalArgumentException("a number is missing");
        }
        return numbers.get(index);
    }

    private static List<Replica> replicas(int instance, List<Integer> numbers) {
        return numbers.subList(1, numbers.size()).stream().map(port -> new Replica(port, instance)).toList();
    }

    private int node(int handle) {
        if (handle >= nodes.size()) {
            throw new IllegalArgumentException("there is no multicast node " + handle);
        }
        return handle;
    }

    private List<Integer> group(int id) {
        List<Integer> group = groups.get(id);
        if (group == null) {
            throw new IllegalArgumentException("there is no multicast group " + id);
        }
        return group;
    }

    private List<Replica> members(int group) {
        return groups.getOrDefault(group, List.of()).stream().flatMap(node -> nodes.get(node).stream()).distinct()
                .toList();
    }

    /** A node may be changed after its group was given to a session, so that everything is made anew. */
    private void apply() throws TableException {
        for (Replication.CloneSession old : replication.sessions()) {
            replication.deleteSession(old.id());
        }
        for (Replication.Group old : replication.groups()) {
            replication.deleteGroup(old.id());
        }
        for (int group : groups.keySet()) {
            replication.insertGroup(new Replication.Group(group, members(group)));
        }
        for (Map.Entry<Integer, Integer> session : sessionPorts.entrySet()) {
            replication.insertSession(new Replication.CloneSession(session.getKey(),
                    List.of(new Replica(session.getValue(), 0)), 0));
        }
        for (Map.Entry<Integer, Integer> session : sessionGroups.entrySet()) {
            replication.insertSession(new Replication.CloneSession(session.getKey(), members(session.getValue()), 0));
        }
    }
}
