// SPDX-License-Identifier: Apache-2.0
package org.pmip.softswitch.pipeline.table;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.pmip.softswitch.pipeline.ActionCall;
import org.pmip.softswitch.pipeline.ActionChoice;
import org.pmip.softswitch.pipeline.ActionProfile;
import org.pmip.softswitch.pipeline.TableException;
import org.pmip.softswitch.pipeline.TableException.Kind;
import org.pmip.softswitch.pipeline.Watch;
import org.pmip.softswitch.pipeline.hash.Calculation;
import org.pmip.softswitch.pipeline.packet.Packet;

/**
 * An action profile, or with a calculation a selector, which chooses a member of a group by hash among those whose
 * watched port is up. A group without any is as an empty one: the lookup misses.
 */
public final class Profile implements ActionProfile {
    /** Greatest sum of weights in a group: each unit is a place in an array. */
    private static final int MOST_WEIGHT = 1 << 16;

    private final String name;
    private final int size;
    private final Calculation calculation;
    private final Actions actions;
    private final TreeMap<Integer, MemberCell> members = new TreeMap<>();
    private final TreeMap<Integer, GroupCell> groups = new TreeMap<>();
    private final Set<GroupCell> oneShots = Collections.newSetFromMap(new IdentityHashMap<>());
    private final BitSet down = new BitSet();

    /** With room for that many members; without a calculation there are no groups. */
    public Profile(String name, int size, Calculation calculation) {
        this.name = name;
        this.size = size;
        this.calculation = calculation;
        actions = new Actions("action profile '" + name + "'");
    }

    /** The actions that members may name. */
    public Actions actions() {
        return actions;
    }

    private final class MemberCell implements Target {
        private volatile ActionCall call;
        private volatile Bound bound;
        private int uses;

        @Override
        public Bound pick(Packet packet) {
            return bound;
        }

        @Override
        public void release() {
            synchronized (Profile.this) {
                uses--;
            }
        }
    }

    /** A member in a group. */
    private record Place(MemberCell member, int weight, Watch watch) { }

    private final class GroupCell implements Target {
        private Group group;
        private List<Place> all = List.of();
        /** Each member that can be chosen, as often as it has weight. */
        private volatile MemberCell[] places;
        private int uses;

        /** Takes these members; the ports that are down leave out some. */
        private void fill(List<Place> given) {
            all = given;
            List<MemberCell> alive = new ArrayList<>();
            for (Place place : given) {
                if (!place.watch.any() || !down.get(place.watch.port())) {
                    alive.addAll(Collections.nCopies(place.weight, place.member));
                }
            }
            places = alive.toArray(new MemberCell[0]);
        }

        private boolean watches(int port) {
            return all.stream().anyMatch(place -> place.watch.port() == port);
        }

        @Override
        public Bound pick(Packet packet) {
            MemberCell[] now = places;
            return now.length == 0 ? null
                    : now[(int) Long.remainderUnsigned(calculation.of(packet), now.length)].pick(packet);
        }

        @Override
        public void release() {
            synchronized (Profile.this) {
                uses--;
                oneShots.remove(this);
            }
        }
    }

    /** Chooses among other members from now on, because the port went down or came up. */
    public synchronized void port(int port, boolean up) {
        down.set(port, !up);
        for (GroupCell group : groups.values()) {
            if (group.watches(port)) {
                group.fill(group.all);
            }
        }
        for (GroupCell group : oneShots) {
            if (group.watches(port)) {
                group.fill(group.all);
            }
        }
    }

    /** What an entry leads to; it counts as used until released. */
    synchronized Target acquire(ActionChoice choice) throws TableException {
        if (choice instanceof ActionChoice.Member) {
            MemberCell member = needMember(((ActionChoice.Member) choice).id());
            member.uses++;
            return member;
        }
        if (choice instanceof ActionChoice.Group) {
            GroupCell group = needGroup(((ActionChoice.Group) choice).id());
            group.uses++;
            return group;
        }
        if (choice instanceof ActionChoice.OneShot && calculation != null) {
            return oneShot((ActionChoice.OneShot) choice);
        }
        throw new TableException(Kind.INVALID, "entries of tables with action profile '" + name
                + "' name a member" + (calculation == null ? "" : ", a group or an action set") + ", not " + choice);
    }

    private GroupCell oneShot(ActionChoice.OneShot set) throws TableException {
        if (!members.isEmpty() || !groups.isEmpty()) {
            throw new TableException(Kind.INVALID, "action profile '" + name + "' has members or groups: its tables "
                    + "take either these or action sets");
        }
        List<Place> places = new ArrayList<>();
        for (ActionChoice.Weighted weighted : set.actions()) {
            MemberCell member = new MemberCell();
            member.call = weighted.action();
            member.bound = actions.bind(weighted.action());
            places.add(new Place(member, weighted.weight(), weighted.watch()));
        }
        weigh(places);
        GroupCell cell = new GroupCell();
        cell.fill(places);
        oneShots.add(cell);
        return cell;
    }

