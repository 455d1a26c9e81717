// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.rpc.Code;
import com.google.rpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import p4.v1.P4RuntimeOuterClass;
import p4.v1.P4RuntimeOuterClass.MasterArbitrationUpdate;
import p4.v1.P4RuntimeOuterClass.StreamMessageResponse;

/**
 * Who is primary in each role (P4Runtime 1.3, section 5). Callers hold the device's write lock, so that no write is
 * under way while the primary changes; {@link #primaries} alone may be called by anyone.
 */
final class Arbitration {
    /** Streams in one role; enough for any cluster. */
    private static final int MOST_STREAMS = 64;
    /** Roles that are remembered, because their highest election ids must be. */
    private static final int MOST_ROLES = 256;

    private final long deviceId;
    private final Map<RoleName, Role> roles = new HashMap<>();
    private volatile List<Primary> primaries = List.of();

    /** The controllers of one role, and what its last primary said that the role may do. */
    private static final class Role {
        private final List<Controller> controllers = new ArrayList<>();
        private Access access;
        private Controller primary;
        private ElectionId highest;

        Role(RoleName name) {
            access = new Access(name, null);
        }
    }

    /** Who is told of packets and events, and of which. */
    record Primary(Controller controller, Access access) { }

    Arbitration(long deviceId) {
        this.deviceId = deviceId;
        roles.put(RoleName.DEFAULT, new Role(RoleName.DEFAULT));
    }

    /** The primary of every role that has one. */
    List<Primary> primaries() {
        return primaries;
    }

    /** Takes a controller's message; what is refused here ends its stream. */
    void update(Controller controller, MasterArbitrationUpdate update) throws Refusal {
        boolean first = controller.role() == null;
        if (update.getDeviceId() != deviceId) {
            String text = "this is device " + Long.toUnsignedString(deviceId) + ", not "
                    + Long.toUnsignedString(update.getDeviceId());
            throw first ? Refusal.notFound(text)
                    : Refusal.of(io.grpc.Status.Code.FAILED_PRECONDITION, text + ": open another stream for it");
        }
        RoleName name = RoleName.of(update.getRole());
        if (!first && !controller.role().equals(name)) {
            throw Refusal.of(io.grpc.Status.Code.FAILED_PRECONDITION, "this stream has " + controller.role()
                    + ": open another stream for " + name);
        }
        Access access = access(name, update.getRole());
        ElectionId id = update.hasElectionId() ? ElectionId.of(update.getElectionId()) : null;
        Role role = roles.getOrDefault(name, new Role(name));
        checkFree(controller, role, id);
        if (first) {
            if (!roles.containsKey(name) && roles.size() >= MOST_ROLES) {
                throw Refusal.of(io.grpc.Status.Code.RESOURCE_EXHAUSTED, "there are " + MOST_ROLES
                        + " roles already: use one of them");
            }
            if (role.controllers.size() >= MOST_STREAMS) {
                throw Refusal.of(io.grpc.Status.Code.RESOURCE_EXHAUSTED, "role has " + MOST_STREAMS
                        + " streams already: close one of them");
            }
            role.controllers.add(controller);
            roles.put(name, role);
        } else if (Objects.equals(id, controller.electionId())) {
            if (role.primary == controller) {
                appoint(role, controller, access);
                notifyAll(role);
            }
            return;
        }
        controller.identify(name, id);
        elect(controller, role, access);
    }

    private Access access(RoleName name, P4RuntimeOuterClass.Role given) throws Refusal {
        if (!given.hasConfig()) {
            return new Access(name, null);
        }
        if (name.isDefault()) {
            throw Refusal.invalid("role.config is for a role with a name or an id: the default role may do everything");
        }
        RoleConfig config = RoleConfig.read(given.getConfig());
        for (Role other : roles.values()) {
            if (!other.access.role().equals(name) && other.access.config() != null) {
                config.checkBeside(other.access.role(), other.access.config());
            }
        }
        return new Access(name, config);
    }

    private static void checkFree(Controller controller, Role role, ElectionId id) throws Refusal {
        for (Controller other : role.controllers) {
            if (other != controller && id != null && id.equals(other.electionId())) {
                throw Refusal.invalid("election id " + id + " is used by another controller: choose another");
            }
        }
    }

    private void elect(Controller controller, Role role, Access access) {
        ElectionId id = controller.electionId();
        boolean wins = id != null && (role.highest == null || id.compareTo(role.highest) >= 0);
        if (wins) {
            role.highest = id;
            appoint(role, controller, access);
            notifyAll(role);
        } else if (role.primary == controller) {
            appoint(role, null, role.access);
            notifyAll(role);
        } else {
            notify(controller, role);
        }
    }

    private void appoint(Role role, Controller controller, Access access) {
        role.access = access;
        if (role.primary != null) {
            role.primary.primary(false);
        }
        role.primary = controller;
        if (controller != null) {
            controller.primary(true);
        }
        List<Primary> now = new ArrayList<>();
        for (Role any : roles.values()) {
            if (any.primary != null) {
                now.add(new Primary(any.primary, any.access));
            }
        }
        primaries = List.copyOf(now);
    }

    /** Forgets a controller whose stream has ended. */
    void remove(Controller controller) {
        if (controller.role() == null) {
            return;
        }
        Role role = roles.get(controller.role());
        role.controllers.remove(controller);
        if (role.primary == controller) {
            appoint(role, null, role.access);
            notifyAll(role);
        }
    }

    /**
     * What a role may do. Who reads needs no stream: in a role in which nobody has stood yet he sees what the program
     * gives to it.
     */
    Access access(RoleName name) {
        Role role = roles.get(name);
        return role == null ? new Access(name, null) : role.access;
    }

    /** What the primary may do; NOT_FOUND for an unknown role, PERMISSION_DENIED for who is not primary. */
    Access primary(RoleName name, ElectionId id) throws Refusal {
        Role role = roles.get(name);
        if (role == null) {
            throw Refusal.notFound("no controller has " + name);
        }
        if (role.primary == null || !role.primary.electionId().equals(id)) {
            throw Refusal.of(io.grpc.Status.Code.PERMISSION_DENIED, "election id " + id + " is not that of the primary"
                    + (role.primary == null ? ", there is none" : "")
                    + ": send a MasterArbitrationUpdate on a stream first");
        }
        return role.access;
    }

    private void notifyAll(Role role) {
        role.controllers.forEach(controller -> notify(controller, role));
    }

    private void notify(Controller controller, Role role) {
        MasterArbitrationUpdate.Builder update = MasterArbitrationUpdate.newBuilder().setDeviceId(deviceId);
        if (!role.access.role().isDefault()) {
            update.setRole(role.access.role().toMessage());
        }
        if (role.access.config() != null) {
            update.getRoleBuilder().setConfig(role.access.config().message());
        }
        if (role.highest != null) {
            update.setElectionId(role.highest.toMessage());
        }
        Status.Builder status = update.getStatusBuilder();
        if (role.primary == controller) {
            status.setCode(Code.OK_VALUE).setMessage("you are primary");
        } else if (role.primary != null) {
            status.setCode(Code.ALREADY_EXISTS_VALUE).setMessage("you are backup");
        } else {
            status.setCode(Code.NOT_FOUND_VALUE).setMessage("you are backup, there is no primary");
        }
        controller.send(StreamMessageResponse.newBuilder().setArbitration(update).build());
    }
}
