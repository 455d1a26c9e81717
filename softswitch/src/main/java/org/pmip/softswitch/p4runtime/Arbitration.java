// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.p4runtime;

import com.google.rpc.Code;
import com.google.rpc.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** Field name of a role since P4Runtime 1.4; without it the role would be taken for the default one. */
    private static final int ROLE_NAME = 3;

    private final long deviceId;
    private final Map<Long, Role> roles = new HashMap<>();
    private volatile List<Controller> primaries = List.of();

    /** The controllers of one role. */
    private static final class Role {
        private final List<Controller> controllers = new ArrayList<>();
        private Controller primary;
        private ElectionId highest;
    }

    Arbitration(long deviceId) {
        this.deviceId = deviceId;
        roles.put(0L, new Role());
    }

    /** The primary of every role that has one. */
    List<Controller> primaries() {
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
        long roleId = update.getRole().getId();
        if (!first && controller.role() != roleId) {
            throw Refusal.of(io.grpc.Status.Code.FAILED_PRECONDITION, "this stream has role "
                    + Long.toUnsignedString(controller.role()) + ": open another stream for role "
                    + Long.toUnsignedString(roleId));
        }
        if (update.getRole().hasConfig()) {
            throw Refusal.invalid("role.config is not understood: leave it out, every role may do everything");
        }
        if (update.getRole().getUnknownFields().hasField(ROLE_NAME)) {
            throw Refusal.unsupported("role.name is not known here, as P4Runtime 1.3 has none: give role.id, or leave "
                    + "the role out");
        }
        ElectionId id = update.hasElectionId() ? ElectionId.of(update.getElectionId()) : null;
        Role role = roles.getOrDefault(roleId, new Role());
        checkFree(controller, role, id);
        if (first) {
            if (!roles.containsKey(roleId) && roles.size() >= MOST_ROLES) {
                throw Refusal.of(io.grpc.Status.Code.RESOURCE_EXHAUSTED, "there are " + MOST_ROLES
                        + " roles already: use one of them");
            }
            if (role.controllers.size() >= MOST_STREAMS) {
                throw Refusal.of(io.grpc.Status.Code.RESOURCE_EXHAUSTED, "role has " + MOST_STREAMS
                        + " streams already: close one of them");
            }
            role.controllers.add(controller);
            roles.put(roleId, role);
        } else if (Objects.equals(id, controller.electionId())) {
            if (role.primary == controller) {
                notifyAll(roleId, role);
            }
            return;
        }
        controller.identify(roleId, id);
        elect(controller, roleId, role);
    }

    private static void checkFree(Controller controller, Role role, ElectionId id) throws Refusal {
        for (Controller other : role.controllers) {
            if (other != controller && id != null && id.equals(other.electionId())) {
                throw Refusal.invalid("election id " + id + " is used by another controller: choose another");
            }
        }
    }

    private void elect(Controller controller, long roleId, Role role) {
        ElectionId id = controller.electionId();
        boolean wins = id != null && (role.highest == null || id.compareTo(role.highest) >= 0);
        if (wins) {
            role.highest = id;
            appoint(role, controller);
            notifyAll(roleId, role);
        } else if (role.primary == controller) {
            appoint(role, null);
            notifyAll(roleId, role);
        } else {
            notify(controller, roleId, role);
        }
    }

    private void appoint(Role role, Controller controller) {
        if (role.primary != null) {
            role.primary.primary(false);
        }
        role.primary = controller;
        if (controller != null) {
            controller.primary(true);
        }
        List<Controller> now = new ArrayList<>();
        for (Role any : roles.values()) {
            if (any.primary != null) {
                now.add(any.primary);
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
            appoint(role, null);
            notifyAll(controller.role(), role);
        }
    }

    /** Refuses who may not write: NOT_FOUND for an unknown role, PERMISSION_DENIED for who is not primary. */
    void checkPrimary(long roleId, ElectionId id) throws Refusal {
        Role role = roles.get(roleId);
        if (role == null) {
            throw Refusal.notFound("no controller has role " + Long.toUnsignedString(roleId));
        }
        if (role.primary == null || !role.primary.electionId().equals(id)) {
            throw Refusal.of(io.grpc.Status.Code.PERMISSION_DENIED, "election id " + id + " is not that of the primary"
                    + (role.primary == null ? ", there is none" : "")
                    + ": send a MasterArbitrationUpdate on a stream first");
        }
    }

    private void notifyAll(long roleId, Role role) {
        role.controllers.forEach(controller -> notify(controller, roleId, role));
    }

    private void notify(Controller controller, long roleId, Role role) {
        MasterArbitrationUpdate.Builder update = MasterArbitrationUpdate.newBuilder().setDeviceId(deviceId);
        if (roleId != 0) {
            update.getRoleBuilder().setId(roleId);
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