    /** The sum of the weights. */
    private static int weigh(List<Place> places) throws TableException {
        long sum = 0;
        for (Place place : places) {
            sum += place.weight;
            if (place.weight < 1 || sum > MOST_WEIGHT) {
                throw new TableException(Kind.INVALID, "weight " + place.weight
                        + ": a weight is at least 1, their sum at most " + MOST_WEIGHT);
            }
        }
        return (int) sum;
    }

    private void noOneShots() throws TableException {
        if (!oneShots.isEmpty()) {
            throw new TableException(Kind.INVALID, "entries with action sets use action profile '" + name
                    + "': its tables take either these or members and groups");
        }
    }

    private MemberCell needMember(int id) throws TableException {
        MemberCell member = members.get(id);
        if (member == null) {
            throw new TableException(Kind.NOT_FOUND, "action profile '" + name + "' has no member " + id);
        }
        return member;
    }

    private GroupCell needGroup(int id) throws TableException {
        GroupCell group = groups.get(id);
        if (group == null) {
            throw new TableException(Kind.NOT_FOUND, "action profile '" + name + "' has no group " + id);
        }
        return group;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public boolean selector() {
        return calculation != null;
    }

    @Override
    public synchronized void insertMember(int id, ActionCall action) throws TableException {
        Bound bound = actions.bind(action);
        noOneShots();
        if (members.containsKey(id)) {
            throw new TableException(Kind.ALREADY_EXISTS, "action profile '" + name + "' has member " + id);
        }
        if (members.size() >= size) {
            throw new TableException(Kind.FULL, "action profile '" + name + "' holds only " + size + " members");
        }
        MemberCell member = new MemberCell();
        member.call = action;
        member.bound = bound;
        members.put(id, member);
    }

    @Override
    public synchronized void modifyMember(int id, ActionCall action) throws TableException {
        Bound bound = actions.bind(action);
        MemberCell member = needMember(id);
        member.call = action;
        member.bound = bound;
    }

    @Override
    public synchronized void deleteMember(int id) throws TableException {
        if (needMember(id).uses > 0) {
            throw new TableException(Kind.IN_USE, "member " + id + " of action profile '" + name
                    + "' is named by an entry or a group: remove that first");
        }
        members.remove(id);
    }

    @Override
    public synchronized ActionCall member(int id) {
        MemberCell member = members.get(id);
        return member == null ? null : member.call;
    }

    @Override
    public synchronized List<Integer> members() {
        return List.copyOf(members.keySet());
    }

    @Override
    public synchronized void insertGroup(Group group) throws TableException {
        if (calculation == null) {
            throw new TableException(Kind.INVALID, "action profile '" + name + "' is no selector: it has no groups");
        }
        noOneShots();
        if (groups.containsKey(group.id())) {
            throw new TableException(Kind.ALREADY_EXISTS, "action profile '" + name + "' has group " + group.id());
        }
        GroupCell cell = new GroupCell();
        fill(cell, group);
        groups.put(group.id(), cell);
    }

    @Override
    public synchronized void modifyGroup(Group group) throws TableException {
        fill(needGroup(group.id()), group);
    }

    private void fill(GroupCell cell, Group group) throws TableException {
        List<Place> places = new ArrayList<>();
        for (WeightedMember weighted : group.members()) {
            places.add(new Place(needMember(weighted.member()), weighted.weight(), weighted.watch()));
        }
        int sum = weigh(places);
        if (group.maxSize() > 0 && (group.counted() ? places.size() : sum) > group.maxSize()) {
            throw new TableException(Kind.FULL, "group " + group.id() + " of action profile '" + name
                    + "' is limited to " + group.maxSize() + (group.counted() ? ", there are " + places.size()
                    + " members" : ", the weights add up to " + sum));
        }
        use(group, 1);
        if (cell.group != null) {
            use(cell.group, -1);
        }
        cell.group = group;
        cell.fill(places);
    }

    private void use(Group group, int change) {
        for (WeightedMember weighted : group.members()) {
            members.get(weighted.member()).uses += change;
        }
    }

    @Override
    public synchronized void deleteGroup(int id) throws TableException {
        GroupCell cell = needGroup(id);
        if (cell.uses > 0) {
            throw new TableException(Kind.IN_USE, "group " + id + " of action profile '" + name
                    + "' is named by an entry: remove that first");
        }
        use(cell.group, -1);
        groups.remove(id);
    }

    @Override
    public synchronized Group group(int id) {
        GroupCell cell = groups.get(id);
        return cell == null ? null : cell.group;
    }

    @Override
    public synchronized List<Integer> groups() {
        return List.copyOf(groups.keySet());
    }
}
