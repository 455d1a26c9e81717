// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.pmip.softswitch.pipeline.Replication;
import org.pmip.softswitch.pipeline.TableException;

/** Multicast groups and clone sessions, in arrays by id that are replaced as a whole when something changes. */
public final class Replicas implements Replication {
    private static final int MOST_GROUP = 65535;
    private static final int MOST_SESSION = 32767;
    private static final int MOST_PORT = 511;

    private volatile Group[] groups = {};
    private volatile CloneSession[] sessions = {};

    @Override
    public synchronized void insertGroup(Group group) throws TableException {
        check("multicast group", group.id(), MOST_GROUP, group.replicas());
        if (group(group.id()) != null) {
            throw exists("multicast group", group.id());
        }
        put(group);
    }

    @Override
    public synchronized void modifyGroup(Group group) throws TableException {
        check("multicast group", group.id(), MOST_GROUP, group.replicas());
        if (group(group.id()) == null) {
            throw missing("multicast group", group.id());
        }
        put(group);
    }

    @Override
    public synchronized void deleteGroup(int id) throws TableException {
        if (group(id) == null) {
            throw missing("multicast group", id);
        }
        Group[] changed = groups.clone();
        changed[id] = null;
        groups = changed;
    }

    private void put(Group group) {
        Group[] changed = Arrays.copyOf(groups, Math.max(groups.length, group.id() + 1));
        changed[group.id()] = group;
        groups = changed;
    }

    @Override
    public Group group(int id) {
        Group[] now = groups;
        return id >= 0 && id < now.length ? now[id] : null;
    }

    @Override
    public List<Group> groups() {
        return present(groups);
    }

    @Override
    public synchronized void insertSession(CloneSession session) throws TableException {
        check("clone session", session);
        if (session(session.id()) != null) {
            throw exists("clone session", session.id());
        }
        put(session);
    }

    @Override
    public synchronized void modifySession(CloneSession session) throws TableException {
        check("clone session", session);
        if (session(session.id()) == null) {
            throw missing("clone session", session.id());
        }
        put(session);
    }

    @Override
    public synchronized void deleteSession(int id) throws TableException {
        if (session(id) == null) {
            throw missing("clone session", id);
        }
        CloneSession[] changed = sessions.clone();
        changed[id] = null;
        sessions = changed;
    }

    private void put(CloneSession session) {
        CloneSession[] changed = Arrays.copyOf(sessions, Math.max(sessions.length, session.id() + 1));
        changed[session.id()] = session;
        sessions = changed;
    }

    @Override
    public CloneSession session(int id) {
        CloneSession[] now = sessions;
        return id >= 0 && id < now.length ? now[id] : null;
    }

    @Override
    public List<CloneSession> sessions() {
        return present(sessions);
    }

    private static <T> List<T> present(T[] all) {
        List<T> list = new ArrayList<>();
        for (T one : all) {
            if (one != null) {
                list.add(one);
            }
        }
        return list;
    }

    private static void check(String what, CloneSession session) throws TableException {
        check(what, session.id(), MOST_SESSION, session.replicas());
        if (session.truncate() < 0) {
            throw invalid(what + " " + session.id() + ": length " + session.truncate() + " must not be negative");
        }
    }

    private static void check(String what, int id, int most, List<Replica> replicas) throws TableException {
        if (id < 1 || id > most) {
            throw invalid(what + " " + id + ": give an id from 1 to " + most);
        }
        for (Replica replica : replicas) {
            if (replica.port() < 0 || replica.port() > MOST_PORT) {
                throw invalid(what + " " + id + ": port " + replica.port() + " is not from 0 to " + MOST_PORT);
            }
            if (replica.instance() < 0 || replica.instance() > 0xffff) {
                throw invalid(what + " " + id + ": instance " + replica.instance() + " is not from 0 to 65535");
            }
        }
        if (new HashSet<>(replicas).size() < replicas.size()) {
            throw invalid(what + " " + id + ": a replica (port and instance) is given twice");
        }
    }

    private static TableException invalid(String text) {
        return new TableException(TableException.Kind.INVALID, text);
    }

    private static TableException exists(String what, int id) {
        return new TableException(TableException.Kind.ALREADY_EXISTS, what + " " + id + " exists already");
    }

    private static TableException missing(String what, int id) {
        return new TableException(TableException.Kind.NOT_FOUND, what + " " + id + " does not exist");
    }
}
